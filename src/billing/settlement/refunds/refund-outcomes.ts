import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { refundsTotal } from '../../../metrics/metrics.js';
import type { RefundResult } from '../../../providers/payment-provider.js';
import { Clock } from '../../../time/clock.js';
import { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { CheckQueue } from '../../ledger/orders/check-queue.js';
import { nextRefundRetry } from '../../ledger/orders/check-schedule.js';
import { OrderFulfilments } from '../../ledger/orders/order-fulfilment.js';
import { PaymentHistory } from '../../ledger/orders/payment-history.js';
import { paymentTransitions } from '../../ledger/records/payment-status.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { creditedMoney } from '../../ledger/refunds/credited-money.js';
import { countPendingRefunds } from '../../ledger/refunds/pending-refunds.js';
import type { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';
import { refundTransitions } from '../../ledger/records/refund-status.js';
import { takeFromSum } from './known-by-sum.js';

type Succeeded = Extract<RefundResult, { outcome: 'succeeded' }>;
type Failed = Extract<RefundResult, { outcome: 'failed' }>;

const CREDIT_REFUNDED =
  'money went back that had been credited towards another plan, which stays in force: ask the customer for it, or refund the order that it was credited to with endSubscription';

/** Enters what a channel says of a refund, inside the caller's transaction with the payment's row locked. */
@Injectable()
export class RefundOutcomes {
  constructor(
    private readonly clock: Clock,
    private readonly checks: CheckQueue,
    private readonly history: PaymentHistory,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly listeners: BillingListeners,
    private readonly fulfilments: OrderFulfilments,
  ) {}

  /** A second time changes nothing. */
  async apply(
    manager: EntityManager,
    payment: Order,
    refund: PaymentRefund,
    result: RefundResult,
  ): Promise<void> {
    if (result.outcome === 'succeeded') return this.succeeded(manager, payment, refund, result);
    if (refund.status !== 'pending') return;
    if (result.outcome === 'failed') return this.failed(manager, payment, refund, result);
    if (result.outcome === 'pending') refund.acceptedAt = result.acceptedAt ?? refund.acceptedAt;
    refund.channelMessage = result.outcome === 'absent' ? 'the channel knows no such refund' : result.reason;
    await manager.save(refund);
  }

  private async succeeded(
    manager: EntityManager,
    payment: Order,
    refund: PaymentRefund,
    { refundedAt, acceptedAt }: Succeeded,
  ): Promise<void> {
    if (!refundTransitions.allows(refund.status, 'succeeded')) return;
    const { refundNo, amountFen, origin } = refund;
    // While it was refused, a sum of the channel's may have told of its money as of somebody else's.
    const isCounted = refund.status === 'failed' && (await takeFromSum(manager, refund));
    if (!isCounted && payment.refundedFen + amountFen > payment.amountFen) {
      const seen = { refundNo, amountFen, refundedFen: payment.refundedFen };
      await this.history.recordOnce(manager, payment.orderId, 'incident.refund_exceeds_payment', seen);
      return;
    }
    refund.status = refundTransitions.move(refund.status, 'succeeded');
    refund.settledAt = refundedAt ?? this.clock.now();
    refund.acceptedAt = acceptedAt ?? refund.acceptedAt;
    refund.channelMessage = null;
    refund.checkAt = null;
    await manager.save(refund);
    await countPendingRefunds(manager, payment);
    refundsTotal.inc({ state: 'succeeded' });
    if (isCounted) return this.countedBefore(manager, payment, refund);
    payment.refundedFen += amountFen;
    const full = payment.refundedFen === payment.amountFen;
    payment.status = paymentTransitions.move(payment.status, full ? 'refunded' : 'partially_refunded');
    await manager.save(payment);
    await this.history.record(manager, payment.orderId, 'payment.refunded', { refundNo, amountFen, origin });
    await this.listeners.refunded(manager, payment, refund, this.clock.now());
    if (full || refund.endsSubscription) await this.takeBack(manager, payment, refund);
    await this.noteCreditGone(manager, payment, refund);
  }

  /** The sum was told to everybody when it was entered. */
  private async countedBefore(manager: EntityManager, payment: Order, refund: PaymentRefund): Promise<void> {
    const { refundNo, amountFen, origin, endsSubscription } = refund;
    const fact = { refundNo, amountFen, origin, countedBefore: true };
    await this.history.record(manager, payment.orderId, 'payment.refunded', fact);
    if (endsSubscription && payment.status !== 'refunded') await this.takeBack(manager, payment, refund);
  }

  /**
   * Here such a refund is refused; the channel's own console knows nothing of credit. The other plan stays as it is:
   * the customer may have paid most of it, and whether the channel's refund was meant so is for a person to know.
   */
  private async noteCreditGone(
    manager: EntityManager,
    { id, orderId, amountFen, refundedFen }: Order,
    { refundNo, origin }: PaymentRefund,
  ): Promise<void> {
    const credited = await creditedMoney(manager, id);
    const goneFen = refundedFen + (credited?.fen ?? 0) - amountFen;
    if (!credited || goneFen <= 0) return;
    const { subscriptionId, payment: creditedTo } = credited.to;
    await this.history.record(manager, orderId, 'incident.credit_refunded', {
      refundNo,
      origin,
      creditedFen: credited.fen,
      goneFen,
      subscriptionId,
      creditedToOrderId: creditedTo?.orderId ?? null,
      detail: CREDIT_REFUNDED,
    });
  }

  private async failed(
    manager: EntityManager,
    payment: Order,
    refund: PaymentRefund,
    { code, message, passes }: Failed,
  ): Promise<void> {
    const now = this.clock.now();
    const checkAt = passes ? nextRefundRetry(refund.retries, now) : null;
    refund.status = refundTransitions.move(refund.status, 'failed');
    refund.settledAt = now;
    refund.channelMessage = `${code}: ${message}`;
    refund.checkAt = checkAt;
    await manager.save(refund);
    await countPendingRefunds(manager, payment);
    refundsTotal.inc({ state: 'failed' });
    const { refundNo, amountFen, origin } = refund;
    const seen = { refundNo, amountFen, origin, code, message };
    await this.history.record(manager, payment.orderId, 'payment.refund_failed', seen);
    await this.history.recordOnce(manager, payment.orderId, 'incident.refund_failed', seen);
    if (checkAt) await this.checks.refund(manager, refund.id, checkAt);
  }

  private async takeBack(
    manager: EntityManager,
    payment: Order,
    { endsSubscription }: PaymentRefund,
  ): Promise<void> {
    await this.lifecycle.lockAccount(manager, payment.accountId);
    await this.fulfilments.of(payment).takeBack(manager, payment, this.clock.now(), endsSubscription);
  }
}
