import type { ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import type { PostgresBinaries } from './binaries.js';
import { SERVER_ENVIRONMENT } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { disarmStaleLockFile, findPostmaster } from './postmaster.js';
import type { Postmaster } from './postmaster.js';
import type { ServerAccount } from './server-account.js';

const READY_DEADLINE_MS = 60_000;
const POLL_MS = 20;

/** The log names no statement: errors of statements go to the client, and the file stays small. */
const DEFAULT_SETTINGS = {
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/** No setting of the caller opens the server to the outside or makes files elsewhere. */
const FIXED_SETTINGS = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };

export interface ServerLaunch {
  dataDir: string;
  binaries: PostgresBinaries;
  account: ServerAccount;
  /** Server settings by their PostgreSQL names. */
  settings: Readonly<Record<string, string>>;
  /** Picks a TCP port on 127.0.0.1; asked again when another program takes it first. */
  choosePort?: () => Promise<number>;
  /** Whether the log goes on, which tells why the server before ended. Default false: it begins anew. */
  keepLog?: boolean;
  /** Is given the process before it is ready. */
  onSpawn?: (child: ChildProcess) => void;
}

/**
 * Starts a server in a session of its own, so that a terminal's Ctrl-C reaches only the app, which then
 * finishes its requests before it stops the database.
 * @returns the server, or undefined when another start was quicker or the port was taken meanwhile
 * @throws EmbeddedPostgresError when PostgreSQL refuses to start
 */
export async function launchServer(launch: ServerLaunch): Promise<Postmaster | undefined> {
  const { dataDir, account, binaries } = launch;
  await disarmStaleLockFile(dataDir);
  const port = await (launch.choosePort ?? freePort)();
  const settings = Object.entries({
    ...DEFAULT_SETTINGS,
    ...launch.settings,
    ...FIXED_SETTINGS,
    port: String(port),
  });
  const log = await open(`${dataDir}.log`, 'a', 0o600);
  if (!launch.keepLog) await log.truncate();
  const { size: logStart } = await log.stat();
  const child = account.spawn(
    binaries.postgres,
    ['-D', dataDir, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { cwd: '/', env: SERVER_ENVIRONMENT, detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  await log.close();
  child.unref();
  launch.onSpawn?.(child);
  let ended = false;
  once(child, 'exit').then(
    () => (ended = true),
    () => (ended = true),
  );
  const deadline = performance.now() + READY_DEADLINE_MS;
  while (!ended && performance.now() < deadline) {
    const postmaster = await findPostmaster(dataDir);
    if (postmaster?.ready) return postmaster;
    await delay(POLL_MS);
  }
  return refusal(dataDir, logStart, ended);
}

const ORPHANED = /due to unexpected postmaster exit/;

/** Tells a lost race, after which one tries again, from a start that can't succeed. */
async function refusal(dataDir: string, logStart: number, ended: boolean): Promise<undefined> {
  const log = (await readFile(`${dataDir}.log`)).subarray(logStart).toString();
  if (ended && /could not create any TCP\/IP sockets|lock file "postmaster.pid" already exists/.test(log))
    return;
  // The sessions of a server that was killed tell their end to the same log, after whatever this one has to say.
  const faults = log.match(/(?:FATAL|PANIC): .*/g)?.filter((fault) => !ORPHANED.test(fault));
  const reason = ended ? (faults?.at(-1) ?? 'it left no message') : 'it is not ready after a minute';
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${dataDir} didn't start: ${reason} (see ${dataDir}.log).`,
  );
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
