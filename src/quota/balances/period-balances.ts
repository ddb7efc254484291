import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Subscription } from '../../billing/subscriptions/subscription.entity.js';
import { monthAt } from '../../time/periods.js';

/**
 * Makes the balances of the quota period that `now` lies in, one for each quota of the plan; those that are there stay
 * as they are. Quota periods are months anchored to the subscription's start, whatever the plan's billing cycle, cut
 * off where its paid period ends.
 */
export async function makePeriodBalances(
  manager: EntityManager,
  subscription: Subscription,
  now: Date,
): Promise<void> {
  if (!subscription.startedAt) throw new Error(`subscription ${subscription.id} has no start`);
  const { id, accountId, startedAt, currentPeriodEnd: paidUntil, plan } = subscription;
  const { start, end } = monthAt(startedAt, now);
  const until = paidUntil !== null && paidUntil < end ? paidUntil : end;
  for (const { quotaType, quotaLimit, overageCap } of plan.quotas) {
    await manager.query(
      `INSERT INTO commercial.quota_balances
         (id, account_id, kind, subscription_id, quota_type, granted, overage_cap, valid_from, valid_until, created_at)
       VALUES ($1, $2, 'plan', $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (subscription_id, quota_type, valid_from) DO NOTHING`,
      [uuid(), accountId, id, quotaType, quotaLimit, overageCap, start, until, now],
    );
  }
}
