import type { ChildProcess } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { findBinaries } from './binaries.js';
import { APPLICATION, ensureCluster } from './cluster.js';
import { EmbeddedPostgresError, explainFileError } from './embedded-postgres-error.js';
import { makeFolder } from './make-folder.js';
import { Ownership } from './ownership.js';
import { findPostmaster, signalShutdown, stopPostmaster } from './postmaster.js';
import type { Postmaster } from './postmaster.js';
import { chooseServerAccount } from './server-account.js';
import { launchServer, type ServerLaunch } from './server.js';

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster, made when missing; the log is beside it as `<dataDir>.log`. */
  dataDir: string;
  /** Receives one line for each thing worth telling an operator. */
  log?: (line: string) => void;
  /** Server settings by their PostgreSQL names; an adopted server keeps those it was started with. */
  settings?: Readonly<Record<string, string>>;
  /** Starts the server again, on its port, where it ends without having been stopped here. Default false. */
  keepRunning?: boolean;
}

export interface EmbeddedPostgres {
  /** `postgresql://commercial:…@127.0.0.1:<port>/commercial`; the role owns the database and may create others. */
  url: string;
  /** Ends what this call started or adopted, and returns when the server has ended; further calls do nothing. */
  stop(): Promise<void>;
}

const START_DEADLINE_MS = 60_000;
const RETRY_MS = 50;

/**
 * Starts the cluster of a folder, or adopts the server that a killed app left running on it, and owns it
 * until `stop()` or the end of the process.
 * @throws EmbeddedPostgresError when another living app owns it, the folder can't be written, or PostgreSQL refuses
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const opened = await open(options);
  if (opened.stop !== undefined) return { url: opened.url, stop: opened.stop };
  throw new EmbeddedPostgresError(
    `The embedded database in ${opened.dataDir} is in use by another running app (process ${opened.ownedBy}): ` +
      'stop that app, or start this one in another folder or with a DATABASE_URL of its own.',
  );
}

/**
 * For command-line tools: uses the server of a running app without owning it (`stop()` then does nothing),
 * or starts one, which ends at `stop()` or with the process.
 * @throws EmbeddedPostgresError as `startEmbeddedPostgres`, except that an owner is welcome
 */
export async function connectToEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const opened = await open(options);
  return { url: opened.url, stop: opened.stop ?? (async () => {}) };
}

interface Opened {
  dataDir: string;
  url: string;
  /** Present when this process owns the server. */
  stop?: () => Promise<void>;
  ownedBy?: string;
}

async function open(options: EmbeddedPostgresOptions): Promise<Opened> {
  try {
    return await openCluster(options);
  } catch (error) {
    throw explainFileError(error, resolve(options.dataDir));
  }
}

async function openCluster({
  dataDir: given,
  settings = {},
  log = () => {},
  keepRunning = false,
}: EmbeddedPostgresOptions): Promise<Opened> {
  const dataDir = await canonicalPath(given);
  const binaries = await findBinaries();
  const account = await chooseServerAccount(dataDir, binaries);
  const password = await ensureCluster(dataDir, binaries, account, { flush: settings['fsync'] !== 'off' });
  const deadline = performance.now() + START_DEADLINE_MS;
  let lastError: unknown;
  while (performance.now() < deadline) {
    const running = await findPostmaster(dataDir);
    const launch = { dataDir, binaries, account, settings };
    const postmaster = running ?? (await launchServer(launch));
    if (postmaster !== undefined) {
      const url = `postgresql://${APPLICATION}:${password}@127.0.0.1:${postmaster.port}/${APPLICATION}`;
      const server: Server = { launch, postmaster, starting: null, stopping: false };
      const unreachable = keepRunning ? revival(server, log) : async () => false;
      const claimed = await Ownership.claim(url, { log, unreachable }).catch((error: unknown) => {
        lastError = refusedForGood(error, dataDir);
      });
      if (claimed instanceof Ownership) {
        if (running) log(`Adopted the embedded PostgreSQL that was still running on ${dataDir}.`);
        return { dataDir, url, stop: stopOnce(server, claimed) };
      }
      if (claimed !== undefined) return { dataDir, url, ownedBy: claimed.ownedBy };
    }
    await delay(RETRY_MS);
  }
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${dataDir} takes no connections after a minute: see ${dataDir}.log.`,
    { cause: lastError },
  );
}

/** Symbolic links are resolved, because a running server is recognised by its folder's path. */
async function canonicalPath(dataDir: string): Promise<string> {
  const absolute = resolve(dataDir);
  makeFolder(dirname(absolute), 0o700);
  return realpath(absolute).catch(async () => join(await realpath(dirname(absolute)), basename(absolute)));
}

/** A server that starts, recovers or stops is asked again; a wrong password stays wrong. */
function refusedForGood(error: unknown, dataDir: string): unknown {
  if ((error as { code?: string }).code !== '28P01') return error;
  throw new EmbeddedPostgresError(
    `The password kept in ${dataDir} doesn't open the embedded PostgreSQL: restore that folder as a whole, or move it away to begin anew.`,
    { cause: error },
  );
}

/** A server, and how it was started. */
interface Server {
  launch: ServerLaunch;
  postmaster: Postmaster;
  /** While it is started again: the process that isn't ready yet. */
  starting: ChildProcess | null;
  stopping: boolean;
}

/**
 * Starts a server again that is gone: it was killed, or ran out of memory. It gets the port that it had, so that whoever
 * was connected comes back by itself.
 */
function revival(server: Server, log: (line: string) => void): () => Promise<boolean> {
  let told = '';
  // Tried each second: what stays the same is told once.
  const tell = (line: string): false => {
    if (line !== told && !server.stopping) log((told = line));
    return false;
  };
  return async () => {
    const { dataDir } = server.launch;
    const { port } = server.postmaster;
    try {
      const running = await findPostmaster(dataDir);
      if (running && running.port !== port) {
        return tell(
          `Another process has started the embedded PostgreSQL in ${dataDir}; waiting for its end.`,
        );
      }
      const postmaster = running ?? (await startAgain(server));
      if (!postmaster)
        return tell(
          `Port ${port} of the embedded PostgreSQL is taken, or another start was quicker; trying again.`,
        );
      server.postmaster = postmaster;
      if (!running) log(`Started the embedded PostgreSQL in ${dataDir} again, which had ended.`);
      told = '';
      return true;
    } catch (error) {
      return tell((error as Error).message);
    }
  };
}

async function startAgain(server: Server): Promise<Postmaster | undefined> {
  const { port } = server.postmaster;
  const onSpawn = (child: ChildProcess) => (server.starting = child);
  try {
    return await launchServer({ ...server.launch, choosePort: async () => port, keepLog: true, onSpawn });
  } finally {
    server.starting = null;
  }
}

function stopOnce(server: Server, ownership: Ownership): () => Promise<void> {
  const { dataDir } = server.launch;
  const signalStart = () => void server.starting?.kill('SIGINT');
  const signalAtExit = (): void => {
    signalStart();
    if (!ownership.isLost) signalShutdown(dataDir, server.postmaster.pid);
  };
  process.once('exit', signalAtExit);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    server.stopping = true;
    signalStart();
    await ownership.abandon();
    if (!ownership.isLost) await stopPostmaster(dataDir, server.postmaster.pid);
    await ownership.release();
    process.off('exit', signalAtExit);
  };
  return () => (stopped ??= stop());
}
