import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { NotificationResult } from '../../../providers/payment-provider.js';
import { PaymentHistory } from '../../ledger/orders/payment-history.js';
import { PaymentInquiry } from '../settle/payment-inquiry.js';
import { lockOrder } from '../../ledger/orders/payment-orders.js';
import { PaymentTransaction } from '../../ledger/records/payment-transaction.entity.js';
import { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';
import { RefundLedger } from '../refunds/refund-ledger.js';
import { RefundsService } from '../refunds/refunds.service.js';

export type RefundNotice = Extract<NotificationResult, { outcome: 'refund' }>;

export type RefundNoticeOutcome = 'settled' | 'unknown_order' | 'mismatch';

/** A channel's word about a refund: one of ours by its number, or one that was made at the channel itself. */
@Injectable()
export class RefundNotices {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly inquiry: PaymentInquiry,
    private readonly ledger: RefundLedger,
    private readonly refunds: RefundsService,
    private readonly history: PaymentHistory,
  ) {}

  async settle(provider: string, notice: RefundNotice): Promise<RefundNoticeOutcome> {
    const ours = notice.refundNo === null ? null : await this.ours(notice.refundNo);
    if (ours) {
      const detail = unlike(ours, provider, notice);
      if (detail !== null) return this.refuse(this.dataSource.manager, notice, detail);
      await this.refunds.settle(ours.id, notice.result);
      return 'settled';
    }
    await this.learnOfPayment(provider, notice.orderId);
    return inTransaction(this.dataSource, (manager) => this.enter(manager, provider, notice));
  }

  /** The notice may be faster than that of the payment: money that we haven't seen can't be seen going back. */
  private async learnOfPayment(provider: string, orderId: string): Promise<void> {
    const payment = await this.dataSource.manager.findOneBy(PaymentTransaction, { orderId, provider });
    if (payment && payment.paidAt === null) await this.inquiry.ask(payment);
  }

  private async enter(
    manager: EntityManager,
    provider: string,
    notice: RefundNotice,
  ): Promise<RefundNoticeOutcome> {
    const { orderId, refundNo, result, refundedFen, amountFen } = notice;
    const payment = await lockOrder(manager, orderId);
    if (!payment) return 'unknown_order';
    const detail = unlikeOrder(payment, provider, notice);
    if (detail !== null) return this.refuse(manager, notice, detail);
    if (payment.paidAt === null) return this.refuse(manager, notice, 'the order is not paid');
    if (result.outcome !== 'succeeded') return 'settled';
    // A copy that arrived at the same time may have entered it before the lock was free.
    if (refundNo !== null && (await manager.existsBy(PaymentRefund, { refundNo }))) return 'settled';
    if (refundedFen !== null) {
      if (refundedFen > payment.amountFen)
        return this.refuse(
          manager,
          notice,
          `it tells of ${refundedFen} fen refunded of ${payment.amountFen}`,
        );
      await this.ledger.recordChannelTotal(manager, payment, refundedFen, refundNo ?? undefined);
    } else if (refundNo !== null && amountFen !== null) {
      if (payment.refundedFen + amountFen > payment.amountFen)
        return this.refuse(manager, notice, `${amountFen} fen more than was left would be refunded`);
      await this.ledger.recordAtChannel(manager, payment, refundNo, amountFen, result.refundedAt);
    }
    return 'settled';
  }

  private async refuse(manager: EntityManager, notice: RefundNotice, detail: string): Promise<'mismatch'> {
    const { orderId, refundNo, amountFen, refundedFen } = notice;
    const seen = { detail, refundNo, amountFen, refundedFen };
    await this.history.recordOnce(manager, orderId, 'incident.observation_refused', seen);
    return 'mismatch';
  }

  private ours(refundNo: string): Promise<PaymentRefund | null> {
    return this.dataSource.manager.findOne(PaymentRefund, {
      where: { refundNo },
      relations: { payment: true },
    });
  }
}

/** @returns what doesn't fit the order; null where everything does. */
function unlikeOrder(
  payment: PaymentTransaction,
  provider: string,
  { orderAmountFen }: RefundNotice,
): string | null {
  if (payment.provider !== provider) return `the order belongs to ${payment.provider}, not to ${provider}`;
  if (orderAmountFen !== null && orderAmountFen !== payment.amountFen)
    return `it is of an order of ${orderAmountFen} fen, this one's amount is ${payment.amountFen}`;
  return null;
}

/** @returns what doesn't fit the refund of that number; null where everything does. */
function unlike(
  { payment, amountFen }: PaymentRefund,
  provider: string,
  notice: RefundNotice,
): string | null {
  if (payment.orderId !== notice.orderId) return `the refund is of order ${payment.orderId}`;
  if (notice.amountFen !== null && notice.amountFen !== amountFen)
    return `its amount is ${notice.amountFen} fen, the refund's ${amountFen}`;
  return unlikeOrder(payment, provider, notice);
}
