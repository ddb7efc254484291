import { Client } from 'pg';

import { createDataSource } from '../../src/commercial/data-source.js';
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import type { EmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';

import { inDatabase, TEMPLATE_DATABASE, TEST_DATABASE_URL } from './database.js';
import { createTemporaryFolder, removeAbandonedFolders } from './temporary-folder.js';
import type { TemporaryFolder } from './temporary-folder.js';

/** Nothing here outlives the run, so nothing is worth a flush, and little is worth memory. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  max_wal_size: '256MB',
  io_method: 'sync',
  max_logical_replication_workers: '0',
  // Its workers are the superuser's: a database that one is in can't be dropped by the role that made it.
  autovacuum: 'off',
};

let cluster: EmbeddedPostgres | undefined;
let folder: TemporaryFolder | undefined;

/** One cluster for the whole run, in a folder of its own, so that several runs in one checkout don't meet. */
export async function startTestCluster(): Promise<void> {
  await removeAbandonedFolders();
  folder = await createTemporaryFolder();
  cluster = await startEmbeddedPostgres({ dataDir: folder.dataDir, settings: SETTINGS });
  process.env[TEST_DATABASE_URL] = cluster.url;
  await createTemplate(cluster.url);
}

export async function stopTestCluster(): Promise<void> {
  await cluster?.stop();
  await folder?.remove();
}

async function createTemplate(url: string): Promise<void> {
  const admin = new Client(url);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`).finally(() => admin.end());
  await migrate(inDatabase(url, TEMPLATE_DATABASE));
}

async function migrate(url: string): Promise<void> {
  const dataSource = await createDataSource({ url }).initialize();
  await dataSource.runMigrations().finally(() => dataSource.destroy());
}
