import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import type { PaidTrade, PaymentObservation } from '../../providers/payment-provider.js';
import { Clock } from '../../time/clock.js';
import { RefundsService } from '../refunds/refunds.service.js';
import { isFree, isInForce, SubscriptionLifecycle } from '../subscriptions/subscription-lifecycle.js';
import { Subscription } from '../subscriptions/subscription.entity.js';
import { lockOrder } from './payment-orders.js';
import { paymentTransitions } from './payment-status.js';
import type { PaymentTransaction } from './payment-transaction.entity.js';

/** Who saw it. */
export type SettlementSource = 'notification' | 'query' | 'close';

export type Settlement =
  /** The payment stands as it should; `changed` tells whether this call moved it. */
  | { outcome: 'settled'; changed: boolean }
  | { outcome: 'unknown_order' }
  /** Channel, order number, amount or currency are not the order's. Nothing was changed. */
  | { outcome: 'mismatch'; detail: string };

/**
 * The only way by which money makes something happen. Notification, query and closing all end here: the payment is
 * locked, what the channel said is checked against it, and its status, the subscription and the quota move together in
 * one transaction. Running it again with the same observation changes nothing.
 */
@Injectable()
export class SettlementService {
  private readonly logger = new Logger(SettlementService.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly refunds: RefundsService,
  ) {}

  async settle(
    provider: string,
    orderId: string,
    observation: PaymentObservation,
    source: SettlementSource,
  ): Promise<Settlement> {
    const toRefund: string[] = [];
    const settlement = await inTransaction(this.dataSource, async (manager) => {
      toRefund.length = 0;
      const payment = await lockOrder(manager, orderId);
      if (!payment) return { outcome: 'unknown_order' } as const;
      const detail = mismatch(payment, provider, observation);
      if (detail !== null) {
        await this.audit(manager, payment, 'payment.observation_refused', { source, detail });
        return { outcome: 'mismatch', detail } as const;
      }
      const changed = await this.apply(manager, payment, observation, source, toRefund);
      return { outcome: 'settled', changed } as const;
    });
    if (settlement.outcome === 'mismatch') {
      this.logger.warn(`order ${orderId}: ${settlement.detail}; nothing was changed`);
    }
    for (const refundId of toRefund) this.refunds.sendInBackground(refundId);
    return settlement;
  }

  private async apply(
    manager: EntityManager,
    payment: PaymentTransaction,
    observation: PaymentObservation,
    source: SettlementSource,
    toRefund: string[],
  ): Promise<boolean> {
    switch (observation.outcome) {
      case 'paid':
        return this.paid(manager, payment, observation.trade, source, toRefund);
      case 'refunded': {
        const paid = await this.paid(manager, payment, observation.trade, source, toRefund);
        const refunded = await this.refunds.recordChannelTotal(manager, payment, observation.refundedFen);
        return paid || refunded;
      }
      case 'closed':
        return this.closed(manager, payment);
      case 'pending':
      case 'unknown':
        return false;
    }
  }

  private async paid(
    manager: EntityManager,
    payment: PaymentTransaction,
    trade: PaidTrade,
    source: SettlementSource,
    toRefund: string[],
  ): Promise<boolean> {
    if (!paymentTransitions.allows(payment.status, 'paid')) {
      if (payment.providerTradeNo !== trade.tradeNo) {
        await this.audit(manager, payment, 'payment.second_trade_seen', { source, tradeNo: trade.tradeNo });
      }
      return false;
    }
    const late = payment.status !== 'pending';
    payment.status = paymentTransitions.move(payment.status, 'paid');
    payment.providerTradeNo = trade.tradeNo;
    payment.paidAt = trade.paidAt;
    await manager.save(payment);
    await this.audit(manager, payment, 'payment.paid', { source, tradeNo: trade.tradeNo, late });
    await this.honour(manager, payment, toRefund);
    return true;
  }

  /** Gives what was bought, or, where that can't be given any more, sends the money back. */
  private async honour(
    manager: EntityManager,
    payment: PaymentTransaction,
    toRefund: string[],
  ): Promise<void> {
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
      return;
    }
    if (subscription.status === 'pending') await this.lifecycle.end(manager, subscription, 'abandoned', now);
    toRefund.push(await this.refunds.recordAutomatic(manager, payment, obstacle));
  }

  private async closed(manager: EntityManager, payment: PaymentTransaction): Promise<boolean> {
    if (payment.status !== 'pending') return false;
    const now = this.clock.now();
    payment.status = paymentTransitions.move(payment.status, 'closed');
    payment.closedAt = now;
    await manager.save(payment);
    await this.lifecycle.lockAccount(manager, payment.accountId);
    const subscription = await manager.findOneByOrFail(Subscription, { id: payment.subscriptionId });
    if (subscription.status === 'pending') await this.lifecycle.end(manager, subscription, 'abandoned', now);
    return true;
  }

  private audit(
    manager: EntityManager,
    payment: PaymentTransaction,
    action: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    return recordAudit(manager, {
      actorUserId: null,
      action,
      subjectType: 'payment',
      subjectId: payment.orderId,
      detail,
      at: this.clock.now(),
    });
  }
}

/** @returns why a paid plan can't come into force beside what the account holds already; null where it can. */
function obstacleTo(bought: Subscription, live: Subscription): string | null {
  if (isFree(live.plan)) return null;
  if (live.plan.code === bought.plan.code) return 'the plan was paid for already';
  if (live.plan.priceFen > bought.plan.priceFen) return 'a larger plan is in force';
  return null;
}

/** @returns what doesn't fit the order; null where everything does. */
function mismatch(
  payment: PaymentTransaction,
  provider: string,
  observation: PaymentObservation,
): string | null {
  if (payment.provider !== provider) return `the order belongs to ${payment.provider}, not to ${provider}`;
  if (observation.outcome !== 'paid' && observation.outcome !== 'refunded') return null;
  const { trade } = observation;
  if (trade.orderId !== payment.orderId) return `it speaks of order ${trade.orderId}`;
  if (trade.amountFen !== payment.amountFen) {
    return `its amount is ${trade.amountFen} fen, the order's ${payment.amountFen}`;
  }
  if (trade.currency !== payment.currency)
    return `its currency is ${trade.currency}, the order's ${payment.currency}`;
  return null;
}
