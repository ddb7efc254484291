import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem } from '../../../problems/problem.js';
import { addMonths, type Period } from '../../../time/periods.js';
import { Coupons, type Discount } from '../../ledger/redemptions/coupons.service.js';
import { PlansService } from '../../catalog/plans/plans.service.js';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { cycleMonths, isFree } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { takeBackSchedule } from '../../ledger/subscriptions/scheduled-plan.js';
import { SubscriptionProgress } from '../../ledger/subscriptions/subscription-progress.js';
import { endOfPeriod } from '../../ledger/subscriptions/subscription-periods.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';
import { anchorOf } from '../../ledger/subscriptions/trial-time.js';
import { creditOf } from '../../ledger/credits/account-credits.js';
import { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { creditFen, creditShares } from './carried-credit.js';
import { quoteOf, type Quote } from './change-quote.js';

/**
 * - `renewal`: one more period behind the present one
 * - `upgrade`: the other plan at once, for the difference
 * - `downgrade`: the other plan when the present one's paid time ends
 * - `resumption`: the present plan goes on, instead of what was scheduled or of its end
 */
export type ChangeKind = 'renewal' | 'upgrade' | 'downgrade' | 'resumption';

/** What a customer asks for. */
export interface ChangeRequest {
  /** Null for a renewal with the plan that follows anyway. */
  planCode: string | null;
  couponCode: string | null;
}

export interface ChangeOffer {
  kind: ChangeKind;
  from: Subscription;
  plan: SubscriptionPlan;
  /** The period that the money is for, or that begins with the downgrade, unpaid as yet; null for a free plan. */
  period: Period | null;
  effectiveAt: Date;
  /** When it was reckoned: an order on these terms is of that moment, to the millisecond. */
  at: Date;
  quote: Quote;
  /** Null without a coupon. */
  discount: Discount | null;
}

/** What a change would be and cost. Everything in it holds for the present moment and the account's lock. */
@Injectable()
export class ChangeOffers {
  constructor(
    private readonly plans: PlansService,
    private readonly progress: SubscriptionProgress,
    private readonly coupons: Coupons,
    private readonly listeners: BillingListeners,
  ) {}

  /** @throws Problem NO_SUBSCRIPTION, PLAN_NOT_FOUND, ALREADY_SUBSCRIBED, PLAN_IS_FREE, PERIOD_PAID_AHEAD, COUPON_INVALID */
  async offer(
    manager: EntityManager,
    accountId: string,
    request: ChangeRequest,
    now: Date,
  ): Promise<ChangeOffer> {
    const { planCode, couponCode } = request;
    const from = await this.progress.catchUp(manager, accountId);
    if (!from) throw new Problem('NO_SUBSCRIPTION');
    if (planCode === from.plan.code && (from.cancelAtPeriodEnd || from.scheduledPlan)) {
      await takeBackSchedule(manager, { ...from }, now);
      refuseCoupon(couponCode);
      return resumption(from, now);
    }
    if (planCode === null || planCode === from.plan.code) {
      return this.renewal(manager, from, request, now);
    }
    const plan = await this.plans.onSale(planCode, manager);
    const paidUntil = from.currentPeriodEnd;
    const isOver = paidUntil === null || paidUntil <= now;
    if (isFree(plan) ? paidUntil !== null : !isOver && isSmaller(plan, from.plan)) {
      refuseCoupon(couponCode);
      return downgrade(from, plan, isOver ? now : paidUntil!, now);
    }
    return this.upgrade(manager, from, plan, couponCode, now);
  }

  private async renewal(
    manager: EntityManager,
    from: Subscription,
    { planCode, couponCode }: ChangeRequest,
    now: Date,
  ): Promise<ChangeOffer> {
    const { plan, scheduledPlan, currentPeriodEnd: start } = from;
    const anchor = anchorOf(from);
    if (!start || !anchor) {
      const params = { planCode: plan.code };
      throw new Problem(planCode === null ? 'PLAN_IS_FREE' : 'ALREADY_SUBSCRIBED', { params });
    }
    const isScheduled = planCode === null && scheduledPlan && !isFree(scheduledPlan);
    const next = isScheduled ? scheduledPlan : await this.plans.successor(plan, start, manager);
    const balanceFen = await creditOf(manager, from.accountId);
    const discount = couponCode === null ? null : await this.coupons.discount(manager, couponCode, next);
    return {
      kind: 'renewal',
      from,
      plan: next,
      period: { start, end: endOfPeriod(anchor, start, cycleMonths(next)) },
      effectiveAt: start > now ? start : now,
      at: now,
      quote: quoteOf(next.priceFen, discount?.discountFen ?? 0, 0, balanceFen),
      discount,
    };
  }

  private async upgrade(
    manager: EntityManager,
    from: Subscription,
    plan: SubscriptionPlan,
    couponCode: string | null,
    now: Date,
  ): Promise<ChangeOffer> {
    const discount = couponCode === null ? null : await this.coupons.discount(manager, couponCode, plan);
    const balanceFen = await creditOf(manager, from.accountId);
    const unusedFen = creditFen(await creditShares(manager, this.listeners, from, now, now));
    return {
      kind: 'upgrade',
      from,
      plan,
      period: isFree(plan) ? null : { start: now, end: addMonths(now, cycleMonths(plan)) },
      effectiveAt: now,
      at: now,
      quote: quoteOf(plan.priceFen, discount?.discountFen ?? 0, unusedFen, balanceFen),
      discount,
    };
  }
}

function resumption(from: Subscription, at: Date): ChangeOffer {
  const period = { start: from.currentPeriodStart!, end: from.currentPeriodEnd! };
  const { plan } = from;
  const quote = quoteOf(0, 0, 0, 0);
  return { kind: 'resumption', from, plan, period, effectiveAt: at, at, quote, discount: null };
}

function downgrade(from: Subscription, plan: SubscriptionPlan, effectiveAt: Date, at: Date): ChangeOffer {
  const period = isFree(plan)
    ? null
    : { start: effectiveAt, end: endOfPeriod(anchorOf(from)!, effectiveAt, cycleMonths(plan)) };
  return {
    kind: 'downgrade',
    from,
    plan,
    period,
    effectiveAt,
    at,
    quote: quoteOf(0, 0, 0, 0),
    discount: null,
  };
}

/** @throws Problem COUPON_INVALID */
function refuseCoupon(couponCode: string | null): void {
  if (couponCode === null) return;
  const reason = {
    en: 'this change costs nothing now, use it when you pay for the plan',
    'zh-CN': '此次变更现在不收费，请在为该计划付款时使用',
  };
  throw new Problem('COUPON_INVALID', { params: { couponCode, reason } });
}

/** Costs less, both by the order and by the month: anything else is worth having at once. */
function isSmaller(plan: SubscriptionPlan, than: SubscriptionPlan): boolean {
  return (
    plan.priceFen < than.priceFen && plan.priceFen * cycleMonths(than) < than.priceFen * cycleMonths(plan)
  );
}
