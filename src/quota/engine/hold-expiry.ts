import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { Clock } from '../../time/clock.js';
import { QuotaEngine } from './quota-engine.js';

interface DueHold {
  id: string;
  account_id: string;
}

/** How many holds one look of the sweep takes. */
const SWEEP = 500;

/** Settled holds are kept as long as idempotency keys, so that a repeated commit finds what the first one did. */
const KEPT_MS = 24 * 3600 * 1000;

/** Gives back what was held for work that never came to an end. */
@Injectable()
export class HoldExpiry {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly engine: QuotaEngine,
  ) {}

  /** @param joined where given, in its transaction */
  async expireOf(accountId: string, joined?: EntityManager): Promise<void> {
    const due: DueHold[] = await (joined ?? this.dataSource.manager).query(
      `SELECT id, account_id FROM commercial.quota_holds
       WHERE account_id = $1 AND status = 'open' AND expires_at <= $2 ORDER BY id`,
      [accountId, this.clock.now()],
    );
    await this.expire(due, joined);
  }

  /** Every account's, for those that nobody touches. @returns how many this call gave back. */
  async expireHolds(): Promise<number> {
    const now = this.clock.now();
    let expired = 0;
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const due: DueHold[] = await this.dataSource.query(
        `SELECT id, account_id FROM commercial.quota_holds
         WHERE status = 'open' AND expires_at <= $1 AND id > $2 ORDER BY id LIMIT ${SWEEP}`,
        [now, after],
      );
      expired += await this.expire(due);
      if (due.length < SWEEP) return expired;
      after = due.at(-1)!.id;
    }
  }

  /** Forgets holds that were settled long ago; their usage stays on record. */
  async purgeSettled(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM commercial.quota_holds WHERE status <> 'open' AND settled_at < $1`,
      [new Date(this.clock.now().getTime() - KEPT_MS)],
    );
  }

  private async expire(due: readonly DueHold[], joined?: EntityManager): Promise<number> {
    const expiry = ({ id, account_id }: DueHold) =>
      this.engine.settle({ accountId: account_id, usageId: id, from: 'held', cost: 0 }, joined);
    const outcomes = [];
    // In a host's transaction there is one connection, so one after the other.
    if (joined) for (const hold of due) outcomes.push(await expiry(hold));
    else outcomes.push(...(await Promise.all(due.map(expiry))));
    return outcomes.filter((outcome) => outcome === 'done').length;
  }
}
