import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../src/data-source.js';
import { startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { runMigrations } from '../src/database/run-migrations.js';
import { UsagePartitions } from '../src/quota/usage/usage-partitions.js';

/** Every contestant gets as many connections. */
export const POOL_SIZE = 20;

/** Flushes stay on, as they are by default: an answer means that the debit is on disk. */
const SETTINGS = { shared_buffers: '512MB', max_wal_size: '4GB', fsync: 'on', synchronous_commit: 'on' };

export interface Cluster {
  url: string;
  dataSource: DataSource;
  stop(): Promise<void>;
}

/** An embedded PostgreSQL of the bench's own, in a temporary folder that goes with it. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'commercial-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings: SETTINGS });
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
