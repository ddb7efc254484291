import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { CommercialModule } from '../src/commercial.module.js';
import { createDataSource } from '../src/data-source.js';
import { startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { runMigrations } from '../src/database/run-migrations.js';
import { SettlementService } from '../src/billing/payments/settlement.service.js';
import type { PaymentObservation } from '../src/providers/payment-provider.js';
import { FakeChannel } from '../test/support/fake-channel.js';
import type { SimulatedClock } from './simulated-clock.js';

/** Nothing outlives the run, so nothing is worth a flush. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '256MB',
  max_wal_size: '1GB',
  autovacuum: 'off',
};

/** The service's own modules on a PostgreSQL of the run's own, with a channel whose books are in memory. */
export interface World {
  url: string;
  dataSource: DataSource;
  channel: FakeChannel;
  clock: SimulatedClock;
  get<T>(service: Type<T>): T;
  /** The channel's word arrives. */
  settle(orderId: string, observation: PaymentObservation): Promise<unknown>;
  stop(): Promise<void>;
}

/** @param databaseUrl one that is there already, with the whole schema; null starts one */
export async function createWorld(clock: SimulatedClock, databaseUrl: string | null): Promise<World> {
  const own = databaseUrl === null ? await ownDatabase() : null;
  const url = databaseUrl ?? own!.url;
  const dataSource = await createDataSource({ url, poolSize: 8 }).initialize();
  if (own) await runMigrations(dataSource);
  const channel = new FakeChannel('north');
  channel.now = () => clock.now();
  const context: INestApplicationContext = await NestFactory.createApplicationContext(
    CommercialModule.forRoot({
      dataSource,
      clock,
      jwt: { secret: 'only-for-the-simulation-32-bytes-or-more' },
      publicUrl: 'http://127.0.0.1',
      payments: { others: [channel] },
    }),
    { logger: ['error'] },
  );
  return {
    url,
    dataSource,
    channel,
    clock,
    get: (service) => context.get(service, { strict: false }),
    settle: (orderId, observation) =>
      context
        .get(SettlementService, { strict: false })
        .settle(channel.name, orderId, observation, 'notification'),
    async stop() {
      await context.close();
      await dataSource.destroy();
      await own?.stop();
    },
  };
}

async function ownDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'commercial-simulation-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings: SETTINGS });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
