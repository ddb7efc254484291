import type { EntityManager } from 'typeorm';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { netWorths } from '../../ledger/credits/net-worths.js';
import type { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { SubscriptionPeriod } from '../../ledger/records/subscription-period.entity.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';
import { standingPeriods } from '../../ledger/subscriptions/subscription-periods.js';
import { unusedFen, unusedQuotaFen } from './change-quote.js';

/** What a paid period gives towards another plan, in fen. */
export interface CreditShare {
  periodId: string;
  /** Whether it was paid after the change had been ordered. */
  since: boolean;
  /** By its time alone: as it was unused when the change was ordered, or is now where it was paid since. */
  byTimeFen: number;
  /** By its quota too, as that is unused now: never more than `byTimeFen`. */
  fen: number;
}

/** What a subscription's periods give towards another plan; inside the caller's transaction with the account locked. */
export async function creditShares(
  manager: EntityManager,
  listeners: BillingListeners,
  subscription: Subscription,
  orderedAt: Date,
  now: Date,
): Promise<CreditShare[]> {
  const periods = await netWorths(manager, await standingPeriods(manager, subscription.id));
  const shares: CreditShare[] = [];
  for (const period of periods) {
    const since = period.createdAt > orderedAt;
    const byTimeFen = unusedFen(period, since ? now : orderedAt);
    const quotas = byTimeFen > 0 ? await listeners.quotaLeft(manager, within(subscription, period), now) : [];
    const fen = Math.min(byTimeFen, unusedQuotaFen(period.worthFen, quotas));
    shares.push({ periodId: period.id, since, byTimeFen, fen });
  }
  return shares;
}

export function creditFen(shares: readonly Pick<CreditShare, 'fen'>[]): number {
  return shares.reduce((sum, { fen }) => sum + fen, 0);
}

/**
 * The shares of an order that was offered `promisedFen`, though since then quota was used: each may be worth what its
 * time is, until that is met.
 */
export function metInFull(shares: readonly CreditShare[], promisedFen: number): CreditShare[] {
  let missingFen = promisedFen - creditFen(shares);
  return shares.map((share) => {
    const moreFen = Math.max(0, Math.min(missingFen, share.byTimeFen - share.fen));
    missingFen -= moreFen;
    return { ...share, fen: share.fen + moreFen };
  });
}

/** Whether a plan gives what was used of the month already, so that the new plan's month pays for it. */
export async function takesUsedUnits(
  manager: EntityManager,
  listeners: BillingListeners,
  from: Subscription,
  plan: SubscriptionPlan,
  now: Date,
): Promise<boolean> {
  const limits = new Map(plan.quotas.map(({ quotaType, quotaLimit }) => [quotaType, quotaLimit]));
  const quotas = await listeners.quotaLeft(manager, from, now);
  return quotas.every(({ quotaType, used }) => used <= (limits.get(quotaType) ?? 0));
}

/** Writes into each period what of it goes on to the other plan. */
export async function carryCredit(
  manager: EntityManager,
  shares: readonly CreditShare[],
  carriedTo: string,
): Promise<void> {
  for (const { periodId: id, fen: carriedFen } of shares) {
    if (carriedFen > 0) await manager.update(SubscriptionPeriod, { id }, { carriedFen, carriedTo });
  }
}

/** The subscription as it is in one of its periods. */
function within(subscription: Subscription, { plan, startsAt, endsAt }: SubscriptionPeriod): Subscription {
  return { ...subscription, plan: plan!, currentPeriodStart: startsAt, currentPeriodEnd: endsAt };
}
