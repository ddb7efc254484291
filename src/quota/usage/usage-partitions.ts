import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import {
  firstId,
  momentOfId,
  monthAfter,
  monthOf,
  monthOfPartition,
  partitionName,
  type Month,
} from './usage-months.js';

/** Any number, the same in every process of this application: processes make and drop partitions by turns. */
const PARTITIONS_LOCK = 7_061_626_102;

/** For a table's lock. Writers queue up behind a waiting one, so it gives up soon and the job's next run tries again. */
const LOCK_TIMEOUT = '2s';

/**
 * The monthly partitions of usage_logs (see docs/why/0002-usage-partitions.md). A row whose month has none lands
 * in usage_logs_default, so that no insert ever fails for want of a partition, and moves when its month is made.
 */
@Injectable()
export class UsagePartitions {
  constructor(@Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** The months that have a partition, earliest first. */
  async months(): Promise<Month[]> {
    const rows: { name: string }[] = await this.dataSource.query(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = 'commercial.usage_logs'::regclass ORDER BY c.relname`,
    );
    return rows.map(({ name }) => monthOfPartition(name)).filter((month) => month !== null);
  }

  /**
   * Makes what is missing of the present month, the `monthsAhead` after it, and the months whose rows landed in the
   * default partition.
   *
   * @returns the months that this call made, earliest first
   */
  async ensurePartitions(now: Date, monthsAhead: number): Promise<Month[]> {
    const present = monthOf(now);
    const wanted = Array.from({ length: monthsAhead + 1 }, (_, count) => monthAfter(present, count));
    const astray = await this.monthsInDefault(monthAfter(present, monthsAhead + 1));
    const there = new Set((await this.months()).map(Number));
    const missing = [...astray, ...wanted].filter((month) => !there.has(month.getTime()));
    const made: Month[] = [];
    for (const month of missing) if (await this.makePartition(month)) made.push(month);
    return made;
  }

  /**
   * Drops the partitions that lie, with every row in them, before the month of `before`. Their sums stay in the
   * summary, so a row that isn't counted there yet keeps its partition.
   *
   * @returns the months that this call dropped, earliest first
   */
  async dropPartitions(before: Date): Promise<Month[]> {
    const limit = monthOf(before);
    const dropped: Month[] = [];
    for (const month of await this.months()) {
      if (month < limit && (await this.dropPartition(month, limit))) dropped.push(month);
    }
    return dropped;
  }

  /** Ids that are no UUIDv7, and those of a time to come, belong to no month and stay where they are. */
  private async monthsInDefault(end: Month): Promise<Month[]> {
    const months: Month[] = [];
    for (let from = firstId(new Date(0)); ; from = firstId(monthAfter(months.at(-1)!))) {
      const rows: { id: string }[] = await this.dataSource.query(
        `SELECT id FROM commercial.usage_logs_default
         WHERE id >= $1::uuid AND id < $2::uuid AND substr(id::text, 15, 1) = '7' ORDER BY id LIMIT 1`,
        [from, firstId(end)],
      );
      const moment = rows[0] && momentOfId(rows[0].id);
      if (!moment) return months;
      months.push(monthOf(moment));
    }
  }

  private makePartition(month: Month): Promise<boolean> {
    const name = partitionName(month);
    const [from, to] = [firstId(month), firstId(monthAfter(month))];
    return inTransaction(this.dataSource, async (manager) => {
      if (await this.exists(manager, name)) return false;
      // Writers wait at the parent until the month is there. One that had chosen the default partition already would be
      // refused by it afterwards; one that waits here chooses again.
      await manager.query(`LOCK TABLE commercial.usage_logs IN SHARE ROW EXCLUSIVE MODE`);
      await manager.query(
        `CREATE TABLE commercial.${name}
           (LIKE commercial.usage_logs INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)`,
      );
      await manager.query(
        `WITH moved AS (DELETE FROM commercial.usage_logs_default WHERE id >= $1::uuid AND id < $2::uuid RETURNING *)
         INSERT INTO commercial.${name} SELECT * FROM moved`,
        [from, to],
      );
      // ATTACH, not CREATE TABLE … PARTITION OF, which would shut out readers too.
      await manager.query(
        `ALTER TABLE commercial.usage_logs ATTACH PARTITION commercial.${name} FOR VALUES FROM ('${from}') TO ('${to}')`,
      );
      return true;
    });
  }

  private dropPartition(month: Month, limit: Month): Promise<boolean> {
    const name = partitionName(month);
    return inTransaction(this.dataSource, async (manager) => {
      if (!(await this.exists(manager, name))) return false;
      // Dropping needs this lock anyway; taken first, it lets no row in behind the look.
      await manager.query(`LOCK TABLE commercial.usage_logs IN ACCESS EXCLUSIVE MODE`);
      const rows: unknown[] = await manager.query(
        `SELECT FROM commercial.${name}
         WHERE created_at >= least($1, (SELECT counted_until FROM commercial.usage_rollup)) LIMIT 1`,
        [limit],
      );
      if (rows.length > 0) return false;
      await manager.query(`DROP TABLE commercial.${name}`);
      return true;
    });
  }

  /** Takes this process's turn until the transaction ends. */
  private async exists(manager: EntityManager, name: string): Promise<boolean> {
    await manager.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await manager.query('SELECT pg_advisory_xact_lock($1)', [PARTITIONS_LOCK]);
    const rows: { there: boolean }[] = await manager.query(`SELECT to_regclass($1) IS NOT NULL AS there`, [
      `commercial.${name}`,
    ]);
    return rows[0]!.there;
  }
}
