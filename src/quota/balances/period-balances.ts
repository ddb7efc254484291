import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Subscription } from '../../billing/ledger/records/subscription.entity.js';
import { anchorOf } from '../../billing/ledger/subscriptions/trial-time.js';
import { monthAt, type Period } from '../../time/periods.js';

/**
 * Makes the balances of the quota period that `now` lies in, one for each quota of the plan; those that are there stay
 * as they are. Quota periods are months anchored to the subscription's start, whatever the plan's billing cycle, cut
 * off where the subscription's time ends, the grace included. A trial has its own, and the paid time begins with a new one.
 */
export async function makePeriodBalances(
  manager: EntityManager,
  subscription: Subscription,
  now: Date,
): Promise<void> {
  const { id, accountId, plan } = subscription;
  const { start, end } = quotaPeriod(subscription, now);
  for (const { quotaType, quotaLimit, overageCap } of plan.quotas) {
    await manager.query(
      `INSERT INTO commercial.quota_balances
         (id, account_id, kind, subscription_id, quota_type, granted, overage_cap, valid_from, valid_until, created_at)
       VALUES ($1, $2, 'plan', $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (subscription_id, quota_type, valid_from) DO NOTHING`,
      [uuid(), accountId, id, quotaType, quotaLimit, overageCap, start, end, now],
    );
  }
}

/** Gives the present balances the time that the subscription has now. */
export async function fitPeriodBalances(
  manager: EntityManager,
  subscription: Subscription,
  now: Date,
): Promise<void> {
  const { id, plan } = subscription;
  const { start, end } = quotaPeriod(subscription, now);
  const types = plan.quotas.map(({ quotaType }) => quotaType);
  await manager.query(
    `UPDATE commercial.quota_balances SET valid_until = $3
     WHERE subscription_id = $1 AND valid_from >= $2 AND valid_from < $3 AND valid_until <> $3
       AND quota_type = ANY ($4) AND carried_to IS NULL`,
    [id, start, end, types],
  );
}

/** What tells a subscription's quota periods. */
export type QuotaTimes = Pick<Subscription, 'id' | 'startedAt' | 'trialEndsAt' | 'inForceUntil'>;

/** The quota period that `now` lies in: a month of the subscription's anchor, cut off where its time, or its trial, ends. */
export function quotaPeriod(subscription: QuotaTimes, now: Date): Period {
  const { id, startedAt, trialEndsAt, inForceUntil } = subscription;
  const onTrialUntil = trialEndsAt !== null && now < trialEndsAt ? trialEndsAt : null;
  const anchor = onTrialUntil ? startedAt : anchorOf(subscription);
  if (!anchor) throw new Error(`subscription ${id} has no start`);
  const { start, end } = monthAt(anchor, now);
  const ends = [end, onTrialUntil ?? end, inForceUntil ?? end];
  return { start, end: new Date(Math.min(...ends.map((one) => one.getTime()))) };
}
