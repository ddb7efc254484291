import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Account } from '../../../auth/identity/users/account.entity.js';
import { addMonths } from '../../../time/periods.js';
import { BillingListeners } from '../listeners/billing-listeners.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { isLeaving, momentsAfter } from './due-dates.js';
import {
  endOfPeriod,
  endPeriods,
  enterPeriod,
  standingPeriods,
  UNPAID,
  type Bought,
} from './subscription-periods.js';
import { Subscription } from '../records/subscription.entity.js';
import { anchorOf, isOnTrial } from './trial-time.js';
import { subscriptionTransitions, type SubscriptionStatus } from '../records/subscription-status.js';

const DAY_MS = 86_400_000;

/** Moves subscriptions. Every method works inside the caller's transaction, with the account's row locked. */
@Injectable()
export class SubscriptionLifecycle {
  constructor(
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly listeners: BillingListeners,
  ) {}

  /** One at a time for each account: every change to what an account holds begins here. */
  async lockAccount(manager: EntityManager, accountId: string): Promise<void> {
    await manager.findOneOrFail(Account, { where: { id: accountId }, lock: { mode: 'for_no_key_update' } });
  }

  /** The subscription that is live by its status; something may be due for it, see SubscriptionProgress. */
  live(manager: EntityManager, accountId: string): Promise<Subscription | null> {
    return manager.findOne(Subscription, {
      where: { accountId, status: 'active' },
      relations: { plan: { quotas: true }, scheduledPlan: { quotas: true } },
    });
  }

  /** Puts a subscription in force from `at`, in place of the one that is live now, if any. */
  async activate(
    manager: EntityManager,
    subscription: Subscription,
    at: Date,
    bought: Bought = UNPAID,
  ): Promise<void> {
    const former = await this.live(manager, subscription.accountId);
    if (former) await this.end(manager, former, isInForce(former, at) ? 'replaced' : 'expired', at);
    const { plan } = subscription;
    const end = isFree(plan) ? null : (bought.until ?? addMonths(at, cycleMonths(plan)));
    subscription.status = subscriptionTransitions.move(subscription.status, 'active');
    subscription.startedAt = at;
    subscription.currentPeriodStart = at;
    subscription.currentPeriodEnd = end;
    subscription.endedAt = null;
    await this.reschedule(manager, subscription, at);
    if (end) await enterPeriod(manager, subscription, plan, { start: at, end }, bought, at);
    await this.listeners.activated(manager, subscription, at, bought.inFull ?? false);
  }

  /** Puts one more period behind those that are paid: also within the grace, where it begins in the past. */
  async extend(
    manager: EntityManager,
    subscription: Subscription,
    plan: SubscriptionPlan,
    at: Date,
    bought: Bought,
  ): Promise<void> {
    const { currentPeriodEnd: start } = subscription;
    const anchor = anchorOf(subscription);
    if (!anchor || !start) throw new Error(`subscription ${subscription.id} has no period to follow`);
    const end = bought.until ?? endOfPeriod(anchor, start, cycleMonths(plan));
    await enterPeriod(manager, subscription, plan, { start, end }, bought, at);
    subscription.currentPeriodEnd = end;
    subscription.cancelAtPeriodEnd = false;
    // Who pays for more wants neither to end it nor the free plan after it.
    if (subscription.scheduledPlan?.priceFen === 0) schedule(subscription, null);
    if (start <= at) {
      subscription.currentPeriodStart = start;
      await this.switchPlan(manager, subscription, plan, at);
    } else if (plan.code !== subscription.plan.code) schedule(subscription, plan);
    await this.reschedule(manager, subscription, at);
    await this.listeners.renewed(manager, subscription, at);
  }

  /**
   * Puts another plan, or another version, in the place of a live subscription's own, within its time; to be saved by
   * {@link reschedule}. Nothing happens where it is the same.
   */
  async switchPlan(
    manager: EntityManager,
    subscription: Subscription,
    plan: SubscriptionPlan,
    at: Date,
  ): Promise<void> {
    const { plan: former, scheduledPlan } = subscription;
    if (scheduledPlan?.code === plan.code) schedule(subscription, null);
    if (plan.id === former.id) return;
    subscription.plan = plan;
    subscription.planId = plan.id;
    await this.listeners.changed(manager, subscription, former, at);
  }

  /**
   * Saves a live subscription whose times have changed, with how long it stays in force and what falls due next.
   *
   * @param handled everything that fell due until then has been seen to
   */
  async reschedule(manager: EntityManager, subscription: Subscription, handled: Date): Promise<void> {
    const { currentPeriodEnd: end } = subscription;
    const hasGrace = !isLeaving(subscription) && !isOnTrial(subscription);
    const graceMs = hasGrace ? (this.options.graceDays ?? 3) * DAY_MS : 0;
    const formerly = subscription.inForceUntil;
    subscription.inForceUntil = end && new Date(end.getTime() + graceMs);
    subscription.handledUntil = handled;
    const periods = end ? await standingPeriods(manager, subscription.id) : [];
    const starts = periods.map(({ startsAt }) => startsAt);
    subscription.dueAt = momentsAfter(subscription, starts, handled)[0]?.at ?? null;
    await manager.save(subscription);
    const isNew = formerly?.getTime() !== subscription.inForceUntil?.getTime();
    if (formerly && isNew) await this.listeners.rescheduled(manager, subscription, handled);
  }

  /** Ends a subscription, live or waiting, for the reason that the status names. */
  async end(
    manager: EntityManager,
    subscription: Subscription,
    status: Exclude<SubscriptionStatus, 'pending' | 'active'>,
    at: Date,
  ): Promise<void> {
    const wasLive = subscription.status === 'active';
    subscription.status = subscriptionTransitions.move(subscription.status, status);
    subscription.endedAt ??= at;
    subscription.dueAt = null;
    await manager.save(subscription);
    if (!wasLive) return;
    await endPeriods(manager, subscription.id, at);
    await this.listeners.ended(manager, subscription, at);
  }
}

export function isFree(plan: SubscriptionPlan): boolean {
  return plan.priceFen === 0;
}

/** Active, and within its paid time or the grace after it. */
export function isInForce(subscription: Subscription, now: Date): boolean {
  const { status, inForceUntil } = subscription;
  return status === 'active' && (inForceUntil === null || inForceUntil > now);
}

/** @param plan what follows when the paid time ends; null for the same */
export function schedule(subscription: Subscription, plan: SubscriptionPlan | null): void {
  subscription.scheduledPlan = plan;
  subscription.scheduledPlanId = plan?.id ?? null;
}

export function cycleMonths(plan: SubscriptionPlan): number {
  return plan.billingCycle === 'yearly' ? 12 : 1;
}
