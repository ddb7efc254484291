import type { DataSource } from 'typeorm';
import { v4, v7 } from 'uuid';
import { createDataSource } from '../../src/commercial/data-source.js';
import { DueWork } from '../../src/jobs/due-work.js';
import type { JobQueue } from '../../src/jobs/job-queue.js';
import type { QuotaOptions } from '../../src/quota/balances/quota-options.js';
import { isUsageIdTaken } from '../../src/quota/balances/usage-id.js';
import { UsageJobs } from '../../src/quota/usage/usage-jobs.js';
import { UsagePartitions } from '../../src/quota/usage/usage-partitions.js';
import { UsageRollup } from '../../src/quota/usage/usage-rollup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { FixedClock } from '../support/fixed-clock.js';

const utc = (text: string) => new Date(`${text}Z`);
const month = (text: string) => utc(`${text}-01T00:00:00.000`);
const idOf = (moment: Date) => v7({ msecs: moment.getTime() });

describe('the partitions of usage_logs', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let partitions: UsagePartitions;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url }).initialize();
    partitions = new UsagePartitions(dataSource);
  });

  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const use = (id: string, createdAt: Date) =>
    dataSource.query(
      `INSERT INTO commercial.usage_logs
         (id, account_id, user_id, balance_id, resource_type, cost, status, created_at)
       VALUES ($1, $2, $2, $2, 'dicom_processing', 1, 'consumed', $3)`,
      [id, v4(), createdAt],
    );
  const homes = async () =>
    Object.fromEntries(
      (
        await dataSource.query(
          `SELECT c.relname AS home, count(*)::integer AS rows
           FROM commercial.usage_logs u JOIN pg_class c ON c.oid = u.tableoid GROUP BY 1 ORDER BY 1`,
        )
      ).map(({ home, rows }: any) => [home.replace('usage_logs_', ''), rows]),
    );

  it('are made ahead, once, whoever asks', async () => {
    const now = utc('2027-11-30T23:59:59.999');
    const twins = await Promise.all([1, 2, 3, 4].map(() => partitions.ensurePartitions(now, 2)));
    const expected = [month('2027-11'), month('2027-12'), month('2028-01')];
    expect(await partitions.months()).toEqual(expected);
    expect(twins.flat().sort((a, b) => Number(a) - Number(b))).toEqual(expected);
    expect(await partitions.ensurePartitions(now, 2)).toEqual([]);
  });

  it('divide rows at the first millisecond of the month, in UTC', async () => {
    await partitions.ensurePartitions(month('2027-11'), 1);
    await use(idOf(utc('2027-11-30T23:59:59.999')), utc('2027-11-30T23:59:59.999'));
    await use(idOf(month('2027-12')), month('2027-12'));
    await use(idOf(utc('2027-12-31T23:59:59.999')), utc('2027-12-31T23:59:59.999'));
    expect(await homes()).toEqual({ '2027_11': 1, '2027_12': 2 });
  });

  it('take what has none into the default one, and from there once they are made', async () => {
    await use(idOf(utc('2027-09-10T00:00:00')), utc('2027-09-10T00:00:00'));
    await use(idOf(utc('2027-11-10T00:00:00')), utc('2027-11-10T00:00:00'));
    await use(idOf(utc('2030-01-01T00:00:00')), utc('2027-11-10T00:00:00'));
    await use('ffffffff-0000-4000-8000-000000000000', utc('2027-11-10T00:00:00'));
    await use('00000000-0000-4000-8000-000000000000', utc('2027-11-10T00:00:00'));
    expect(await homes()).toEqual({ default: 5 });
    const made = await partitions.ensurePartitions(utc('2027-11-11T00:00:00'), 0);
    expect(made).toEqual([month('2027-09'), month('2027-11')]);
    expect(await homes()).toEqual({ '2027_09': 1, '2027_11': 1, default: 3 });
  });

  it('lose no row that arrives while they are made', async () => {
    const at = utc('2027-11-10T00:00:00');
    const rows = Promise.all(Array.from({ length: 400 }, () => use(idOf(at), at)));
    await partitions.ensurePartitions(at, 1);
    await rows;
    await partitions.ensurePartitions(at, 1);
    expect(await homes()).toEqual({ '2027_11': 400 });
  });

  it('refuse an id twice, in whatever partition and whatever the time of the row', async () => {
    const id = idOf(utc('2027-11-10T00:00:00'));
    const odd = v4();
    await partitions.ensurePartitions(utc('2027-11-11T00:00:00'), 1);
    await use(id, utc('2027-11-10T00:00:00'));
    await use(odd, utc('2027-11-10T00:00:00'));
    for (const twice of [id, odd]) {
      const error: unknown = await use(twice, utc('2027-12-01T00:00:00')).catch((e: unknown) => e);
      expect(isUsageIdTaken(error)).toBe(true);
    }
    const other: unknown = await dataSource.query('SELECT 1 / 0').catch((e: unknown) => e);
    expect(isUsageIdTaken(other)).toBe(false);
  });

  it('are dropped with the months that went by, and only with these', async () => {
    await partitions.ensurePartitions(month('2027-09'), 3);
    await use(idOf(utc('2027-09-30T23:00:00')), utc('2027-09-30T23:00:00'));
    // Begun in October, carried out in November: the row is November's.
    await use(idOf(utc('2027-10-31T23:59:00')), utc('2027-11-01T00:01:00'));
    // What isn't in the summary yet is kept, however old.
    expect(await partitions.dropPartitions(utc('2027-11-20T00:00:00'))).toEqual([]);
    await dataSource.query(`UPDATE commercial.usage_rollup SET counted_until = '2100-01-01'`);
    await use(idOf(utc('2027-11-01T00:00:00')), utc('2027-11-01T00:00:00'));
    expect(await partitions.dropPartitions(utc('2027-11-20T00:00:00'))).toEqual([month('2027-09')]);
    expect(await homes()).toEqual({ '2027_10': 1, '2027_11': 1 });
    expect(await partitions.dropPartitions(utc('2027-12-01T00:00:00'))).toEqual([
      month('2027-10'),
      month('2027-11'),
    ]);
    expect(await partitions.months()).toEqual([month('2027-12')]);
  });

  it.each([
    [1, ['2027-10', '2027-11', '2027-12', '2028-01']],
    [null, ['2027-08', '2027-09', '2027-10', '2027-11', '2027-12', '2028-01']],
  ])('are kept by a job for %p months beside the present one', async (usageRetentionMonths, kept) => {
    await partitions.ensurePartitions(month('2027-08'), 1);
    await dataSource.query(`UPDATE commercial.usage_rollup SET counted_until = '2100-01-01'`);
    const jobs = { define: () => {} } as unknown as JobQueue;
    const options = { usageRetentionMonths } as QuotaOptions;
    const clock = new FixedClock(utc('2027-11-20T00:00:00'));
    await partitions.ensurePartitions(month('2027-10'), 0);
    const rollup = new UsageRollup(dataSource);
    await new UsageJobs(options, jobs, new DueWork(), clock, partitions, rollup).keepPartitions();
    expect(await partitions.months()).toEqual(kept.map(month));
  });

  it('leave entities and migrations in step', async () => {
    await partitions.ensurePartitions(new Date(), 2);
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    const ours = upQueries.map(({ query }) => query).filter((query) => query.includes('usage_logs'));
    expect(ours).toEqual([]);
  });
});
