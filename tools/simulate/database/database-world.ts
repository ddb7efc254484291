import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { AuthenticatedUser } from '../../../src/auth/identity/caller/authenticated-user.js';
import { Janitor } from '../../../src/billing/settlement/polling/janitor.service.js';
import { PlansService } from '../../../src/billing/catalog/plans/plans.service.js';
import { SubscriptionDue } from '../../../src/billing/ledger/subscriptions/subscription-due.js';
import { CommercialModule } from '../../../src/commercial/commercial.module.js';
import { createDataSource } from '../../../src/commercial/data-source.js';
import { startEmbeddedPostgres } from '../../../src/embedded/embedded-postgres.js';
import { runMigrations } from '../../../src/commercial/run-migrations.js';
import { QuotaService } from '../../../src/quota/debits/quota.service.js';
import { FakeChannel } from '../../../test/support/fake-channel.js';
import type { SimulatedClock } from '../simulated-clock.js';
import type { World } from '../world.js';
import { DatabaseChecks } from './database-checks.js';

/** Nothing outlives the run, so nothing is worth a flush. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '256MB',
  max_wal_size: '1GB',
  autovacuum: 'off',
};

/** The whole service on PostgreSQL, with a channel whose books are in memory. */
class DatabaseWorld implements World {
  readonly coupons: string[] = [];
  readonly visitsAtOnce = 6;

  constructor(
    readonly dataSource: DataSource,
    readonly channel: FakeChannel,
    readonly clock: SimulatedClock,
    readonly checks: DatabaseChecks,
    private readonly context: INestApplicationContext,
    private readonly stopDatabase: () => Promise<void>,
  ) {}

  get<T>(service: Type<T>): T {
    return this.context.get(service, { strict: false });
  }

  /** Without passwords: nobody signs in, and hashing them would take most of the time. */
  async settleIn(ids: readonly string[]): Promise<void> {
    await this.get(PlansService).seed();
    await this.dataSource.query(
      `WITH made AS (INSERT INTO commercial.accounts (id, kind, created_at)
         SELECT id, 'personal', $2 FROM unnest($1::uuid[]) id RETURNING id)
       INSERT INTO commercial.users (id, email, password_hash, role, locale, personal_account_id, created_at)
       SELECT id, id || '@example.com', '', 'user', 'zh-CN', id, $2 FROM made`,
      [ids, this.clock.now()],
    );
  }

  async stirred(): Promise<string[]> {
    const rows: { account_id: string }[] = await this.dataSource.query(
      `SELECT account_id FROM commercial.subscriptions WHERE status = 'active' AND due_at <= $1
       UNION SELECT account_id FROM commercial.orders WHERE check_at <= $1`,
      [this.clock.now()],
    );
    return rows.map((row) => row.account_id);
  }

  async catchUp(): Promise<void> {
    await this.get(SubscriptionDue).runDue();
    await this.get(Janitor).runDue();
  }

  async use({ id: userId, accountId }: AuthenticatedUser, cost: number): Promise<void> {
    const what = { resourceType: 'dicom_processing', resourceId: null, metadata: null };
    await this.get(QuotaService).consume({ ...what, accountId, userId, cost, usageId: uuid() });
  }

  async money(): Promise<{ paidFen: number; refundedFen: number }> {
    const [sums]: { paid: string; refunded: string }[] = await this.dataSource.query(
      `SELECT coalesce(sum(amount_fen), 0) AS paid, coalesce(sum(refunded_fen), 0) AS refunded
       FROM commercial.orders WHERE paid_at IS NOT NULL`,
    );
    return { paidFen: Number(sums!.paid), refundedFen: Number(sums!.refunded) };
  }

  async stop(): Promise<void> {
    await this.checks.close();
    await this.context.close();
    await this.dataSource.destroy();
    await this.stopDatabase();
  }
}

/** @param databaseUrl one that is there already, with the whole schema; null starts one */
export async function createDatabaseWorld(clock: SimulatedClock, databaseUrl: string | null): Promise<World> {
  const own = databaseUrl === null ? await ownDatabase() : null;
  const url = databaseUrl ?? own!.url;
  const dataSource = await createDataSource({ url, poolSize: 8 }).initialize();
  if (own) await runMigrations(dataSource);
  const channel = new FakeChannel('north');
  channel.now = () => clock.now();
  const module = CommercialModule.forRoot({
    dataSource,
    clock,
    jwt: { secret: 'only-for-the-simulation-32-bytes-or-more' },
    publicUrl: 'http://127.0.0.1',
    payments: { others: [channel] },
  });
  const context = await NestFactory.createApplicationContext(module, { logger: ['error'] });
  const checks = await DatabaseChecks.connect(url, clock);
  return new DatabaseWorld(dataSource, channel, clock, checks, context, async () => own?.stop());
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
