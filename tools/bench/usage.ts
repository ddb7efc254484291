import { DateTime } from 'luxon';
import type { DataSource } from 'typeorm';
import type { QuotaService } from '../../src/quota/debits/quota.service.js';
import { UsagePartitions } from '../../src/quota/usage/usage-partitions.js';
import { UsageRollup } from '../../src/quota/usage/usage-rollup.js';
import { UsageDto } from '../../src/quota/api/usage/usage.dto.js';
import { UsageService, type UsageScope } from '../../src/quota/api/usage/usage.service.js';
import { idOf } from './accounts.js';
import type { Cluster } from './cluster.js';
import { load, median } from './load.js';

const SMALL = 10_000;
const LARGE = 10_000_000;
const PER_ACCOUNT = 1_000;
/** Has half of all the rows; the others have {@link PER_ACCOUNT} each. */
const WHALE = idOf(0);
const SECONDS = 4;

type Times = Record<(typeof QUESTIONS)[number]['name'], number>;

export interface UsageFigures {
  /** The slowest of the ratios. */
  ratio: number;
  /** Of median times, on 10,000,000 rows to on 10,000. */
  ratios: Times;
  /** Median times in milliseconds, by the number of rows. */
  raw: Record<string, Times>;
}

/**
 * Replaces the usage logs that the other figures left. The few rows are asked before the many and after them: a machine
 * that becomes slower or faster in these minutes would show in the ratio otherwise.
 */
export async function measureUsage({ dataSource }: Cluster): Promise<UsageFigures> {
  const before = await measure(dataSource, SMALL);
  const large = await measure(dataSource, LARGE);
  const after = await measure(dataSource, SMALL);
  const small = timesOf((name) => median([before[name], after[name]]));
  const ratios = timesOf((name) => large[name] / small[name]);
  return { ratio: Math.max(...Object.values(ratios)), ratios, raw: { [SMALL]: small, [LARGE]: large } };
}

async function measure(dataSource: DataSource, size: number): Promise<Times> {
  await fill(dataSource, size);
  return ask(dataSource);
}

/** A year's usage, evenly over time, half of it one account's; every tenth was released. */
async function fill(dataSource: DataSource, size: number): Promise<void> {
  await dataSource.query(
    'TRUNCATE commercial.usage_logs, commercial.usage_daily, commercial.usage_hourly, commercial.usage_late',
  );
  await dataSource.query(
    `UPDATE commercial.usage_rollup SET counted_until = 'epoch', marked_at = NULL, marked_xid = NULL`,
  );
  const partitions = new UsagePartitions(dataSource);
  const now = new Date();
  for (let month = 12; month >= 0; month -= 1) {
    await partitions.ensurePartitions(new Date(now.getFullYear(), now.getMonth() - month, 1, 12), 0);
  }
  // Rows of the past would call the trigger for late ones, each for nothing: none of them is counted yet.
  await dataSource.query('ALTER TABLE commercial.usage_logs DISABLE TRIGGER usage_logs_late_insert');
  const step = Math.min(size, 500_000);
  for (let from = 0; from < size; from += step) await dataSource.query(INSERT, [from, from + step - 1, size]);
  await dataSource.query('ALTER TABLE commercial.usage_logs ENABLE TRIGGER usage_logs_late_insert');
  const rollup = new UsageRollup(dataSource);
  while ((await rollup.rollUp()).getTime() === 0);
  await dataSource.query('VACUUM ANALYZE commercial.usage_logs');
  await dataSource.query('VACUUM ANALYZE commercial.usage_daily, commercial.usage_hourly');
}

/** $1 to $2 of $3 rows. Ids begin with the row's time, as UUIDv7 do. */
const INSERT = `
INSERT INTO commercial.usage_logs
  (id, account_id, user_id, balance_id, resource_type, resource_id, cost, status, created_at)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000' || lpad(to_hex(n), 16, '8'))::uuid,
  account, account, account, 'dicom_processing', 'study-' || n, 1 + n % 5,
  CASE WHEN n % 10 = 3 THEN 'released' ELSE 'consumed' END, at
FROM (
  SELECT n, date_trunc('milliseconds', now() - interval '365 days' * (1 - n::float8 / $3::integer)) AS at,
    ('00000000-0000-4000-8000-' || lpad(to_hex(
      CASE WHEN n % 2 = 0 THEN 0 ELSE 1 + (n / 2) % ($3::integer / 2 / ${PER_ACCOUNT}) END), 12, '0'))::uuid AS account
  FROM generate_series($1::integer, $2::integer) AS n
) rows`;

/** The last thirty days as a page asks for them: from midnight where the days are counted. */
const month = () =>
  DateTime.now().setZone('Asia/Shanghai').startOf('day').minus({ days: 30 }).toJSDate().toISOString();

const QUESTIONS = [
  { name: 'list', scope: { accountId: idOf(1) }, ask: 'list' },
  { name: 'summary', scope: { accountId: idOf(1) }, ask: 'summary' },
  { name: 'summaryOfMonth', scope: { accountId: idOf(1) }, ask: 'month' },
  { name: 'whaleList', scope: { accountId: WHALE }, ask: 'list' },
  { name: 'whaleSummary', scope: { accountId: WHALE }, ask: 'summary' },
  { name: 'whaleSummaryOfMonth', scope: { accountId: WHALE }, ask: 'month' },
  { name: 'everybodysList', scope: 'all', ask: 'list' },
  { name: 'everybodysSummary', scope: 'all', ask: 'summary' },
] as const satisfies readonly { name: string; scope: UsageScope; ask: 'list' | 'summary' | 'month' }[];

async function ask(dataSource: DataSource): Promise<Times> {
  const usage = new UsageService(dataSource, { quotaTypeOf: (type: string) => type } as QuotaService);
  const calls = {
    list: (scope: UsageScope) => usage.list(scope, { limit: 20 }, UsageDto.of),
    summary: (scope: UsageScope) => usage.summary(scope, { groupBy: 'day' }),
    month: (scope: UsageScope) => usage.summary(scope, { groupBy: 'day', from: month() }),
  };
  const times: Partial<Times> = {};
  for (const { name, scope, ask } of QUESTIONS) {
    await load(1, 1, () => calls[ask](scope));
    times[name] = (await load(1, SECONDS, () => calls[ask](scope))).p50;
  }
  return times as Times;
}

function timesOf(value: (name: keyof Times) => number): Times {
  return Object.fromEntries(QUESTIONS.map(({ name }) => [name, value(name)])) as Times;
}
