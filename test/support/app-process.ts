import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { TemporaryFolder } from './temporary-folder.js';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const BUILD = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));

let isBuilt = false;

/** @throws Error with one line where dist/ is missing or older than its sources: `npm test` builds, plain Jest doesn't. */
export function assertBuilt(): void {
  if (isBuilt) return;
  const { status, stderr } = spawnSync(process.execPath, [BUILD, '--check'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
  isBuilt = true;
}

export interface AppProcess {
  child: ChildProcess;
  /** Its address, once it says that it is ready. Rejects where it ends before. */
  ready: Promise<string>;
  /** Waits until it has written such a line to standard output. */
  printed(part: string): Promise<void>;
  /** Its exit code and signal, and what it wrote. */
  ended: Promise<{ code: number | null; signal: string | null; output: string; errors: string }>;
}

/**
 * The built app as `npm start` runs it, with this environment and nothing of ours; it works in the data folder, so that
 * no .env of a developer's is read.
 */
export function startProcess(folder: TemporaryFolder, environment: Record<string, string> = {}): AppProcess {
  assertBuilt();
  const home = homeOf(folder);
  const child = spawn(process.execPath, ['--max-semi-space-size=8', '--heap-growing-percent=30', MAIN], {
    cwd: home,
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: home, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => (output += `${line}\n`));
  const printed = async (part: string) => {
    while (!output.includes(part)) await once(lines, 'line');
  };
  const complaints = text(child.stderr);
  const ready = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const address = /^Listening on (http\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', async (code) =>
      reject(new Error(`it ended with ${code} before it was ready: ${await complaints}`)),
    );
  });
  // Whoever expects it to end doesn't ask whether it was ready.
  ready.catch(() => {});
  const ended = Promise.all([once(child, 'exit'), complaints]).then(([[code, signal], errors]) => ({
    code: code as number | null,
    signal: signal as string | null,
    output,
    errors,
  }));
  return { child, ready, printed, ended };
}

/** The folder that the app is told to keep its data in: the cluster is one folder in it. */
export function homeOf({ dataDir }: TemporaryFolder): string {
  return dirname(dataDir);
}
