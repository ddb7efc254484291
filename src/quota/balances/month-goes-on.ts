import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { isFree } from '../../billing/ledger/subscriptions/subscription-lifecycle.js';
import type { PlanQuota } from '../../billing/catalog/plans/plan-quota.entity.js';
import type { Subscription } from '../../billing/ledger/records/subscription.entity.js';
import type { Period } from '../../time/periods.js';
import { quotaPeriod } from './period-balances.js';

/** A plan's balance, and what of its subscription tells until when its month would have gone on. */
interface Former {
  id: string;
  quotaType: string;
  granted: number;
  overageCap: number;
  used: number;
  validFrom: Date;
  validUntil: Date;
  subscriptionId: string;
  startedAt: Date;
  trialEndsAt: Date | null;
  paidUntil: Date | null;
  isFree: boolean;
  status: Subscription['status'];
  endedAt: Date | null;
}

/** Locked in the order of the debits. Months are shorter than 32 days. Of an erased account the free units alone count. */
const FORMER = `
SELECT b.id, b.quota_type AS "quotaType", b.granted, b.overage_cap AS "overageCap", b.used,
       b.valid_from AS "validFrom", b.valid_until AS "validUntil",
       s.id AS "subscriptionId", s.started_at AS "startedAt", s.trial_ends_at AS "trialEndsAt",
       s.current_period_end AS "paidUntil", s.status, s.ended_at AS "endedAt", p.price_fen = 0 AS "isFree"
FROM commercial.quota_balances b
JOIN commercial.subscriptions s ON s.id = b.subscription_id
JOIN commercial.subscription_plans p ON p.id = s.plan_id
WHERE b.account_id IN ($1, (SELECT goes_on_from FROM commercial.accounts WHERE id = $1))
  AND (b.account_id = $1 OR p.price_fen = 0)
  AND b.carried_to IS NULL AND NOT b.paid_for AND b.valid_from > $2::timestamptz - interval '32 days'
ORDER BY b.quota_type COLLATE "C", b.valid_until, b.created_at, b.id
FOR NO KEY UPDATE OF b`;

/** Whether some of what a free plan counts as used was used of a plan that costs something: nobody paid for it. */
const BROUGHT_UNPAID = `
WITH RECURSIVE brought AS (
  SELECT id, subscription_id, used - carried AS own FROM commercial.quota_balances WHERE account_id = $1 AND carried_to = $2
  UNION ALL
  SELECT b.id, b.subscription_id, b.used - b.carried
  FROM commercial.quota_balances b JOIN brought ON b.carried_to = brought.id
  WHERE b.account_id = $1
)
SELECT EXISTS (
  SELECT FROM brought JOIN commercial.subscriptions s ON s.id = brought.subscription_id
  JOIN commercial.subscription_plans p ON p.id = s.plan_id WHERE p.price_fen > 0 AND brought.own > 0) AS "isUnpaid"`;

/**
 * Makes the balances of a subscription that comes into force.
 *
 * What its account has used in the month of the plan before goes along: by a change, after an expiry or a refund, and
 * where somebody comes again who was erased. What was paid for does not: used units of a plan that was canceled within
 * its paid time, or that was left for one bought in full, stay behind. A free plan's units stay behind too when a plan is
 * bought in full, and are back after a refund of it.
 */
export async function beginBalances(
  manager: EntityManager,
  subscription: Subscription,
  at: Date,
  inFull: boolean,
): Promise<void> {
  const period = quotaPeriod(subscription, at);
  const open = (await formersOf(manager, subscription, at)).filter((former) => goesOn(former, at));
  const formers = inFull ? await unpaidOf(manager, subscription, open) : open;
  for (const quota of subscription.plan.quotas) {
    const own = newestFirst(formers, quota.quotaType);
    await enter(manager, subscription, quota, period, isFree(subscription.plan) ? own : own.slice(0, 1), at);
  }
}

