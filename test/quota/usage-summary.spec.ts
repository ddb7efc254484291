import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { v4, v7 } from 'uuid';
import { createDataSource } from '../../src/commercial/data-source.js';
import type { QuotaService } from '../../src/quota/debits/quota.service.js';
import type { UsageStatus } from '../../src/quota/balances/usage-log.entity.js';
import type { UsageSummaryQueryDto } from '../../src/quota/api/usage/usage-query.dto.js';
import { UsageRollup } from '../../src/quota/usage/usage-rollup.js';
import { UsageService, type UsageScope } from '../../src/quota/api/usage/usage.service.js';
import { until } from '../support/embedded-process.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ACCOUNTS = [v4(), v4()];
const USERS = [v4(), v4()];
const TYPES = ['dicom_processing', 'report'];
const STATUSES: UsageStatus[] = ['consumed', 'held', 'released'];
const KEYS = ['day', 'resourceType', 'status'] as const;

interface Row {
  account_id: string;
  user_id: string;
  resource_type: string;
  status: string;
  cost: number;
  created_at: Date;
}

describe('the summary of usage', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let rollup: UsageRollup;
  let usage: UsageService;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url }).initialize();
    rollup = new UsageRollup(dataSource);
    usage = new UsageService(dataSource, { quotaTypeOf: (type: string) => type } as QuotaService);
  });

  beforeEach(async () => {
    await dataSource.query(
      `TRUNCATE commercial.usage_logs, commercial.usage_daily, commercial.usage_hourly, commercial.usage_late`,
    );
    await dataSource.query(
      `UPDATE commercial.usage_rollup SET counted_until = 'epoch', marked_at = NULL, marked_xid = NULL`,
    );
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const insert = async (row: Partial<Row> & { age: number }): Promise<string> => {
    const id = v7();
    await dataSource.query(
      `INSERT INTO commercial.usage_logs
         (id, account_id, user_id, balance_id, resource_type, cost, status, created_at)
       VALUES ($1, $2, $3, $1, $4, $5, $6, $7)`,
      [
        id,
        row.account_id ?? ACCOUNTS[0],
        row.user_id ?? USERS[0],
        row.resource_type ?? TYPES[0],
        row.cost ?? 1,
        row.status ?? 'consumed',
        new Date(Date.now() - row.age),
      ],
    );
    return id;
  };
  const settle = (id: string, status: string, cost: number) =>
    dataSource.query('UPDATE commercial.usage_logs SET status = $2, cost = $3 WHERE id = $1', [
      id,
      status,
      cost,
    ]);
  /** Until what is ten minutes old is counted: a transaction of another spec's on this cluster can hold that up. */
  const countAll = async (): Promise<Date> => {
    const enough = Date.now() - 10 * MINUTE - 1000;
    for (;;) {
      const countedUntil = await rollup.rollUp();
      if (countedUntil.getTime() > enough) return countedUntil;
    }
  };

  const recomputed = async (scope: UsageScope, query: UsageSummaryQueryDto) => {
    const rows: Row[] = await dataSource.query('SELECT * FROM commercial.usage_logs');
    const items = new Map<string, { key: string; count: number; cost: number }>();
    for (const row of rows) {
      if (scope !== 'all' && row.account_id !== scope.accountId) continue;
      if (scope !== 'all' && scope.userId !== undefined && row.user_id !== scope.userId) continue;
      if (query.from !== undefined && row.created_at < new Date(query.from)) continue;
      if (query.to !== undefined && row.created_at >= new Date(query.to)) continue;
      if (query.resourceType !== undefined && row.resource_type !== query.resourceType) continue;
      if (query.status !== undefined && row.status !== query.status) continue;
      const shanghai = new Date(row.created_at.getTime() + 8 * HOUR).toISOString().slice(0, 10);
      const key = { day: shanghai, resourceType: row.resource_type, status: row.status }[query.groupBy];
      const item = items.get(key) ?? { key, count: 0, cost: 0 };
      items.set(key, { key, count: item.count + 1, cost: item.cost + row.cost });
    }
    return [...items.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  };
  const expectExact = async (scope: UsageScope, query: UsageSummaryQueryDto) => {
    const { items, total } = await usage.summary(scope, query);
    const expected = await recomputed(scope, query);
    expect({ scope, query, items }).toEqual({ scope, query, items: expected });
    expect(total.cost).toBe(expected.reduce((sum, { cost }) => sum + cost, 0));
  };

  const age = fc.oneof(
    fc.integer({ min: 0, max: 20 * MINUTE }),
    fc.integer({ min: 0, max: 5 * 24 * HOUR }),
    // Whole hours and days of Asia/Shanghai are where the sums begin and end.
    fc.integer({ min: 0, max: 120 }).map((hours) => (Date.now() % HOUR) + hours * HOUR),
  );
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('insert' as const),
        age,
        account_id: fc.constantFrom(...ACCOUNTS),
        user_id: fc.constantFrom(...USERS),
        resource_type: fc.constantFrom(...TYPES),
        status: fc.constantFrom(...STATUSES),
        cost: fc.integer({ min: 1, max: 1_000_000 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('settle' as const),
        which: fc.nat(),
        status: fc.constantFrom(...STATUSES),
        cost: fc.integer({ min: 1, max: 1_000_000 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('count' as const) }) },
  );
  const question = fc.record({
    scope: fc.constantFrom<UsageScope>(
      'all',
      { accountId: ACCOUNTS[0]! },
      { accountId: ACCOUNTS[0]!, userId: USERS[1]! },
    ),
    query: fc.record(
      {
        groupBy: fc.constantFrom(...KEYS),
        from: age.map((ms) => new Date(Date.now() - ms).toISOString()),
        to: age.map((ms) => new Date(Date.now() - ms).toISOString()),
        resourceType: fc.constantFrom(...TYPES),
        status: fc.constantFrom(...STATUSES),
      },
      { requiredKeys: ['groupBy'] },
    ),
  });

  it('is what adding up the rows gives, whatever was counted, arrived late or changed since', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.array(question, { minLength: 3, maxLength: 6 }),
        async (steps, questions) => {
          const ids: string[] = [];
          for (const each of steps) {
            if (each.do === 'insert') ids.push(await insert(each));
            else if (each.do === 'count') await countAll();
            else if (ids.length > 0) await settle(ids[each.which % ids.length]!, each.status, each.cost);
          }
          for (const { scope, query } of questions) await expectExact(scope, query);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('counts each row once while rows come, change and are counted by several processes at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 100 }, (_, n) => insert({ age: n * HOUR, cost: n + 1 })),
    );
    await countAll();
    await Promise.all([
      ...ids.map((id, n) => settle(id, 'released', n + 2)),
      ...Array.from({ length: 100 }, (_, n) => insert({ age: n * HOUR })),
      ...Array.from({ length: 10 }, () => rollup.rollUp()),
    ]);
    for (const groupBy of KEYS) {
      await expectExact('all', { groupBy });
      await expectExact({ accountId: ACCOUNTS[0]! }, { groupBy });
    }
    // What came late waits, as the rows do, for transactions that began before: other specs' on this cluster have some.
    await until(async () => {
      await rollup.rollUp();
      const [late] = await dataSource.query('SELECT count(*)::integer AS rows FROM commercial.usage_late');
      return late.rows === 0;
    });
    await expectExact('all', { groupBy: 'status' });
  });

  it('counts nothing that a transaction still under way could add to', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(
      `INSERT INTO commercial.usage_logs
         (id, account_id, user_id, balance_id, resource_type, cost, status, created_at)
       VALUES ($1, $1, $1, $1, 'report', 7, 'consumed', now())`,
      [v7()],
    );
    await insert({ age: 2 * HOUR });
    for (let run = 0; run < 3; run += 1) expect(await rollup.rollUp()).toEqual(new Date(0));
    await expectExact('all', { groupBy: 'day' });
    await runner.commitTransaction();
    await runner.release();
    await countAll();
    await expectExact('all', { groupBy: 'day' });
  });

  it('keeps the sums of days whose rows are gone', async () => {
    await insert({ age: 40 * 24 * HOUR, cost: 5 });
    await countAll();
    await dataSource.query('DELETE FROM commercial.usage_logs');
    const { total } = await usage.summary({ accountId: ACCOUNTS[0]! }, { groupBy: 'day' });
    expect(total).toEqual({ count: 1, cost: 5 });
  });
});
