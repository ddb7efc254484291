import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../time/clock.js';
import { RefundLedger } from '../refunds/refund-ledger.js';
import { isFree, isInForce, SubscriptionLifecycle } from '../subscriptions/subscription-lifecycle.js';
import { Subscription } from '../subscriptions/subscription.entity.js';
import { PaymentHistory } from './payment-history.js';
import type { PaymentTransaction } from './payment-transaction.entity.js';

/** What follows from an order's having been paid, or closed, for the subscription that it was for. */
@Injectable()
export class Fulfilment {
  constructor(
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly ledger: RefundLedger,
    private readonly history: PaymentHistory,
  ) {}

  /**
   * Gives what was bought, or, where that can't be given any more, sends the money back.
   * @returns the refund to ask the channel for once the transaction is committed; null where the order is honoured
   */
  async honour(manager: EntityManager, payment: PaymentTransaction): Promise<string | null> {
    const now = this.clock.now();
    await this.lifecycle.lockAccount(manager, payment.accountId);
    const subscription = await manager.findOneOrFail(Subscription, {
      where: { id: payment.subscriptionId },
      relations: { plan: { quotas: true } },
    });
    const live = await this.lifecycle.live(manager, payment.accountId);
    const obstacle = live && isInForce(live, now) ? obstacleTo(subscription, live) : null;
    if (obstacle === null) {
      await this.lifecycle.activate(manager, subscription, now);
      return null;
    }
    if (subscription.status === 'pending') await this.lifecycle.end(manager, subscription, 'abandoned', now);
    const refundId = await this.ledger.recordAutomatic(manager, payment, obstacle);
    await this.history.record(manager, payment.orderId, 'incident.paid_twice', { obstacle, refundId });
    return refundId;
  }

  /** Nobody can pay the order any more, as far as is known: what it was for waits no longer. */
  async abandon(manager: EntityManager, payment: PaymentTransaction): Promise<void> {
    await this.lifecycle.lockAccount(manager, payment.accountId);
    const subscription = await manager.findOneByOrFail(Subscription, { id: payment.subscriptionId });
    if (subscription.status !== 'pending') return;
    await this.lifecycle.end(manager, subscription, 'abandoned', this.clock.now());
  }
}

/** @returns why a paid plan can't come into force beside what the account holds already; null where it can. */
function obstacleTo(bought: Subscription, live: Subscription): string | null {
  if (isFree(live.plan)) return null;
  if (live.plan.code === bought.plan.code) return 'the plan was paid for already';
  if (live.plan.priceFen > bought.plan.priceFen) return 'a larger plan is in force';
  return null;
}