/** What goes along to a plan that is bought in full: what was used in a grace, or of a plan whose money went back. */
async function unpaidOf(
  manager: EntityManager,
  { accountId }: Subscription,
  formers: readonly Former[],
): Promise<Former[]> {
  const unpaid: Former[] = [];
  for (const former of formers) {
    if (former.isFree) {
      const [{ isUnpaid }] = await manager.query(BROUGHT_UNPAID, [accountId, former.id]);
      if (isUnpaid) unpaid.push(former);
    } else if (former.status === 'refunded' || former.validFrom >= former.paidUntil!) unpaid.push(former);
    else
      await manager.query('UPDATE commercial.quota_balances SET paid_for = true WHERE id = $1', [former.id]);
  }
  return unpaid;
}

/** Gives a live subscription the balances of the plan that it has now, where its month has begun with another one's. */
export async function switchBalances(
  manager: EntityManager,
  subscription: Subscription,
  at: Date,
): Promise<void> {
  const { start, end } = quotaPeriod(subscription, at);
  const own = (await formersOf(manager, subscription, at)).filter(
    ({ subscriptionId, validFrom }) => subscriptionId === subscription.id && validFrom >= start,
  );
  if (own.length === 0) return;
  const { quotas } = subscription.plan;
  for (const quota of quotas) {
    const [former] = newestFirst(own, quota.quotaType);
    if (former?.granted === quota.quotaLimit && former.overageCap === quota.overageCap) continue;
    // A subscription has one balance of a type from each moment on.
    const earliest = former ? new Date(former.validFrom.getTime() + 1) : at;
    const from = { start: at > earliest ? at : earliest, end };
    await enter(manager, subscription, quota, from, former ? [former] : [], at);
  }
  for (const { id, quotaType } of own) {
    if (quotas.some((quota) => quota.quotaType === quotaType)) continue;
    await manager.query(
      'UPDATE commercial.quota_balances SET valid_until = greatest(valid_from, $2) WHERE id = $1 AND valid_until > $2',
      [id, at],
    );
  }
}

function formersOf(manager: EntityManager, { accountId }: Subscription, at: Date): Promise<Former[]> {
  return manager.query(FORMER, [accountId, at]);
}

function newestFirst(formers: readonly Former[], type: string): Former[] {
  const later = (a: Former, b: Former) =>
    b.validFrom.getTime() - a.validFrom.getTime() || (a.id < b.id ? 1 : -1);
  return formers.filter(({ quotaType }) => quotaType === type).toSorted(later);
}

/** Whether the month that a balance was made for isn't over, though its subscription is. */
function goesOn(former: Former, at: Date): boolean {
  const { status, endedAt, paidUntil, subscriptionId: id, startedAt, trialEndsAt, validFrom } = former;
  if (status === 'canceled' && paidUntil && endedAt! < paidUntil) return false;
  return quotaPeriod({ id, startedAt, trialEndsAt, inForceUntil: null }, validFrom).end > at;
}

/** Nothing can be drawn on the former ones from now on, also by a debit of an earlier moment that waits for its lock. */
async function enter(
  manager: EntityManager,
  { id: subscriptionId, accountId }: Subscription,
  { quotaType, quotaLimit, overageCap }: PlanQuota,
  { start, end }: Period,
  formers: readonly Former[],
  at: Date,
): Promise<void> {
  const id = uuid();
  const used = formers.reduce((sum, former) => sum + former.used, 0);
  for (const former of formers) {
    await manager.query(
      'UPDATE commercial.quota_balances SET carried_to = $2, valid_until = valid_from WHERE id = $1',
      [former.id, id],
    );
  }
  await manager.query(
    `INSERT INTO commercial.quota_balances
       (id, account_id, kind, subscription_id, quota_type, granted, overage_cap, used, carried, valid_from, valid_until, created_at)
     VALUES ($1, $2, 'plan', $3, $4, $5, $6, $7, $7, $8, $9, $10)`,
    [id, accountId, subscriptionId, quotaType, quotaLimit, overageCap, used, start, end, at],
  );
}
