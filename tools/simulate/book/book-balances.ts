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
  /** What was used in the month goes along, unless it was paid for and its plan left by its owner's wish. */
  async onSubscriptionActivated(
    manager: EntityManager,
    subscription: Subscription,
    at: Date,
    inFull: boolean,
  ): Promise<void> {
    const period = quotaPeriod(subscription, at);
    const { accountId, plan } = subscription;
    for (const quota of plan.quotas) {
      const formers: QuotaBalance[] = [];
      for (const one of await this.open(manager, { accountId }, quota.quotaType)) {
        if (!(await isMonthOpen(manager, one, at))) continue;
        if (!inFull || (await this.isUnpaid(manager, one))) formers.push(one);
      }
      const along = plan.priceFen === 0 ? formers : formers.slice(0, 1);
      await enter(manager, subscription, quota, period, along, at);
    }
  }

  /** Whether what was used is to be paid for by a plan that is bought in full. Otherwise it stays behind. */
  private async isUnpaid(manager: EntityManager, balance: QuotaBalance): Promise<boolean> {
    const { id, subscriptionId, validFrom } = balance;
    const where = { id: subscriptionId! };
    const left = await manager.findOneOrFail(Subscription, { where, relations: { plan: true } });
    if (left.plan.priceFen === 0) return this.costs(manager, balance);
    if (left.status === 'refunded' || validFrom >= left.currentPeriodEnd!) return true;
    await manager.update(QuotaBalance, { id }, { paidFor: true });
    return false;
  }

  /** Whether some of it was used of a plan that does. */
  private async costs(manager: EntityManager, balance: QuotaBalance): Promise<boolean> {
    const { id, subscriptionId, used, carried } = balance;
    const where = { id: subscriptionId! };
    const { plan } = await manager.findOneOrFail(Subscription, { where, relations: { plan: true } });
    if (plan.priceFen > 0 && used > carried) return true;
    for (const former of await manager.findBy(QuotaBalance, { carriedTo: id }))
      if (await this.costs(manager, former)) return true;
    return false;
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
      await enter(manager, subscription, quota, { start: from, end }, [own], at);
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
      if (!own || own.validFrom < period.start) await enter(manager, live, quota, period, [], now);
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
    const where = { ...whose, quotaType, kind: 'plan' as const, carriedTo: IsNull(), paidFor: false };
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
  formers: readonly QuotaBalance[],
  at: Date,
): Promise<void> {
  const id = uuid();
  const carried = formers.reduce((total, { used }) => total + used, 0);
  const times = { validFrom, validUntil, createdAt: at };
  const whose = { id, accountId, subscriptionId };
  const amounts = { granted, overageCap, used: carried, carried };
  await manager.insert(QuotaBalance, { ...whose, quotaType, ...amounts, ...times });
  for (const { id: former, validFrom: validUntil } of formers)
    await manager.update(QuotaBalance, { id: former }, { carriedTo: id, validUntil });
}
