import type { EntityManager } from 'typeorm';
import type { Subscription } from './subscriptions/subscription.entity.js';

/**
 * What the layer above wants to know, told inside the transaction that makes it true: throw, and the whole settlement
 * is undone. Billing imports no one; who cares registers here.
 */
export interface BillingListener {
  /** The subscription (with its plan and the plan's quotas) has just come into force. */
  onSubscriptionActivated(manager: EntityManager, subscription: Subscription, at: Date): Promise<void>;
  /** The subscription has just ended: replaced, refunded or expired. */
  onSubscriptionEnded(manager: EntityManager, subscription: Subscription, at: Date): Promise<void>;
  /** What of a live subscription's quota could still be used: billing says what that is worth, but can't count it. */
  quotaLeft?(manager: EntityManager, subscription: Subscription, at: Date): Promise<readonly QuotaLeft[]>;
}

/** One quota type over the whole of a subscription's paid period, in the type's own units. */
export interface QuotaLeft {
  quotaType: string;
  /** All that the paid period gives: a yearly plan with a monthly quota gives it twelve times. */
  total: number;
  /** What can still be used from now to the period's end, later months' quota included; 0 ≤ left ≤ total. */
  left: number;
}

export class BillingListeners {
  private readonly listeners: BillingListener[] = [];

  add(listener: BillingListener): void {
    this.listeners.push(listener);
  }

  async activated(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onSubscriptionActivated(manager, subscription, at);
  }

  async ended(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onSubscriptionEnded(manager, subscription, at);
  }

  async quotaLeft(manager: EntityManager, subscription: Subscription, at: Date): Promise<QuotaLeft[]> {
    const left: QuotaLeft[] = [];
    for (const listener of this.listeners) {
      left.push(...((await listener.quotaLeft?.(manager, subscription, at)) ?? []));
    }
    return left;
  }
}
