import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export interface Ended {
  code: number;
  output: string;
  errors: string;
  /** Of `--json`. */
  json(): any;
}

export interface CliSetup {
  env?: Record<string, string>;
  cwd?: string;
  /** What it reads from standard input. */
  input?: string;
}

/** Runs `commercial` as the build made it, with no setting but those given. */
export async function cli(
  words: readonly string[],
  { env = {}, cwd, input = '' }: CliSetup = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    cwd: cwd ?? fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: process.env['PATH'], ...env },
  });
  child.stdin.end(input);
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, output, errors, json: () => JSON.parse(output) };
}
