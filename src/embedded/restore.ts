import { chmod, cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { findBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { findPostmaster } from './postmaster.js';
import { chooseServerAccount, type ServerAccount } from './server-account.js';

/**
 * Puts a backup in the place of a cluster on which no server runs. The next start brings it to the end of the backup.
 *
 * @param from what `backUpCluster` made
 * @param beside where what is there now goes
 * @returns whether there was something
 * @throws EmbeddedPostgresError where `from` is no whole backup, or a server runs
 */
export async function restoreCluster(from: string, dataDir: string, beside: string): Promise<boolean> {
  for (const part of ['PG_VERSION', 'backup_label', join('global', 'pg_control'), 'pg_wal']) {
    if (!(await exists(join(from, part)))) {
      throw new EmbeddedPostgresError(
        `${from} is no backup: it has no ${part}. Name what npm run backup made.`,
      );
    }
  }
  if (await findPostmaster(resolve(dataDir))) {
    throw new EmbeddedPostgresError(`A database runs in ${dataDir}: stop the service first.`);
  }
  await mkdir(dirname(dataDir), { recursive: true, mode: 0o700 });
  const account = await chooseServerAccount(dataDir, await findBinaries());
  const unfinished = `${dataDir}.restoring`;
  await rm(unfinished, { recursive: true, force: true });
  await cp(from, unfinished, { recursive: true });
  await handOver(unfinished, account);
  const replaced = await exists(dataDir);
  if (replaced) await rename(dataDir, beside);
  await rename(unfinished, dataDir);
  return replaced;
}

/** A backup may have been carried over by anybody, with any rights. */
async function handOver(folder: string, account: ServerAccount): Promise<void> {
  await chmod(folder, 0o700);
  await account.takeOver(folder);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await handOver(path, account);
    else {
      await chmod(path, 0o600);
      await account.takeOver(path);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
