import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Account } from '../../auth/accounts/account.entity.js';
import { addMonths } from '../../time/periods.js';
import { BillingListeners } from '../billing-listeners.js';
import type { SubscriptionPlan } from '../plans/subscription-plan.entity.js';
import { Subscription } from './subscription.entity.js';
import { subscriptionTransitions, type SubscriptionStatus } from './subscription-status.js';

/** Moves subscriptions. Every method works inside the caller's transaction, with the account's row locked. */
@Injectable()
export class SubscriptionLifecycle {
  constructor(private readonly listeners: BillingListeners) {}

  /** One at a time for each account: every change to what an account holds begins here. */
  async lockAccount(manager: EntityManager, accountId: string): Promise<void> {
    await manager.findOneOrFail(Account, { where: { id: accountId }, lock: { mode: 'pessimistic_write' } });
  }

  /** The subscription that is live by its status; its paid period may be over, see {@link isInForce}. */
  live(manager: EntityManager, accountId: string): Promise<Subscription | null> {
    return manager.findOne(Subscription, {
      where: { accountId, status: 'active' },
      relations: { plan: { quotas: true } },
    });
  }

  /** Puts a subscription in force from `at`, in place of the one that is live now, if any. */
  async activate(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    const former = await this.live(manager, subscription.accountId);
    if (former) await this.end(manager, former, isInForce(former, at) ? 'replaced' : 'expired', at);
    subscription.status = subscriptionTransitions.move(subscription.status, 'active');
    subscription.startedAt = at;
    subscription.currentPeriodStart = at;
    subscription.currentPeriodEnd = isFree(subscription.plan)
      ? null
      : addMonths(at, cycleMonths(subscription.plan));
    subscription.endedAt = null;
    await manager.save(subscription);
    await this.listeners.activated(manager, subscription, at);
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
    await manager.save(subscription);
    if (wasLive) await this.listeners.ended(manager, subscription, at);
  }
}

export function isFree(plan: SubscriptionPlan): boolean {
  return plan.priceFen === 0;
}

/** Active, and within its period. */
export function isInForce(subscription: Subscription, now: Date): boolean {
  const { status, currentPeriodEnd } = subscription;
  return status === 'active' && (currentPeriodEnd === null || currentPeriodEnd > now);
}

function cycleMonths(plan: SubscriptionPlan): number {
  return plan.billingCycle === 'yearly' ? 12 : 1;
}
