import { findBinaries } from '../../src/embedded/binaries.js';
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { findPostmaster, stopPostmaster } from '../../src/embedded/postmaster.js';
import { chooseServerAccount } from '../../src/embedded/server-account.js';
import { launchServer } from '../../src/embedded/server.js';
import { until } from './embedded-process.js';
import { createTemporaryFolder } from './temporary-folder.js';

/** A PostgreSQL that a spec may stop, kill and start again under whoever is connected to it. */
export interface OwnServer {
  url: string;
  /** The folder of its files; whole only while it is stopped. */
  dataDir: string;
  /** Ends it in good order, every connection with it. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it on the port that it had. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

export async function startOwnServer(
  settings: Record<string, string> = { fsync: 'off' },
): Promise<OwnServer> {
  const folder = await createTemporaryFolder();
  const { dataDir } = folder;
  const first = await startEmbeddedPostgres({ dataDir, settings });
  const port = Number(new URL(first.url).port);
  const pid = async () => (await findPostmaster(dataDir))!.pid;
  return {
    url: first.url,
    dataDir,
    stop: async () => stopPostmaster(dataDir, await pid()),
    kill: async () => {
      process.kill(await pid(), 'SIGKILL');
      await until(async () => (await findPostmaster(dataDir)) === undefined);
    },
    start: async () => {
      const binaries = await findBinaries();
      const account = await chooseServerAccount(dataDir, binaries);
      await until(async () => {
        const launch = { dataDir, binaries, account, settings, choosePort: async () => port };
        return (await launchServer(launch).catch(unlessOrphansLive)) !== undefined;
      });
    },
    remove: async () => {
      await first.stop();
      await folder.remove();
    },
  };
}

/** The sessions of a killed server notice its end in a moment; until then a new one refuses to start beside them. */
function unlessOrphansLive(error: Error): undefined {
  if (!/shared memory block .* is still in use/.test(error.message)) throw error;
}
