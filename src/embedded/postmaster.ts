import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** A running server, as its lock file `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Whether it takes connections; false while it starts, recovers or stops. */
  ready: boolean;
}

const STOP_DEADLINE_MS = 60_000;
const POLL_MS = 20;

/** Above every system's highest process id, so never alive. */
const NO_PROCESS = 2 ** 31 - 1;

/**
 * The server that runs on a cluster, if one does. The lock file alone proves nothing: after a power cut or
 * in a restarted container its pid may belong to any process.
 * @see https://www.postgresql.org/docs/18/storage-file-layout.html for the file
 */
export async function findPostmaster(dataDir: string): Promise<Postmaster | undefined> {
  const lines = (await readLockFile(dataDir))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!(pid > 0) || !(await isPostmaster(pid, dataDir))) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Makes a stale lock file harmless before a server starts. PostgreSQL refuses to start while the file's pid
 * is alive, whatever process that is. Only the pid is replaced: the rest lets PostgreSQL see whether
 * backends of a killed server are still attached to its memory.
 */
export async function disarmStaleLockFile(dataDir: string): Promise<void> {
  const content = await readLockFile(dataDir);
  if (content === undefined) return;
  const pid = Number.parseInt(content, 10);
  if (Number.isInteger(pid) && (!isAlive(pid) || (await isPostmaster(pid, dataDir)))) return;
  const rest = content.split('\n').slice(1).join('\n');
  await writeFile(join(dataDir, 'postmaster.pid'), `${NO_PROCESS}\n${rest}`);
}

/**
 * Fast shutdown: open transactions are rolled back, connections end, the data is checkpointed. Returns when
 * the server has ended.
 * @throws EmbeddedPostgresError when it is still there after a minute
 */
export async function stopPostmaster(dataDir: string, pid: number): Promise<void> {
  const deadline = performance.now() + STOP_DEADLINE_MS;
  signalShutdown(dataDir, pid);
  while (await isPostmaster(pid, dataDir)) {
    if (performance.now() > deadline) {
      throw new EmbeddedPostgresError(
        `The embedded PostgreSQL in ${dataDir} (process ${pid}) hasn't ended within a minute: see ${dataDir}.log, and end it by hand.`,
      );
    }
    await delay(POLL_MS);
  }
}

/** Asks for a fast shutdown and doesn't wait: all that can be done while the process exits. */
export function signalShutdown(dataDir: string, pid: number): void {
  if (!isLockHolder(dataDir, pid)) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether a process with this id exists, of whichever user. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isLockHolder(dataDir: string, pid: number): boolean {
  try {
    return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').startsWith(`${pid}\n`);
  } catch {
    return false;
  }
}

async function readLockFile(dataDir: string): Promise<string | undefined> {
  try {
    return await readFile(join(dataDir, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the process is a server on this very folder, by the command line that `launchServer` gave it. */
async function isPostmaster(pid: number, dataDir: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const [program = '', flag, folder] = commandLine.split('\0');
    return basename(program) === 'postgres' && flag === '-D' && folder === dataDir;
  }
  const listed = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(
    () => undefined,
  );
  return listed?.stdout.includes(`postgres -D ${dataDir} `) ?? false;
}
