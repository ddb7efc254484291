import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';

interface Mark {
  /** What the sums hold: every row before this moment. */
  counted_until: Date;
  /** How far they may go: ten minutes before the mark, once each transaction that was running then has ended. */
  target: Date | null;
}

/** Ten minutes are twice what the triggers on usage_logs call late, so the database's clock may step a little. */
const READ_MARK = `
SELECT counted_until,
  CASE WHEN marked_xid <= pg_snapshot_xmin(pg_current_snapshot())
    THEN date_trunc('milliseconds', marked_at - interval '10 minutes') END AS target
FROM commercial.usage_rollup FOR UPDATE`;

/** A transaction with a later id than this one began to write after this one began: after `now()`. */
const SET_MARK = `UPDATE commercial.usage_rollup SET marked_at = now(), marked_xid = pg_current_xact_id()`;

/** The sums grow by the rows of [$1, $2) and by what arrived late for the time before. */
const COUNT = `
WITH late AS (
  DELETE FROM commercial.usage_late RETURNING *
), entries AS MATERIALIZED (
  SELECT account_id, user_id, created_at, resource_type, status, 1 AS count, cost
  FROM commercial.usage_logs WHERE created_at >= $1 AND created_at < $2
  UNION ALL
  SELECT account_id, user_id, created_at, resource_type, status, count, cost FROM late
), daily AS (
  INSERT INTO commercial.usage_daily AS d (account_id, user_id, bucket, resource_type, status, count, cost)
  SELECT account_id, user_id, date_trunc('day', created_at, 'Asia/Shanghai'), resource_type, status,
    sum(count), sum(cost)
  FROM entries GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT (account_id, bucket, user_id, resource_type, status)
    DO UPDATE SET count = d.count + excluded.count, cost = d.cost + excluded.cost
)
INSERT INTO commercial.usage_hourly AS h (bucket, resource_type, status, count, cost)
SELECT date_trunc('hour', created_at, 'Asia/Shanghai'), resource_type, status, sum(count), sum(cost)
FROM entries GROUP BY 1, 2, 3
ON CONFLICT (bucket, resource_type, status)
  DO UPDATE SET count = h.count + excluded.count, cost = h.cost + excluded.cost`;

/**
 * Keeps the sums of usage by day and account, and by hour over all accounts (docs/why/0003-usage-summary.md).
 * Debits pay nothing for them: rows are counted some ten minutes later, each exactly once, and what is not counted yet
 * is read from the rows themselves.
 */
@Injectable()
export class UsageRollup {
  constructor(@Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** Counts what has become countable, a day at a time. @returns the moment up to which every row is counted */
  async rollUp(): Promise<Date> {
    for (;;) {
      const { countedUntil, more } = await inTransaction(this.dataSource, (manager) => this.step(manager));
      if (!more) return countedUntil;
    }
  }

  private async step(manager: EntityManager): Promise<{ countedUntil: Date; more: boolean }> {
    const rows: Mark[] = await manager.query(READ_MARK);
    const { counted_until: from, target } = rows[0]!;
    if (!target) {
      await manager.query(`${SET_MARK} WHERE marked_at IS NULL`);
      return { countedUntil: from, more: false };
    }
    // A clock that was set back can leave the mark behind what is counted.
    const to = target > from ? await this.chunkEnd(manager, from, target) : from;
    await manager.query(COUNT, [from, to]);
    await manager.query('UPDATE commercial.usage_rollup SET counted_until = $1', [to]);
    const more = to < target;
    if (!more) await manager.query(SET_MARK);
    return { countedUntil: to, more };
  }

  /** A day after the first row that isn't counted yet: one transaction stays small, and gaps cost nothing. */
  private async chunkEnd(manager: EntityManager, from: Date, target: Date): Promise<Date> {
    const rows: { end: Date }[] = await manager.query(
      `SELECT least(created_at + interval '1 day', $2::timestamptz) AS end
       FROM commercial.usage_logs WHERE created_at >= $1 AND created_at < $2 ORDER BY created_at LIMIT 1`,
      [from, target],
    );
    return rows[0]?.end ?? target;
  }
}
