import { IsNull, LessThanOrEqual, MoreThan, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { PlanQuota } from '../../../src/billing/catalog/plans/plan-quota.entity.js';
import type { SubscriptionPlan } from '../../../src/billing/catalog/plans/subscription-plan.entity.js';
import type { BillingListener, QuotaLeft } from '../../../src/billing/ledger/listeners/billing-listeners.js';
import { Subscription } from '../../../src/billing/ledger/records/subscription.entity.js';
import type { Topup } from '../../../src/billing/ledger/records/topup.entity.js';
import { Problem } from '../../../src/problems/problem.js';
import { quotaPeriod } from '../../../src/quota/balances/period-balances.js';
import { QuotaBalance } from '../../../src/quota/balances/quota-balance.entity.js';
import { quotaLeftOf } from '../../../src/quota/balances/quota-left.js';
import type { Period } from '../../../src/time/periods.js';

const QUOTA_TYPE = 'processing_count';

/** The quota's side of the book: balances by the quota's own periods. (Its debits are SQL, and `--database` runs those.) */
export class BookBalances implements BillingListener {
  /** What was used in the month goes along, unless it was paid for and its plan ended by its owner's wish. */
  async onSubscriptionActivated(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    const period = quotaPeriod(subscription, at);
    for (const quota of subscription.plan.quotas) {
      const formers = await this.open(manager, { accountId: subscription.accountId }, quota.quotaType);
      let former: QuotaBalance | null = null;
      for (const one of formers) if (!former && (await isMonthOpen(manager, one, at))) former = one;
      await enter(manager, subscription, quota, period, former, at);
    }
  }

  async onSubscriptionChanged(
    manager: EntityManager,
    subscription: Subscription,
    _formerPlan: SubscriptionPlan,
    at: Date,
  ): Promise<void> {
    const { start, end } = quotaPeriod(subscription, at);
    for (const quota of subscription.plan.quotas) {
      const own = await this.newest(manager, { subscriptionId: subscription.id }, quota.quotaType);
      if (!own || own.validFrom < start || own.granted === quota.quotaLimit) continue;
      const from = new Date(Math.max(at.getTime(), own.validFrom.getTime() + 1));
      await enter(manager, subscription, quota, { start: from, end }, own, at);
    }
  }

  async onSubscriptionRescheduled(
    manager: EntityManager,
    subscription: Subscription,
    at: Date,
  ): Promise<void> {
    const { start, end: validUntil } = quotaPeriod(subscription, at);
    const own = { subscriptionId: subscription.id, validFrom: MoreThanOrEqual(start), carriedTo: IsNull() };
    await manager.update(QuotaBalance, own, { validUntil });
  }

  async quotaLeft(manager: EntityManager, subscription: Subscription, at: Date): Promise<QuotaLeft[]> {
    const own = { subscriptionId: subscription.id, carriedTo: IsNull() };
    return quotaLeftOf(subscription, await manager.findBy(QuotaBalance, own), at);
  }

  async onSubscriptionEnded(
    manager: EntityManager,
    { id: subscriptionId }: Subscription,
    at: Date,
  ): Promise<void> {
    const open = await manager.findBy(QuotaBalance, { subscriptionId, validUntil: MoreThan(at) });
    for (const { id, validFrom } of open) {
      await manager.update(QuotaBalance, { id }, { validUntil: validFrom > at ? validFrom : at });
    }
  }

  async onTopupPaid(manager: EntityManager, topup: Topup, at: Date): Promise<void> {
    const { id, accountId, quotaType, amount: granted, validUntil } = topup;
    const times = { validFrom: at, validUntil: validUntil!, createdAt: at };
    await manager.insert(QuotaBalance, { id, accountId, kind: 'topup', quotaType, granted, ...times });
  }

  async onTopupTakenBack(manager: EntityManager, { id }: Topup, at: Date): Promise<void> {
    await manager.update(QuotaBalance, { id, validUntil: MoreThan(at) }, { validUntil: at });
  }

  /** What expires first is used first. @param live what is in force now. @throws Problem QUOTA_EXCEEDED */
  async use(manager: EntityManager, live: Subscription, cost: number, now: Date): Promise<void> {
    await this.touch(manager, live, now);
    const open = await manager.find(QuotaBalance, {
      where: {
        accountId: live.accountId,
        quotaType: QUOTA_TYPE,
        validFrom: LessThanOrEqual(now),
        validUntil: MoreThan(now),
      },
      order: { validUntil: 'ASC', createdAt: 'ASC' },
    });
    let rest = cost;
    for (const { id, used, granted, overageCap } of open) {
      const drawn = Math.max(0, Math.min(rest, granted + overageCap - used));
      rest -= drawn;
      await manager.update(QuotaBalance, { id }, { used: used + drawn });
    }
    if (rest > 0) throw new Problem('QUOTA_EXCEEDED');
  }

  /** Makes the present month's balances where it hasn't begun yet. */
  private async touch(manager: EntityManager, live: Subscription, now: Date): Promise<void> {
    const period = quotaPeriod(live, now);
    for (const quota of live.plan.quotas) {
      const own = await this.newest(manager, { subscriptionId: live.id }, quota.quotaType);
      if (!own || own.validFrom < period.start) await enter(manager, live, quota, period, null, now);
    }
  }

  private async newest(
    manager: EntityManager,
    whose: { subscriptionId: string },
    quotaType: string,
  ): Promise<QuotaBalance | null> {
    return (await this.open(manager, whose, quotaType))[0] ?? null;
  }

  /** Plans' balances that no other one goes on from, the newest first. */
  private open(
    manager: EntityManager,
    whose: { accountId: string } | { subscriptionId: string },
    quotaType: string,
  ): Promise<QuotaBalance[]> {
    const where = { ...whose, quotaType, kind: 'plan' as const, carriedTo: IsNull() };
    return manager.find(QuotaBalance, { where, order: { validFrom: 'DESC', id: 'DESC' } });
  }
}

async function isMonthOpen(
  manager: EntityManager,
  { subscriptionId, validFrom }: QuotaBalance,
  at: Date,
): Promise<boolean> {
  const former = await manager.findOneByOrFail(Subscription, { id: subscriptionId! });
  const { status, endedAt, currentPeriodEnd } = former;
  if (status === 'canceled' && currentPeriodEnd && endedAt! < currentPeriodEnd) return false;
  return quotaPeriod({ ...former, inForceUntil: null }, validFrom).end > at;
}

async function enter(
  manager: EntityManager,
  { id: subscriptionId, accountId }: Subscription,
  { quotaType, quotaLimit: granted, overageCap }: Pick<PlanQuota, 'quotaType' | 'quotaLimit' | 'overageCap'>,
  { start: validFrom, end: validUntil }: Period,
  former: QuotaBalance | null,
  at: Date,
): Promise<void> {
  const id = uuid();
  const carried = former?.used ?? 0;
  const times = { validFrom, validUntil, createdAt: at };
  const whose = { id, accountId, subscriptionId };
  const amounts = { granted, overageCap, used: carried, carried };
  await manager.insert(QuotaBalance, { ...whose, quotaType, ...amounts, ...times });
  if (!former) return;
  const left = { carriedTo: id, validUntil: former.validFrom };
  await manager.update(QuotaBalance, { id: former.id }, left);
}
