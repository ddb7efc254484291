import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Client } from 'pg';

const HOOKS = fileURLToPath(new URL('typescript-hooks.mjs', import.meta.url));
const APP = fileURLToPath(new URL('embedded-app.ts', import.meta.url));

/** A user id other than root's that exists everywhere. */
export const NOBODY = 65_534;

export interface EmbeddedApp {
  child: ChildProcess;
  /** The lines that it prints, one after the other. */
  nextLine(): Promise<string>;
  /** Its exit code and what it wrote to standard error. */
  ended: Promise<{ code: number | null; errors: string }>;
}

/**
 * Starts `embedded-app.ts` as the leader of a process group of its own, as a terminal would.
 * @param prefix a command that runs the rest of its arguments, such as setpriv
 */
export function startApp(args: readonly string[], prefix: readonly string[] = []): EmbeddedApp {
  const [command, ...rest] = [...prefix, process.execPath, '--import', HOOKS, APP, ...args];
  const child = spawn(command!, rest, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = Promise.all([once(child, 'exit'), text(child.stderr)]).then(([[code], errors]) => ({
    code: code as number | null,
    errors,
  }));
  return { child, ended, nextLine: async () => ((await lines.next()) as IteratorResult<string>).value };
}

/** Kills the app, and nothing that has a session of its own. */
export async function killGroup({ child, ended }: EmbeddedApp): Promise<void> {
  process.kill(-child.pid!, 'SIGKILL');
  await ended;
}

/** Runs a query on a connection of its own and returns the first row's values. */
export async function queryRow(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' }).finally(() => client.end());
  return rows[0] ?? [];
}

/** Longer than any test takes: a wait in vain must not go on beside the tests after it. */
const IN_VAIN_MS = 180_000;

/** Waits for another process to make something true; the test's own time limit ends a vain wait first. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + IN_VAIN_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await delay(10);
  }
}
