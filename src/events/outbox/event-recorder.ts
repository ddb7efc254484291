import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BillingListeners, type BillingListener } from '../../billing/ledger/listeners/billing-listeners.js';
import { RenewalForecast } from '../../billing/sales/agreements/renewal-forecast.js';
import type { PaymentIncident } from '../../billing/ledger/records/payment-event.js';
import { Order } from '../../billing/ledger/records/order.entity.js';
import type { SubscriptionPlan } from '../../billing/catalog/plans/subscription-plan.entity.js';
import type { PaymentRefund } from '../../billing/ledger/records/payment-refund.entity.js';
import type { Subscription } from '../../billing/ledger/records/subscription.entity.js';
import { isOnTrial } from '../../billing/ledger/subscriptions/trial-time.js';
import { yuanFromFen } from '../../money/fen.js';
import { QuotaBalance } from '../../quota/balances/quota-balance.entity.js';
import {
  QuotaListeners,
  type QuotaListener,
  type QuotaThreshold,
} from '../../quota/engine/quota-listeners.js';
import { paymentData, subscriptionData } from './event-data.js';
import { EventOutbox } from './event-outbox.js';
import type { EventDataOf, EventType } from '../types/event-types.js';

type SubscriptionEvent = Extract<EventType, `subscription.${string}`>;

/** Turns what billing and quota tell, inside their transactions, into events of the outbox. */
@Injectable()
export class EventRecorder implements BillingListener, QuotaListener, OnModuleInit {
  constructor(
    private readonly outbox: EventOutbox,
    private readonly billing: BillingListeners,
    private readonly quota: QuotaListeners,
    private readonly forecast: RenewalForecast,
  ) {}

  onModuleInit(): void {
    this.billing.add(this);
    this.quota.add(this);
  }

  onSubscriptionActivated(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    return this.subscription(manager, 'subscription.activated', subscription, {}, at);
  }

  /** An expiry has a call of its own; being replaced is told by what replaces it. */
  async onSubscriptionEnded(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    if (subscription.status !== 'refunded') return;
    await this.subscription(manager, 'subscription.refunded', subscription, {}, at);
  }

  onSubscriptionRenewed(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    return this.subscription(manager, 'subscription.renewed', subscription, {}, at);
  }

  onSubscriptionChanged(
    manager: EntityManager,
    subscription: Subscription,
    formerPlan: SubscriptionPlan,
    at: Date,
  ): Promise<void> {
    const more = { formerPlanCode: formerPlan.code };
    return this.subscription(manager, 'subscription.changed', subscription, more, at);
  }

  onSubscriptionCanceled(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    return this.subscription(manager, 'subscription.canceled', subscription, {}, at);
  }

  async onSubscriptionExpiring(
    manager: EntityManager,
    subscription: Subscription,
    daysLeft: number,
    at: Date,
  ): Promise<void> {
    const next = await this.forecast.planToBeCharged(manager, subscription, daysLeft === 0);
    const more = {
      daysLeft,
      trial: isOnTrial(subscription),
      autoRenewal: next && { planCode: next.code, planName: next.name },
    };
    return this.subscription(manager, 'subscription.expiring', subscription, more, at);
  }

  onSubscriptionExpired(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    return this.subscription(manager, 'subscription.expired', subscription, {}, at);
  }

  onPaymentPaid(manager: EntityManager, payment: Order, at: Date): Promise<void> {
    return this.payment(manager, 'payment.paid', payment, { payment: paymentData(payment) }, at);
  }

  onChargeRefused(manager: EntityManager, payment: Order, reason: string, at: Date): Promise<void> {
    return this.payment(manager, 'payment.failed', payment, { payment: paymentData(payment), reason }, at);
  }

  onPaymentRefunded(manager: EntityManager, payment: Order, refund: PaymentRefund, at: Date): Promise<void> {
    const { id: refundId, amountFen, reason } = refund;
    const data = {
      payment: paymentData(payment),
      refund: { refundId, amount: yuanFromFen(amountFen), reason },
    };
    return this.payment(manager, 'payment.refunded', payment, data, at);
  }

  async onPaymentIncident(
    manager: EntityManager,
    orderId: string,
    incident: PaymentIncident,
    at: Date,
  ): Promise<void> {
    const payment = await manager.findOneBy(Order, { orderId });
    if (!payment) return;
    const data = { orderId, incident: incident.replace('incident.', '') };
    await this.payment(manager, 'payment.incident', payment, data, at);
  }

  async onThreshold(manager: EntityManager, threshold: QuotaThreshold): Promise<void> {
    const { accountId, balanceId, quotaType, percent, used, granted, at } = threshold;
    const balance = await manager.findOneBy(QuotaBalance, { id: balanceId });
    await this.outbox.record(manager, {
      type: 'quota.threshold',
      accountId,
      subscriptionId: balance?.subscriptionId ?? null,
      subjectId: balanceId,
      data: { quotaType, percent, used, granted },
      at,
    });
  }

  private subscription<Type extends SubscriptionEvent>(
    manager: EntityManager,
    type: Type,
    subscription: Subscription,
    more: Omit<EventDataOf[Type], 'subscription'>,
    at: Date,
  ): Promise<void> {
    const { id, accountId } = subscription;
    const data = { subscription: subscriptionData(subscription), ...more } as EventDataOf[Type];
    return this.outbox.record(manager, { type, accountId, subscriptionId: id, subjectId: id, data, at });
  }

  private payment<Type extends Extract<EventType, `payment.${string}`>>(
    manager: EntityManager,
    type: Type,
    { accountId, subscriptionId, orderId }: Order,
    data: EventDataOf[Type],
    at: Date,
  ): Promise<void> {
    return this.outbox.record(manager, { type, accountId, subscriptionId, subjectId: orderId, data, at });
  }
}
