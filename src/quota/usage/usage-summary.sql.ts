/**
 * What the rows of a summary have in common, and how that is written. Days are grouped as dates, by the offset that
 * Asia/Shanghai has had since 1991: to look the zone up for each row takes most of the time that a summary takes.
 */
const SUMMARY_KEYS = {
  day: {
    of: (time: string) => `(${time} AT TIME ZONE INTERVAL '08:00')::date`,
    text: `to_char(parts.key, 'YYYY-MM-DD')`,
  },
  resourceType: { of: () => 'resource_type', text: 'parts.key' },
  status: { of: () => 'status', text: 'parts.key' },
} as const;

export type SummaryKey = keyof typeof SUMMARY_KEYS;

/** Whose usage: an account's sums stand by day, those of all accounts together by hour. */
const SOURCES = {
  account: {
    table: 'usage_daily',
    unit: 'day',
    isMine: 'account_id = $3::uuid AND ($4::uuid IS NULL OR user_id = $4)',
  },
  all: { table: 'usage_hourly', unit: 'hour', isMine: '$3::uuid IS NULL AND $4::uuid IS NULL' },
} as const;

/**
 * Sums usage of [$1, $2) in one statement, hence in one snapshot, from three sources that don't overlap:
 * - the counted sums of whole days (hours), with what arrived late for them,
 * - the rows of a day (hour) that the range begins or ends within,
 * - the rows that aren't counted yet.
 *
 * Parameters: from, to, account, user, resource type, status; null means any of the last four.
 */
export function summarySql(scope: keyof typeof SOURCES, groupBy: SummaryKey): string {
  const { table, unit, isMine } = SOURCES[scope];
  const floor = (time: string) => `date_trunc('${unit}', ${time}, 'Asia/Shanghai')`;
  const ceiling = (time: string) => floor(`${time} + interval '1 ${unit}' - interval '1 microsecond'`);
  const matches = `${isMine}
    AND ($5::text IS NULL OR resource_type = $5) AND ($6::text IS NULL OR status = $6)`;
  const key = SUMMARY_KEYS[groupBy];
  const between = (time: string, from: string, to: string) =>
    `${time} >= (SELECT ${from} FROM ranges) AND ${time} < (SELECT ${to} FROM ranges) AND ${matches}`;
  return `
WITH given AS (
  SELECT $1::timestamptz AS start, $2::timestamptz AS stop, counted_until FROM commercial.usage_rollup
), whole AS (
  SELECT *, ${ceiling('start')} AS sums_from,
    CASE WHEN stop >= counted_until THEN ${ceiling('counted_until')} ELSE ${floor('stop')} END AS sums_to
  FROM given
), ranges AS (
  SELECT sums_from, sums_to, start AS head_from, sums_from AS head_to, stop AS tail_to,
    CASE WHEN stop >= counted_until THEN counted_until ELSE sums_to END AS tail_from
  FROM whole WHERE sums_from < sums_to
  UNION ALL
  SELECT start, start, start, stop, stop, stop FROM whole WHERE sums_from >= sums_to
), parts AS (
  SELECT ${key.of('bucket')} AS key, count, cost FROM commercial.${table}
  WHERE ${between('bucket', 'sums_from', 'sums_to')}
  UNION ALL
  SELECT ${key.of('created_at')}, count, cost FROM commercial.usage_late
  WHERE ${between('created_at', 'sums_from', 'sums_to')}
  UNION ALL
  SELECT ${key.of('created_at')}, 1, cost FROM commercial.usage_logs
  WHERE ${between('created_at', 'head_from', 'head_to')}
  UNION ALL
  SELECT ${key.of('created_at')}, 1, cost FROM commercial.usage_logs
  WHERE ${between('created_at', 'tail_from', 'tail_to')}
)
SELECT ${key.text} AS key, sum(count)::float8 AS count, sum(cost)::float8 AS cost FROM parts
GROUP BY parts.key HAVING sum(count) <> 0 ORDER BY parts.key`;
}
