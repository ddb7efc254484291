import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction, isUniqueViolation } from '../../../database/transaction.js';
import { settlementsTotal } from '../../../metrics/metrics.js';
import type { PaidTrade, PaymentObservation } from '../../../providers/payment-observation.js';
import { Clock } from '../../../time/clock.js';
import { inSpan } from '../../../tracing/spans.js';
import { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { CheckQueue } from '../../ledger/orders/check-queue.js';
import { nextPaymentCheck } from '../../ledger/orders/check-schedule.js';
import { RefundLedger } from '../refunds/refund-ledger.js';
import { RefundsService } from '../refunds/refunds.service.js';
import { Fulfilment } from './fulfilment.service.js';
import { observationMismatch } from '../../ledger/orders/observation-mismatch.js';
import { PaymentHistory } from '../../ledger/orders/payment-history.js';
import { lockOrder } from '../../ledger/orders/payment-orders.js';
import { paymentTransitions } from '../../ledger/records/payment-status.js';
import type { Order } from '../../ledger/records/order.entity.js';

/** Who saw it. */
export type SettlementSource = 'notification' | 'query' | 'close' | 'charge' | 'reconciliation';

export type Settlement =
  /** The payment stands as it should; `changed` tells whether this call moved it. */
  | { outcome: 'settled'; changed: boolean }
  | { outcome: 'unknown_order' }
  /** Channel, order number, amount or currency are not the order's. Nothing was changed. */
  | { outcome: 'mismatch'; detail: string };

/** One call's work: what was seen, by whom, and what is left to do once it is committed. */
interface SettlementContext {
  source: SettlementSource;
  toRefund: string[];
}

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
    private readonly fulfilment: Fulfilment,
    private readonly ledger: RefundLedger,
    private readonly refunds: RefundsService,
    private readonly history: PaymentHistory,
    private readonly checks: CheckQueue,
    private readonly listeners: BillingListeners,
  ) {}

  settle(
    provider: string,
    orderId: string,
    observation: PaymentObservation,
    source: SettlementSource,
  ): Promise<Settlement> {
    const attributes = { 'commercial.provider': provider, 'commercial.source': source };
    return inSpan('payment.settle', attributes, async (span) => {
      const settlement = await this.settleOnce(provider, orderId, observation, source);
      const outcome = outcomeOf(settlement);
      span.setAttribute('commercial.outcome', outcome);
      settlementsTotal.inc({ provider, source, outcome });
      return settlement;
    });
  }

  private async settleOnce(
    provider: string,
    orderId: string,
    observation: PaymentObservation,
    source: SettlementSource,
  ): Promise<Settlement> {
    const context: SettlementContext = { source, toRefund: [] };
    let settlement: Settlement;
    try {
      settlement = await this.inOneTransaction(provider, orderId, observation, context);
    } catch (error) {
      if (!isUniqueViolation(error, 'orders_trade_no_key')) throw error;
      settlement = { outcome: 'mismatch', detail: "its trade number is another order's" };
    }
    if (settlement.outcome === 'mismatch') await this.refuse(orderId, observation, source, settlement.detail);
    for (const refundId of context.toRefund) this.refunds.sendInBackground(refundId);
    return settlement;
  }

  private inOneTransaction(
    provider: string,
    orderId: string,
    observation: PaymentObservation,
    context: SettlementContext,
  ): Promise<Settlement> {
    return inTransaction(this.dataSource, async (manager): Promise<Settlement> => {
      context.toRefund.length = 0;
      const payment = await lockOrder(manager, orderId);
      if (!payment) return { outcome: 'unknown_order' };
      const detail = observationMismatch(payment, provider, observation);
      if (detail !== null) return { outcome: 'mismatch', detail };
      return { outcome: 'settled', changed: await this.apply(manager, payment, observation, context) };
    });
  }

  private async apply(
    manager: EntityManager,
    payment: Order,
    observation: PaymentObservation,
    context: SettlementContext,
  ): Promise<boolean> {
    switch (observation.outcome) {
      case 'paid':
        return this.paid(manager, payment, observation.trade, context);
      case 'refunded': {
        const paid = await this.paid(manager, payment, observation.trade, context);
        if (payment.providerTradeNo !== observation.trade.tradeNo) return paid;
        const refunded = await this.ledger.recordChannelTotal(manager, payment, observation.refundedFen);
        return paid || refunded;
      }
      case 'closed':
        return this.closed(manager, payment, observation.linkLives ?? false, context);
      case 'pending':
      case 'unknown':
        if (payment.status === 'closed') await this.fulfilment.stillUnpaid(manager, payment, false);
        return false;
    }
  }

  private async paid(
    manager: EntityManager,
    payment: Order,
    trade: PaidTrade,
    { source, toRefund }: SettlementContext,
  ): Promise<boolean> {
    const { orderId } = payment;
    const { tradeNo, amountFen } = trade;
    if (!paymentTransitions.allows(payment.status, 'paid')) {
      if (payment.providerTradeNo !== tradeNo) {
        await this.history.recordOnce(manager, orderId, 'incident.second_trade', { tradeNo, amountFen });
      }
      return false;
    }
    const from = payment.status;
    payment.status = paymentTransitions.move(from, 'paid');
    payment.providerTradeNo = tradeNo;
    payment.paidAt = trade.paidAt;
    payment.checkAt = null;
    await manager.save(payment);
    const seen = { source, tradeNo, amountFen, paidAt: trade.paidAt.toISOString(), late: from !== 'pending' };
    await this.history.record(manager, orderId, 'payment.paid', seen);
    if (from !== 'pending')
      await this.history.record(manager, orderId, 'incident.paid_late', { from, source });
    const refundId = await this.fulfilment.honour(manager, payment);
    await this.listeners.paid(manager, payment, this.clock.now());
    if (refundId !== null) toRefund.push(refundId);
    return true;
  }

  private async closed(
    manager: EntityManager,
    payment: Order,
    linkLives: boolean,
    { source }: SettlementContext,
  ): Promise<boolean> {
    if (payment.status === 'closed') await this.fulfilment.stillUnpaid(manager, payment, !linkLives);
    if (payment.status !== 'pending') return false;
    const now = this.clock.now();
    payment.status = paymentTransitions.move(payment.status, 'closed');
    payment.closedAt = now;
    payment.checkAt = nextPaymentCheck(payment, now);
    await manager.save(payment);
    await this.history.record(manager, payment.orderId, 'payment.closed', { source });
    if (payment.checkAt) await this.checks.payment(manager, payment.orderId, payment.checkAt);
    await this.fulfilment.abandon(manager, payment, linkLives);
    return true;
  }

  private async refuse(
    orderId: string,
    observation: PaymentObservation,
    source: SettlementSource,
    detail: string,
  ): Promise<void> {
    this.logger.warn(`order ${orderId}: ${detail}; nothing was changed`);
    const trade = 'trade' in observation ? observation.trade : null;
    await inTransaction(this.dataSource, (manager) =>
      this.history.recordOnce(manager, orderId, 'incident.observation_refused', {
        source,
        detail,
        ...(trade ? { tradeNo: trade.tradeNo, amountFen: trade.amountFen, currency: trade.currency } : {}),
      }),
    );
  }
}

function outcomeOf(settlement: Settlement): string {
  if (settlement.outcome !== 'settled') return settlement.outcome;
  return settlement.changed ? 'changed' : 'unchanged';
}
