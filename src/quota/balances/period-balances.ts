import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Subscription } from '../../billing/subscriptions/subscription.entity.js';
import { monthAt } from '../../time/periods.js';

/**
 * Makes the balances of the quota period that `now` lies in, one for each quota of the plan; those that are there stay
 * as they are. Quota periods are months anchored to the subscription's start, cut off where its paid period ends.
 */
export async function makePeriodBalances(
  manager: EntityManager,
  subscription: Subscription,
  now: Date,
): Promise<void> {
  if (!subscription.startedAt) throw new Error(`subscription ${subscription.id} has no start`);
  const { start, end } = monthAt(subscription.startedAt, now);
  const paidUntil = subscription.currentPeriodEnd;
  const until = paidUntil !== null && paidUntil < end ? paidUntil : end;
  for (const quota of subscription.plan.quotas) {
    await manager.query(
      `INSERT INTO commercial.quota_balances
         (id, account_id, subscription_id, quota_type, granted, valid_from, valid_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (subscription_id, quota_type, valid_from) DO NOTHING`,
      [uuid(), subscription.accountId, subscription.id, quota.quotaType, quota.quotaLimit, start, until],
    );
  }
}
