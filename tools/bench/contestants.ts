import { NestFactory } from '@nestjs/core';
import { Pool } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { QuotaBalance } from '../../src/quota/balances/quota-balance.entity.js';
import { QuotaService } from '../../src/quota/debits/quota.service.js';
import { newUsageId } from '../../src/quota/balances/usage-id.js';
import { UsageLog } from '../../src/quota/balances/usage-log.entity.js';
import { POOL_SIZE, type Cluster } from './cluster.js';

/** Debits 1 of the account whose id this is. Account, user and balance share it. */
export type Debit = (id: string) => Promise<unknown>;

export interface Contestants {
  /** One guarded statement for each request, prepared: the least that an exact debit of one's own can be. */
  floor: Debit;
  /** A transaction with a pessimistic lock, as people usually write it. */
  typeorm: Debit;
  /** QuotaService.consume. */
  engine: Debit;
  /** `SELECT 1`, prepared: a round trip without work or flush. */
  roundTrip: Debit;
  close(): Promise<void>;
}

/** The balance is given, where the engine has to find it. */
const FLOOR = `
WITH debited AS (
  UPDATE commercial.quota_balances SET used = used + $2::integer
  WHERE id = $1::uuid AND used + $2::integer <= granted AND valid_until > $4::timestamptz
  RETURNING id, account_id, used, granted
), logged AS (
  INSERT INTO commercial.usage_logs
    (id, account_id, user_id, balance_id, resource_type, cost, status, created_at)
  SELECT $3::uuid, account_id, account_id, id, 'dicom_processing', $2::integer, 'consumed', $4::timestamptz
  FROM debited
)
SELECT used, granted FROM debited`;

/** All work on the same tables, indexes and triggers, with as many connections each. */
export async function startContestants({ url }: Cluster): Promise<Contestants> {
  const pool = new Pool({ connectionString: url, max: POOL_SIZE });
  // The server may end before the last idle connection has been closed.
  pool.on('error', () => {});
  const { options } = createDataSource({ url, poolSize: POOL_SIZE });
  // With 256 callers its transactions queue for seconds, which is to be measured and not refused.
  const plain = await new DataSource({
    ...options,
    connectTimeoutMS: 60_000,
  } as DataSourceOptions).initialize();
  const dataSource = await createDataSource({ url, poolSize: POOL_SIZE }).initialize();
  const app = await NestFactory.createApplicationContext(
    CommercialModule.forRoot({
      dataSource,
      jwt: { secret: 'only-for-the-bench-32-bytes-long-or-more' },
      publicUrl: 'http://127.0.0.1',
    }),
    { logger: ['error'] },
  );
  const quota = app.get(QuotaService, { strict: false });
  return {
    roundTrip: () => pool.query({ name: 'round_trip', text: 'SELECT 1' }),
    floor: (id) => pool.query({ name: 'floor', text: FLOOR, values: [id, 1, newUsageId(), new Date()] }),
    typeorm: (id) => debitByTypeorm(plain, id),
    engine: (id) =>
      quota.consume({
        accountId: id,
        userId: id,
        resourceType: 'dicom_processing',
        cost: 1,
        resourceId: null,
        metadata: null,
        usageId: newUsageId(),
      }),
    async close() {
      await app.close();
      await Promise.all([pool.end(), plain.destroy(), dataSource.destroy()]);
    },
  };
}

function debitByTypeorm(dataSource: DataSource, id: string): Promise<void> {
  return dataSource.transaction(async (manager) => {
    const balance = await manager.findOneOrFail(QuotaBalance, {
      where: { id },
      lock: { mode: 'pessimistic_write' },
    });
    if (balance.used + 1 > balance.granted) throw new Error('used up');
    balance.used += 1;
    await manager.save(balance);
    await manager.insert(UsageLog, {
      id: newUsageId(),
      accountId: balance.accountId,
      userId: balance.accountId,
      balanceId: balance.id,
      resourceType: 'dicom_processing',
      resourceId: null,
      cost: 1,
      status: 'consumed',
      metadata: null,
      createdAt: new Date(),
    });
  });
}
