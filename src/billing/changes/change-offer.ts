import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem } from '../../problems/problem.js';
import { addMonths, type Period } from '../../time/periods.js';
import { PlansService } from '../plans/plans.service.js';
import type { SubscriptionPlan } from '../plans/subscription-plan.entity.js';
import { cycleMonths, isFree } from '../subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from '../subscriptions/subscription-progress.js';
import { endOfPeriod, standingPeriods } from '../subscriptions/subscription-periods.js';
import type { Subscription } from '../subscriptions/subscription.entity.js';
import { creditOf } from './account-credits.js';
import { quoteOf, unusedFen, type Quote } from './change-quote.js';
import { netWorths } from './net-worths.js';

/**
 * - `renewal`: one more period behind the present one
 * - `upgrade`: the other plan at once, for the difference
 * - `downgrade`: the other plan when the present one's paid time ends
 */
export type ChangeKind = 'renewal' | 'upgrade' | 'downgrade';

export interface ChangeOffer {
  kind: ChangeKind;
  from: Subscription;
  plan: SubscriptionPlan;
  /** The period that the money is for, or that begins with the downgrade, unpaid as yet; null for a free plan. */
  period: Period | null;
  effectiveAt: Date;
  quote: Quote;
}

/** What a change would be and cost. Everything in it holds for the present moment and the account's lock. */
@Injectable()
export class ChangeOffers {
  constructor(
    private readonly plans: PlansService,
    private readonly progress: SubscriptionProgress,
  ) {}

  /**
   * @param planCode null for a renewal with the plan that follows anyway
   * @throws Problem NO_SUBSCRIPTION, PLAN_NOT_FOUND, ALREADY_SUBSCRIBED, PLAN_IS_FREE
   */
  async offer(
    manager: EntityManager,
    accountId: string,
    planCode: string | null,
    now: Date,
  ): Promise<ChangeOffer> {
    const from = await this.progress.catchUp(manager, accountId);
    if (!from) throw new Problem('NO_SUBSCRIPTION');
    if (planCode === null || planCode === from.plan.code) {
      return this.renewal(manager, from, planCode, now);
    }
    const plan = await this.plans.onSale(planCode, manager);
    const paidUntil = from.currentPeriodEnd;
    const isOver = paidUntil === null || paidUntil <= now;
    if (isFree(plan) ? paidUntil !== null : !isOver && isSmaller(plan, from.plan)) {
      return downgrade(from, plan, isOver ? now : paidUntil!);
    }
    return this.upgrade(manager, from, plan, now);
  }

  private async renewal(
    manager: EntityManager,
    from: Subscription,
    planCode: string | null,
    now: Date,
  ): Promise<ChangeOffer> {
    const { plan, scheduledPlan, startedAt, currentPeriodEnd: start } = from;
    if (!start || !startedAt) {
      const params = { planCode: plan.code };
      throw new Problem(planCode === null ? 'PLAN_IS_FREE' : 'ALREADY_SUBSCRIBED', { params });
    }
    const isScheduled = planCode === null && scheduledPlan && !isFree(scheduledPlan);
    const next = isScheduled ? scheduledPlan : await this.plans.successor(plan, start, manager);
    const balanceFen = await creditOf(manager, from.accountId);
    return {
      kind: 'renewal',
      from,
      plan: next,
      period: { start, end: endOfPeriod(startedAt, start, cycleMonths(next)) },
      effectiveAt: start > now ? start : now,
      quote: quoteOf(next.priceFen, 0, balanceFen),
    };
  }

  private async upgrade(
    manager: EntityManager,
    from: Subscription,
    plan: SubscriptionPlan,
    now: Date,
  ): Promise<ChangeOffer> {
    const periods = await netWorths(manager, await standingPeriods(manager, from.id));
    const creditFen = periods.reduce((sum, period) => sum + unusedFen(period, now), 0);
    return {
      kind: 'upgrade',
      from,
      plan,
      period: isFree(plan) ? null : { start: now, end: addMonths(now, cycleMonths(plan)) },
      effectiveAt: now,
      quote: quoteOf(plan.priceFen, creditFen, await creditOf(manager, from.accountId)),
    };
  }
}

function downgrade(from: Subscription, plan: SubscriptionPlan, at: Date): ChangeOffer {
  const period = isFree(plan)
    ? null
    : { start: at, end: endOfPeriod(from.startedAt!, at, cycleMonths(plan)) };
  return { kind: 'downgrade', from, plan, period, effectiveAt: at, quote: quoteOf(0, 0, 0) };
}

/** Costs less, both by the order and by the month: anything else is worth having at once. */
function isSmaller(plan: SubscriptionPlan, than: SubscriptionPlan): boolean {
  return (
    plan.priceFen < than.priceFen && plan.priceFen * cycleMonths(than) < than.priceFen * cycleMonths(plan)
  );
}
