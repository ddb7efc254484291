import type { Command } from 'commander';
import { shownProgress, silentProgress, type Progress } from '../terminal/progress.js';

/** Where a command's result goes: lines for a person, or one JSON document for a program. */
export interface Output {
  progress: Progress;
  /** Called once. */
  print(result: object, lines: readonly string[]): void;
}

/** By the command's own `--json`. With it, standard output holds the document and nothing else. */
export function outputOf(command: Command): Output {
  const isJson = command.optsWithGlobals()['json'] === true;
  return {
    progress: isJson ? silentProgress : shownProgress,
    print: (result, lines) => {
      const text = isJson ? JSON.stringify(result, null, 2) : lines.join('\n');
      process.stdout.write(text === '' ? '' : `${text}\n`);
    },
  };
}
