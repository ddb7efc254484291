import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { NotificationResult, RefundResult } from '../../../providers/payment-provider.js';
import { PaymentHistory } from '../../ledger/orders/payment-history.js';
import { PaymentInquiry } from '../settle/payment-inquiry.js';
import { lockOrder } from '../../ledger/orders/payment-orders.js';
import { Order } from '../../ledger/records/order.entity.js';
import { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';
import { RefundLedger } from '../refunds/refund-ledger.js';
import { RefundsService } from '../refunds/refunds.service.js';

export type RefundNotice = Extract<NotificationResult, { outcome: 'refund' }>;

/** `unclear`: it doesn't say all, and the channel, asked about it, didn't either. */
export type RefundNoticeOutcome = 'settled' | 'unknown_order' | 'mismatch' | 'unclear';

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
    if (ours) return this.settleOurs(ours, provider, notice);
    const payment = await this.learnOfPayment(provider, notice.orderId);
    const word = payment ? await this.complete(payment, notice) : notice;
    return inTransaction(this.dataSource, (manager) => this.enter(manager, provider, word));
  }

  private async settleOurs(
    ours: PaymentRefund,
    provider: string,
    notice: RefundNotice,
  ): Promise<RefundNoticeOutcome> {
    const detail = unlike(ours, provider, notice);
    if (detail !== null) return this.refuse(this.dataSource.manager, notice, detail);
    if (notice.result.outcome === 'unknown') {
      const { status } = await this.refunds.follow(ours.id);
      return status === 'pending' ? 'unclear' : 'settled';
    }
    await this.refunds.settle(ours.id, withSum(notice));
    return 'settled';
  }

  /** The notice may be faster than that of the payment: money that we haven't seen can't be seen going back. */
  private async learnOfPayment(provider: string, orderId: string): Promise<Order | null> {
    const payment = await this.dataSource.manager.findOneBy(Order, { orderId, provider });
    if (payment && payment.paidAt === null) await this.inquiry.ask(payment);
    return payment;
  }

  /**
   * A refund that was made at the channel itself, as the channel tells of it by its number: a notice may lack the
   * amount (Alipay's), and when the channel took it on. Where the channel doesn't tell, the notice counts as it is.
   */
  private async complete(payment: Order, notice: RefundNotice): Promise<RefundNotice> {
    const { refundNo, amountFen, result } = notice;
    if (
      refundNo === null ||
      isOfSecondTrade(payment, notice) ||
      unlikeOrder(payment, payment.provider, notice) !== null
    )
      return notice;
    const asked = await this.refunds.inquire(payment, { refundNo, amountFen });
    if (asked.outcome !== 'succeeded')
      return result.outcome === 'unknown' && asked.outcome !== 'absent'
        ? { ...notice, result: asked }
        : notice;
    const refundedAt = asked.refundedAt ?? (result.outcome === 'succeeded' ? result.refundedAt : null);
    return { ...notice, result: { ...asked, refundedAt }, amountFen: asked.amountFen ?? amountFen };
  }

  private async enter(
    manager: EntityManager,
    provider: string,
    notice: RefundNotice,
  ): Promise<RefundNoticeOutcome> {
    const { orderId, refundNo, result, refundedFen } = notice;
    const payment = await lockOrder(manager, orderId);
    if (!payment) return 'unknown_order';
    const detail = unlikeOrder(payment, provider, notice);
    if (detail !== null) return this.refuse(manager, notice, detail);
    if (payment.paidAt === null) return this.refuse(manager, notice, 'the order is not paid');
    if (isOfSecondTrade(payment, notice)) return this.noteSecondTrade(manager, notice);
    if (result.outcome === 'unknown') return 'unclear';
    if (result.outcome !== 'succeeded') return 'settled';
    if (refundedFen !== null && refundedFen > payment.amountFen)
      return this.refuse(manager, notice, `it tells of ${refundedFen} fen refunded of ${payment.amountFen}`);
    const entered = await this.enterOne(manager, payment, notice, result);
    if (entered !== 'settled' || refundedFen === null) return entered;
    const isNew = refundNo !== null && !(await manager.existsBy(PaymentRefund, { refundNo }));
    const refundedAt = isNew || refundNo === null ? result.refundedAt : null;
    const newest = { refundNo: isNew ? refundNo : null, amountFen: notice.amountFen, refundedAt };
    const isEntered = await this.ledger.recordChannelTotal(manager, payment, refundedFen, newest);
    // Those without an outcome count in the sum, and may hide it: should they fail, nothing would tell of it again.
    const mayBeHidden = isNew && notice.amountFen === null && payment.refundPendingFen > 0;
    return mayBeHidden && !isEntered ? 'unclear' : 'settled';
  }

  /** The refund that the notice tells of, by itself; its order's sum is entered afterwards. */
  private async enterOne(
    manager: EntityManager,
    payment: Order,
    notice: RefundNotice,
    { refundedAt, acceptedAt }: Extract<RefundResult, { outcome: 'succeeded' }>,
  ): Promise<RefundNoticeOutcome> {
    const { refundNo, amountFen, refundedFen } = notice;
    // A copy that arrived at the same time may have entered it before the lock was free.
    if (refundNo !== null && (await manager.existsBy(PaymentRefund, { refundNo }))) return 'settled';
    if (refundNo === null || amountFen === null)
      return refundedFen === null ? this.unclear(manager, notice) : 'settled';
    if (payment.refundedFen + amountFen > payment.amountFen)
      return this.refuse(manager, notice, `${amountFen} fen more than was left would be refunded`);
    const facts = acceptedAt ? { acceptedAt } : {};
    await this.ledger.recordAtChannel(manager, payment, { refundNo, amountFen, refundedAt, ...facts });
    return 'settled';
  }

  /** What went back was never counted here: a person was told to return it at the channel's console. */
  private async noteSecondTrade(manager: EntityManager, notice: RefundNotice): Promise<'settled'> {
    const { orderId, tradeNo, refundNo, amountFen, refundedFen } = notice;
    const seen = { tradeNo, refundNo, amountFen, refundedFen };
    await this.history.recordOnce(manager, orderId, 'incident.second_trade', seen);
    return 'settled';
  }

  /** Neither the notice nor the channel, asked, tells how much went back. */
  private async unclear(manager: EntityManager, { orderId }: RefundNotice): Promise<'unclear'> {
    await this.history.recordOnce(manager, orderId, 'incident.refund_of_unknown_amount', {});
    return 'unclear';
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

/** What a notice tells of a refund of ours, with what it tells of the order's refunds in all. */
function withSum({ result, refundedFen }: RefundNotice): RefundResult {
  if (refundedFen === null || result.outcome !== 'succeeded') return result;
  return { ...result, orderRefundedFen: refundedFen };
}

function isOfSecondTrade(payment: Order, { tradeNo }: RefundNotice): boolean {
  return tradeNo !== undefined && payment.providerTradeNo !== null && tradeNo !== payment.providerTradeNo;
}

/** @returns what doesn't fit the order; null where everything does. */
function unlikeOrder(payment: Order, provider: string, { orderAmountFen }: RefundNotice): string | null {
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
