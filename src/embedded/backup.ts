import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { makeFolder } from './make-folder.js';

/** What a base backup leaves out: state of the running server, and what the end of the backup brings itself. */
const LEFT_OUT_FILES = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map']);
const EMPTIED_FOLDERS = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
/** Temporary relations and files of a statement under way. */
const TEMPORARY = /^(pgsql_tmp|t\d+_\d+)/;

const SYNCS_AT_ONCE = 32;

const SLOT = 'commercial_backup';

/**
 * Copies a cluster while its server works: a base backup by PostgreSQL's low-level functions. The copy begins as the
 * server was at some moment of the copying, and is brought to the end of it by the log that comes with it.
 *
 * @see https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 * @param url of the running server, as its application role
 * @param to folder to be made; it is there when it is whole, and not before
 * @throws EmbeddedPostgresError where the folder is taken, or the cluster lacks the rights
 */
export async function backUpCluster(dataDir: string, url: string, to: string): Promise<void> {
  const unfinished = `${to}.unfinished`;
  if (await exists(to)) throw new EmbeddedPostgresError(`The folder ${to} is there already: name a new one.`);
  await rm(unfinished, { recursive: true, force: true });
  makeFolder(dirname(to), 0o700);
  const client = new Client(url);
  // A connection that is lost is told by the next query; unheard, the event would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await begin(client);
    await copyTree(dataDir, unfinished);
    await finish(client, dataDir, unfinished);
    await syncTree(unfinished);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    // Ends a backup that was not finished, and drops the slot.
    await client.end();
  }
  await rename(unfinished, to);
  await sync(dirname(to));
}

async function begin(client: Client): Promise<void> {
  try {
    // While the slot is there no log is recycled; it ends with this connection.
    await client.query(`SELECT pg_create_physical_replication_slot($1, true, true)`, [
      `${SLOT}_${process.pid}`,
    ]);
    await client.query(`SELECT pg_backup_start('npm run backup', fast => true)`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new EmbeddedPostgresError(
      'This cluster was made by a release whose role may not back up: stop the service and copy the whole data folder.',
      { cause: error },
    );
  }
}

async function finish(client: Client, dataDir: string, to: string): Promise<void> {
  const { rows } = await client.query<{ label: string; segments: string[] }>(
    // The log's segments from the one in which the backup starts to the one in which it stops.
    `SELECT stop.labelfile AS label, array(
       SELECT pg_walfile_name(place) FROM (
         SELECT substring(stop.labelfile FROM 'START WAL LOCATION: ([0-9A-F/]+)')::pg_lsn AS start,
                pg_size_bytes(current_setting('wal_segment_size')) AS size) AS log,
         LATERAL generate_series(0, ceil((stop.lsn - log.start) / log.size)::int + 1) AS number,
         LATERAL (SELECT log.start - (log.start - '0/0'::pg_lsn) % log.size + (number * log.size)::numeric + 1::numeric AS place) AS segment
       WHERE place <= stop.lsn) AS segments
     FROM pg_backup_stop(wait_for_archive => false) AS stop`,
  );
  const { label, segments } = rows[0]!;
  for (const segment of segments) {
    await copyFile(join(dataDir, 'pg_wal', segment), join(to, 'pg_wal', segment));
  }
  await writeFile(join(to, 'backup_label'), label, { mode: 0o600 });
}

/** Files come and go meanwhile; the log knows of them. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (TEMPORARY.test(entry.name)) continue;
    if (entry.isDirectory()) {
      await (EMPTIED_FOLDERS.has(entry.name) ? emptyCopy(source, target) : copyTree(source, target));
    } else if (!entry.isFile()) {
      // The cluster makes no tablespaces, so a link in it is none of its own. Root would follow it.
      throw new EmbeddedPostgresError(`${source} is neither a file nor a folder, so it is not backed up.`);
    } else if (!LEFT_OUT_FILES.has(entry.name)) {
      await copyFile(source, target).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT' || error.path !== source) throw error;
      });
    }
  }
}

/** The folders stay: PostgreSQL makes none of them itself. */
async function emptyCopy(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isDirectory() && from.endsWith('pg_wal'))
      await emptyCopy(join(from, entry.name), join(to, entry.name));
  }
}

/** Many at once, which a disk takes together. */
async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const limit = pLimit(SYNCS_AT_ONCE);
  await Promise.all(entries.map((entry) => limit(() => sync(join(entry.parentPath, entry.name)))));
  await sync(folder);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
