import type { EntityManager } from 'typeorm';
import type { PaymentIncident } from '../records/payment-event.js';
import type { Order } from '../records/order.entity.js';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import type { PaymentRefund } from '../records/payment-refund.entity.js';
import type { Subscription } from '../records/subscription.entity.js';
import type { Topup } from '../records/topup.entity.js';

/**
 * What the layer above wants to know, told inside the transaction that makes it true: throw, and the whole settlement
 * is undone. Billing imports no one; who cares registers here.
 */
export interface BillingListener {
  /**
   * The subscription (with its plan and the plan's quotas) has just come into force.
   * @param inFull bought by itself, without credit for what was there before
   */
  onSubscriptionActivated?(
    manager: EntityManager,
    subscription: Subscription,
    at: Date,
    inFull: boolean,
  ): Promise<void>;
  /** The subscription has just ended: replaced, refunded or expired. */
  onSubscriptionEnded?(manager: EntityManager, subscription: Subscription, at: Date): Promise<void>;
  /** Another paid period has been put behind the present one; `currentPeriodEnd` is the new end. */
  onSubscriptionRenewed?(manager: EntityManager, subscription: Subscription, at: Date): Promise<void>;
  /** It stays in force for a longer or a shorter time: `inForceUntil` is new. */
  onSubscriptionRescheduled?(manager: EntityManager, subscription: Subscription, at: Date): Promise<void>;
  /** Another plan is in force than `formerPlan`, by the customer's choice; the subscription has the new one. */
  onSubscriptionChanged?(
    manager: EntityManager,
    subscription: Subscription,
    formerPlan: SubscriptionPlan,
    at: Date,
  ): Promise<void>;
  /** The customer wants it no longer; `cancelAtPeriodEnd` tells whether it goes on until then. */
  onSubscriptionCanceled?(manager: EntityManager, subscription: Subscription, at: Date): Promise<void>;
  /** It ends in so many days (0: now) unless it is renewed. Told once for each reminder. */
  onSubscriptionExpiring?(
    manager: EntityManager,
    subscription: Subscription,
    daysLeft: number,
    at: Date,
  ): Promise<void>;
  /** Its period, and the grace after it, are over. Told after `onSubscriptionEnded`. */
  onSubscriptionExpired?(manager: EntityManager, subscription: Subscription, at: Date): Promise<void>;
  /** A top-up has been paid: its quota can be used until `validUntil`. */
  onTopupPaid?(manager: EntityManager, topup: Topup, at: Date): Promise<void>;
  /** A top-up's money went back: what is left of it can't be used any more. */
  onTopupTakenBack?(manager: EntityManager, topup: Topup, at: Date): Promise<void>;
  /** An order has been paid; what it bought has just been given, or a refund of it been noted. */
  onPaymentPaid?(manager: EntityManager, payment: Order, at: Date): Promise<void>;
  /** A renewal's charge by agreement was refused for that reason, the channel's own words. Its order is `failed`. */
  onChargeRefused?(manager: EntityManager, payment: Order, reason: string, at: Date): Promise<void>;
  /** Money went back, all of it or a part; the payment's `refundedFen` counts it already. */
  onPaymentRefunded?(manager: EntityManager, payment: Order, refund: PaymentRefund, at: Date): Promise<void>;
  /** Something about an order that a person should look at. */
  onPaymentIncident?(
    manager: EntityManager,
    orderId: string,
    incident: PaymentIncident,
    at: Date,
  ): Promise<void>;
  /** What of a live subscription's quota could still be used: billing says what that is worth, but can't count it. */
  quotaLeft?(manager: EntityManager, subscription: Subscription, at: Date): Promise<readonly QuotaLeft[]>;
}

/** One quota type over the whole of a subscription's paid period, in the type's own units. */
export interface QuotaLeft {
  quotaType: string;
  /**
   * All that the paid period gives: a yearly plan with a monthly quota gives it twelve times. What another plan's month
   * brought along as used is less; 0 where that is all of it.
   */
  total: number;
  /** What can still be used from now to the period's end, later months' quota included; 0 ≤ left ≤ total. */
  left: number;
  /** What is used of the present month, what was brought along included. */
  used: number;
}

export class BillingListeners {
  private readonly listeners: BillingListener[] = [];

  add(listener: BillingListener): void {
    this.listeners.push(listener);
  }

  async activated(
    manager: EntityManager,
    subscription: Subscription,
    at: Date,
    inFull: boolean,
  ): Promise<void> {
    for (const listener of this.listeners)
      await listener.onSubscriptionActivated?.(manager, subscription, at, inFull);
  }

  async ended(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onSubscriptionEnded?.(manager, subscription, at);
    if (subscription.status !== 'expired') return;
    for (const listener of this.listeners) await listener.onSubscriptionExpired?.(manager, subscription, at);
  }

  async renewed(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onSubscriptionRenewed?.(manager, subscription, at);
  }

  async rescheduled(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    for (const listener of this.listeners)
      await listener.onSubscriptionRescheduled?.(manager, subscription, at);
  }

  async changed(
    manager: EntityManager,
    subscription: Subscription,
    formerPlan: SubscriptionPlan,
    at: Date,
  ): Promise<void> {
    for (const listener of this.listeners) {
      await listener.onSubscriptionChanged?.(manager, subscription, formerPlan, at);
    }
  }

  async canceled(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onSubscriptionCanceled?.(manager, subscription, at);
  }

  /** @param daysLeft whole days, 0 for the end itself */
  async expiring(
    manager: EntityManager,
    subscription: Subscription,
    daysLeft: number,
    at: Date,
  ): Promise<void> {
    for (const listener of this.listeners) {
      await listener.onSubscriptionExpiring?.(manager, subscription, daysLeft, at);
    }
  }

  async topupPaid(manager: EntityManager, topup: Topup, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onTopupPaid?.(manager, topup, at);
  }

  async topupTakenBack(manager: EntityManager, topup: Topup, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onTopupTakenBack?.(manager, topup, at);
  }

  async paid(manager: EntityManager, payment: Order, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onPaymentPaid?.(manager, payment, at);
  }

  async chargeRefused(manager: EntityManager, payment: Order, reason: string, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onChargeRefused?.(manager, payment, reason, at);
  }

  async refunded(manager: EntityManager, payment: Order, refund: PaymentRefund, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener.onPaymentRefunded?.(manager, payment, refund, at);
  }

  async incident(
    manager: EntityManager,
    orderId: string,
    incident: PaymentIncident,
    at: Date,
  ): Promise<void> {
    for (const listener of this.listeners) await listener.onPaymentIncident?.(manager, orderId, incident, at);
  }

  async quotaLeft(manager: EntityManager, subscription: Subscription, at: Date): Promise<QuotaLeft[]> {
    const left: QuotaLeft[] = [];
    for (const listener of this.listeners) {
      left.push(...((await listener.quotaLeft?.(manager, subscription, at)) ?? []));
    }
    return left;
  }
}
