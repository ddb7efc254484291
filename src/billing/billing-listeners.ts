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
}
