import { constants, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { findBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { makeFolder } from './make-folder.js';
import { findPostmaster } from './postmaster.js';
import { chooseServerAccount, type ServerAccount } from './server-account.js';

/**
 * Puts a backup in the place of a cluster on which no server runs. The next start brings it to the end of the backup.
 *
 * @param from what `backUpCluster` made
 * @param beside where what is there now goes
 * @returns whether there was something
 * @throws EmbeddedPostgresError where `from` is no whole backup or has something in it that is neither a file nor a
 *   folder, or a server runs
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
  makeFolder(dirname(dataDir), 0o700);
  const account = await chooseServerAccount(dataDir, await findBinaries());
  const unfinished = `${dataDir}.restoring`;
  await rm(unfinished, { recursive: true, force: true });
  try {
    await copyTree(await realpath(from), unfinished, account);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  const replaced = await exists(dataDir);
  if (replaced) await rename(dataDir, beside);
  await rename(unfinished, dataDir);
  return replaced;
}

/**
 * A backup may have been carried over by anybody, with any rights, and may have been tampered with. This often runs as
 * root: a link out of the backup would have root read a file of the machine, or give it away. So the copy is made of
 * nothing but files and folders, and each is handed over only when it is whole.
 */
async function copyTree(from: string, to: string, account: ServerAccount): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target, account);
    else if (entry.isFile()) {
      await copyFile(source, target);
      await account.takeOver(target);
    } else {
      throw new EmbeddedPostgresError(
        `${source} is neither a file nor a folder: this is not what npm run backup made.`,
      );
    }
  }
  await account.takeOver(to);
}

/** Follows no link, not even one that has taken the file's place since it was looked at. */
async function copyFile(source: string, target: string): Promise<void> {
  const handle = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  await pipeline(handle.createReadStream(), createWriteStream(target, { flags: 'wx', mode: 0o600 }));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
