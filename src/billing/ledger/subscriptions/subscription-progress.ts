import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../time/clock.js';
import { BillingListeners } from '../listeners/billing-listeners.js';
import { BILLING_OPTIONS, FREE_PLAN_CODE, type BillingOptions } from '../../options/billing-options.js';
import { PlansService } from '../../catalog/plans/plans.service.js';
import { newSubscription } from './new-subscription.js';
import { isFree, isInForce, schedule, SubscriptionLifecycle } from './subscription-lifecycle.js';
import { momentsAfter, type Moment } from './due-dates.js';
import { standingPeriods } from './subscription-periods.js';
import type { Subscription } from '../records/subscription.entity.js';
import { isOnTrial } from './trial-time.js';

/**
 * Lets time pass over a subscription: reminders, the next period, what was scheduled, grace, expiry and the free plan
 * after it. Each takes place once and at its own moment, whether a job or the customer's next request brings it about.
 */
@Injectable()
export class SubscriptionProgress {
  constructor(
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly clock: Clock,
    private readonly plans: PlansService,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly listeners: BillingListeners,
  ) {}

  /**
   * Does what is due by now, in the caller's transaction with the account locked.
   * @returns the subscription in force, null for none
   */
  async catchUp(manager: EntityManager, accountId: string): Promise<Subscription | null> {
    const now = this.clock.now();
    let live = await this.lifecycle.live(manager, accountId);
    while (live?.dueAt && live.dueAt <= now) {
      await this.pass(manager, live, live.dueAt);
      live = await this.lifecycle.live(manager, accountId);
    }
    return live && isInForce(live, now) ? live : null;
  }

  /** Everything that falls due at one moment. */
  private async pass(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    const periods = await standingPeriods(manager, subscription.id);
    const starts = periods.map(({ startsAt }) => startsAt);
    const moments = momentsAfter(subscription, starts, subscription.handledUntil ?? subscription.createdAt);
    for (const moment of moments) {
      if (moment.at > at || subscription.status !== 'active') break;
      const begun = periods.find(({ startsAt }) => startsAt.getTime() === moment.at.getTime());
      if (moment.kind === 'period') {
        subscription.currentPeriodStart = moment.at;
        await this.lifecycle.switchPlan(manager, subscription, begun!.plan!, moment.at);
      }
      if (moment.kind === 'expiry') await this.expire(manager, subscription, moment);
      if (moment.kind === 'reminder' || moment.kind === 'end')
        await this.announce(manager, subscription, moment);
    }
    if (subscription.status === 'active') await this.lifecycle.reschedule(manager, subscription, at);
  }

  private async announce(
    manager: EntityManager,
    subscription: Subscription,
    { at, kind, daysLeft }: Moment,
  ): Promise<void> {
    await this.listeners.expiring(manager, subscription, daysLeft, at);
    if (kind === 'end' && goesOn(subscription)) await this.follow(manager, subscription, at);
  }

  /** The paid time is over: the scheduled plan takes its place, or the version that the plan goes on as. */
  private async follow(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    const { scheduledPlan, plan: formerPlan, accountId } = subscription;
    if (!scheduledPlan) {
      const next = await this.plans.successor(formerPlan, at, manager);
      return this.lifecycle.switchPlan(manager, subscription, next, at);
    }
    if (!isFree(scheduledPlan)) {
      schedule(subscription, null);
      return this.lifecycle.switchPlan(manager, subscription, scheduledPlan, at);
    }
    const following = newSubscription(manager, { id: uuid(), accountId, plan: scheduledPlan, createdAt: at });
    await this.lifecycle.end(manager, subscription, 'replaced', at);
    await this.lifecycle.activate(manager, following, at);
    await this.listeners.changed(manager, following, formerPlan, at);
  }

  private async expire(manager: EntityManager, subscription: Subscription, { at }: Moment): Promise<void> {
    await this.lifecycle.end(manager, subscription, 'expired', at);
    await this.fallBack(manager, subscription.accountId, at);
  }

  /** What an account has after its plan has ended: the free one, where new users get it too. */
  async fallBack(manager: EntityManager, accountId: string, at: Date): Promise<void> {
    if (!this.options.freePlanOnRegister) return;
    const plan = await this.plans.findOnSale(this.options.freePlan ?? FREE_PLAN_CODE, manager);
    if (!plan) return;
    const free = newSubscription(manager, { id: uuid(), accountId, plan, createdAt: at });
    await this.lifecycle.activate(manager, free, at);
  }
}

/** What was canceled ends here, and a trial that nobody paid for, unless the free plan was chosen to follow it. */
function goesOn(subscription: Subscription): boolean {
  const { cancelAtPeriodEnd, scheduledPlan } = subscription;
  if (isOnTrial(subscription)) return scheduledPlan?.priceFen === 0;
  return !cancelAtPeriodEnd;
}
