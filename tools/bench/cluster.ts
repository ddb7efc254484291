import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/commercial/data-source.js';
import { startEmbeddedPostgres, type EmbeddedPostgresOptions } from '../../src/embedded/embedded-postgres.js';
import { runMigrations } from '../../src/commercial/run-migrations.js';
import { UsagePartitions } from '../../src/quota/usage/usage-partitions.js';
import type { Effort } from './effort.js';

/** Every contestant gets as many connections. */
export const POOL_SIZE = 20;

/** Flushes stay on, as they are by default: an answer means that the debit is on disk. */
const SETTINGS = {
  shared_buffers: '512MB',
  min_wal_size: '2GB',
  max_wal_size: '4GB',
  fsync: 'on',
  synchronous_commit: 'on',
};

/** `wal_segment_size` in bytes. */
const LOG_SEGMENT = 16 * 1024 * 1024;

export interface Cluster {
  url: string;
  dataSource: DataSource;
  stop(): Promise<void>;
}

/** An embedded PostgreSQL of the bench's own, in a temporary folder that goes with it. */
export async function startCluster({ logSegments }: Effort): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'commercial-bench-'));
  const server = { dataDir: join(folder, 'postgres'), settings: SETTINGS };
  await makeLog(server, logSegments);
  const postgres = await startEmbeddedPostgres(server);
  const dataSource = await createDataSource({ url: postgres.url, poolSize: POOL_SIZE }).initialize();
  await runMigrations(dataSource);
  await new UsagePartitions(dataSource).ensurePartitions(new Date(), 1);
  return {
    url: postgres.url,
    dataSource,
    async stop() {
      await dataSource.destroy();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A database that has run for a while writes its log to files that it has used before. A new one makes each of them,
 * filled with zeros and flushed, and whoever commits waits for it meanwhile: some 20 ms, once a second under load. So the
 * files are used once, and the shutdown's checkpoint lays them out for what comes.
 */
async function makeLog(server: EmbeddedPostgresOptions, segments: number): Promise<void> {
  const postgres = await startEmbeddedPostgres(server);
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  for (let segment = 0; segment < segments; segment += 1) {
    await client.query("SELECT pg_logical_emit_message(false, 'bench', repeat(' ', $1))", [LOG_SEGMENT]);
  }
  await client.end();
  await postgres.stop();
}
