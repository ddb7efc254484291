import type { EntityManager } from 'typeorm';
import { SubscriptionPeriod } from '../../ledger/records/subscription-period.entity.js';
import { standingPeriods } from '../../ledger/subscriptions/subscription-periods.js';
import { unusedFen } from './change-quote.js';
import { netWorths } from '../../ledger/credits/net-worths.js';

export interface CarriedCredit {
  /** By the periods that were there at `orderedAt`, as they were unused then. */
  orderedFen: number;
  /** By periods that were paid after that, as they are unused now. */
  sinceFen: number;
  /** Writes into each period what of it goes on to the other plan. */
  carry(toPeriodId: string): Promise<void>;
}

/** What a subscription's periods give towards another plan; inside the caller's transaction with the account locked. */
export async function carriedCredit(
  manager: EntityManager,
  subscriptionId: string,
  orderedAt: Date,
  now: Date,
): Promise<CarriedCredit> {
  const periods = await netWorths(manager, await standingPeriods(manager, subscriptionId));
  const shares = periods.map((period) => {
    const since = period.createdAt > orderedAt;
    return { id: period.id, since, carriedFen: unusedFen(period, since ? now : orderedAt) };
  });
  const sum = (since: boolean) =>
    shares.filter((share) => share.since === since).reduce((total, share) => total + share.carriedFen, 0);
  return {
    orderedFen: sum(false),
    sinceFen: sum(true),
    carry: async (carriedTo) => {
      for (const { id, carriedFen } of shares) {
        if (carriedFen > 0) await manager.update(SubscriptionPeriod, { id }, { carriedFen, carriedTo });
      }
    },
  };
}
