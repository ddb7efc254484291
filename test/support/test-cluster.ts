import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';

import { createDataSource } from '../../src/data-source.js';
import { startEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';
import type { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';
import { findPostmaster, isAlive, stopPostmaster } from '../../src/database/embedded/postmaster.js';

import { inDatabase, TEMPLATE_DATABASE, TEST_DATABASE_URL } from './database.js';

const FOLDER_PREFIX = 'commercial-test-';

/** Nothing here outlives the run, so nothing is worth a flush, and little is worth memory. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  max_wal_size: '256MB',
  io_method: 'sync',
  max_logical_replication_workers: '0',
};

let cluster: EmbeddedPostgres | undefined;
let folder: string | undefined;

/** One cluster for the whole run, in a folder of its own, so that several runs in one checkout don't meet. */
export async function startTestCluster(): Promise<void> {
  await removeAbandonedClusters();
  folder = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  cluster = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings: SETTINGS });
  process.env[TEST_DATABASE_URL] = cluster.url;
  await createTemplate(cluster.url);
}

export async function stopTestCluster(): Promise<void> {
  await cluster?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
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

/** A killed run leaves its cluster running; its folder's name tells whose it was. */
async function removeAbandonedClusters(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER_PREFIX));
  for (const name of names) {
    if (isAlive(Number.parseInt(name.slice(FOLDER_PREFIX.length), 10))) continue;
    const dataDir = join(tmpdir(), name, 'postgres');
    const postmaster = await findPostmaster(dataDir);
    if (postmaster) await stopPostmaster(dataDir, postmaster.pid);
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
