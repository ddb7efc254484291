import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { ApiKeyDebit } from '../../auth/credentials/api-keys/api-key-debit.entity.js';
import { ApiKeyUsage } from '../../auth/credentials/api-keys/api-key-usage.entity.js';
import { capPeriod, type QuotaCap } from '../../auth/identity/caller/quota-cap.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Problem } from '../../problems/problem.js';
import { Clock } from '../../time/clock.js';
import { failureKind } from '../engine/database-failure.js';
import type { DebitAnswer, DebitRequest } from '../engine/debit-statement.js';
import { UnknownOutcome } from '../engine/group-commit.js';
import { QuotaEngine } from '../engine/quota-engine.js';

/**
 * Debits of API keys that may consume only so much in a month. The key's counter moves in the debit's own transaction,
 * which costs such a key the shared commits; all others debit as if there were no caps. What is given back later goes
 * back to the counter by a trigger (see the migration ApiKeyRotationAndCaps).
 */
@Injectable()
export class KeyCaps {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly engine: QuotaEngine,
  ) {}

  /**
   * As the engine's debit, and counted against the key's cap; together or not at all.
   * @param joined where given, in its transaction, which a refusal doesn't spoil.
   * @throws Problem KEY_QUOTA_EXCEEDED (with `keyQuota`).
   */
  async debit(cap: QuotaCap, request: DebitRequest, joined?: EntityManager): Promise<DebitAnswer> {
    const work = async (manager: EntityManager) => {
      // The balances first: whoever settles locks them before the counters too.
      const answer = await this.engine.debit(request, manager);
      if (answer.outcome === 'done') await this.count(manager, cap, request);
      return answer;
    };
    if (joined) return joined.transaction(work);
    try {
      return await inTransaction(this.dataSource, work);
    } catch (error) {
      throw failureKind(error) === 'lost' ? new UnknownOutcome(error) : error;
    }
  }

  /** How much the key may still consume in this month. */
  async left({ keyId, limit }: QuotaCap): Promise<number> {
    const periodStart = capPeriod(this.clock.now()).start;
    return limit - (await usedIn(this.dataSource.manager, keyId, periodStart));
  }

  /** Forgets which usage was whose, where it no longer matters: a hold lasts a week at most. */
  async purge(): Promise<void> {
    const { start } = capPeriod(this.clock.now());
    const before = capPeriod(new Date(start.getTime() - 1)).start;
    await this.dataSource
      .createQueryBuilder()
      .delete()
      .from(ApiKeyDebit)
      .where('period_start < :before', { before })
      .execute();
  }

  private async count(manager: EntityManager, cap: QuotaCap, { usageId, cost }: DebitRequest): Promise<void> {
    const { keyId, limit } = cap;
    const { start, end } = capPeriod(this.clock.now());
    const counted: unknown[] = await manager.query(
      `INSERT INTO commercial.api_key_usage AS u (key_id, period_start, used)
       SELECT $1::uuid, $2::timestamptz, $3::integer WHERE $3::integer <= $4::integer
       ON CONFLICT (key_id, period_start) DO UPDATE SET used = u.used + excluded.used
       WHERE u.used + excluded.used <= $4::integer
       RETURNING used`,
      [keyId, start, cost, limit],
    );
    if (counted.length === 0) throw exceeded(cap, cost, await usedIn(manager, keyId, start), end);
    await manager.insert(ApiKeyDebit, { usageId, keyId, periodStart: start });
  }
}

async function usedIn(manager: EntityManager, keyId: string, periodStart: Date): Promise<number> {
  return (await manager.findOneBy(ApiKeyUsage, { keyId, periodStart }))?.used ?? 0;
}

function exceeded({ limit }: QuotaCap, cost: number, used: number, resetsAt: Date): Problem {
  const keyQuota = { used, limit, remaining: limit - used, resetsAt };
  const params = { used, limit, cost, resetsAt: resetsAt.toISOString() };
  return new Problem('KEY_QUOTA_EXCEEDED', { params, extensions: { keyQuota } });
}
