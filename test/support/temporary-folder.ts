import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findPostmaster, isAlive, stopPostmaster } from '../../src/embedded/postmaster.js';

const PREFIX = 'commercial-test-';

export interface TemporaryFolder {
  /** Where a cluster may be made: a path inside the folder. */
  dataDir: string;
  /** Ends a server that is left on `dataDir` and removes everything. */
  remove(): Promise<void>;
}

/** A folder for one cluster. Its name tells which process it belongs to, so that a killed run's can be cleared. */
export async function createTemporaryFolder(): Promise<TemporaryFolder> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`)));
  return { dataDir: dataDirOf(folder), remove: () => remove(folder) };
}

/** Ends the servers and removes the folders of runs that were killed. */
export async function removeAbandonedFolders(): Promise<void> {
  const parent = await realpath(tmpdir());
  const folders = (await readdir(parent, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => name.startsWith(PREFIX));
  const abandoned = names.filter((name) => !isAlive(Number.parseInt(name.slice(PREFIX.length), 10)));
  for (const name of abandoned) await remove(join(parent, name));
}

async function remove(folder: string): Promise<void> {
  const postmaster = await findPostmaster(dataDirOf(folder));
  if (postmaster) await stopPostmaster(dataDirOf(folder), postmaster.pid);
  await rm(folder, { recursive: true, force: true });
}

function dataDirOf(folder: string): string {
  return join(folder, 'postgres');
}
