import { Inject, Injectable } from '@nestjs/common';
import { MoreThan, type DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { RefundResult } from '../../../providers/payment-provider.js';
import { PaymentInquiry } from '../settle/payment-inquiry.js';
import { lockOrder } from '../../ledger/orders/payment-orders.js';
import { Order } from '../../ledger/records/order.entity.js';
import { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';
import { RefundLedger } from '../refunds/refund-ledger.js';
import { RefundsService } from '../refunds/refunds.service.js';
import { ReconciliationDifference } from './reconciliation-difference.entity.js';

const PAGE = 200;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Null: settled. Else why it stays open, for a person to read. */
type Finding = string | null;

/**
 * Settles what the bill has and we lack. The bill alone proves nothing to us (it is a file, not a signed answer about
 * an order): the channel is asked, and its answer goes through the same settlement as any other.
 */
@Injectable()
export class ReconciliationRepair {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly inquiry: PaymentInquiry,
    private readonly refunds: RefundsService,
    private readonly ledger: RefundLedger,
  ) {}

  async settleWhatIsProven(reconciliationId: string): Promise<void> {
    let after = NO_ID;
    for (;;) {
      const differences = await this.dataSource.manager.find(ReconciliationDifference, {
        where: { reconciliationId, kind: 'missing_here', resolution: 'open', id: MoreThan(after) },
        order: { id: 'ASC' },
        take: PAGE,
      });
      for (const difference of differences) await this.settle(difference);
      const last = differences.at(-1);
      if (!last) return;
      after = last.id;
    }
  }

  private async settle(difference: ReconciliationDifference): Promise<void> {
    // What is said of it already can't be mended by asking.
    if (difference.detail !== null) return;
    const finding = await this.find(difference);
    const resolved =
      finding === null
        ? ({ resolution: 'settled', detail: 'entered after a query' } as const)
        : { detail: finding };
    await this.dataSource.manager.update(ReconciliationDifference, { id: difference.id }, resolved);
  }

  private async find(difference: ReconciliationDifference): Promise<Finding> {
    const { orderId, tradeNo } = difference;
    if (orderId === null) return 'no order is named';
    let payment = await this.payment(orderId);
    if (payment.paidAt === null) {
      await this.inquiry.ask(payment, 'reconciliation');
      payment = await this.payment(orderId);
    }
    if (payment.paidAt === null) return 'the channel, asked about the order, does not say that it is paid';
    if (payment.providerTradeNo !== tradeNo)
      return `the order is paid by ${payment.providerTradeNo}; this is a second payment of it`;
    return difference.entry === 'payment' ? null : this.findRefund(payment, difference);
  }

  private findRefund(payment: Order, difference: ReconciliationDifference): Promise<Finding> {
    const amountFen = Number(difference.channelFen);
    return difference.refundNo === null
      ? this.unnumbered(payment, amountFen)
      : this.numbered(payment, difference.refundNo, amountFen);
  }

  private async numbered(payment: Order, refundNo: string, amountFen: number): Promise<Finding> {
    const known = await this.dataSource.manager.findOneBy(PaymentRefund, { refundNo });
    if (known && (known.paymentId !== payment.id || known.amountFen !== amountFen))
      return 'a refund of this number is another one here';
    const result = await this.refunds.inquire(payment, { refundNo, amountFen });
    if (result.outcome !== 'succeeded') return `the channel, asked about the refund, says: ${result.outcome}`;
    if (known) {
      const { status } = await this.refunds.settle(known.id, result);
      return status === 'succeeded' ? null : 'it exceeds what is left of the payment';
    }
    return this.enter(payment, refundNo, amountFen, result);
  }

  private enter(
    { orderId }: Order,
    refundNo: string,
    amountFen: number,
    { refundedAt, acceptedAt }: Extract<RefundResult, { outcome: 'succeeded' }>,
  ): Promise<Finding> {
    return inTransaction(this.dataSource, async (manager) => {
      const payment = await lockOrder(manager, orderId);
      if (!payment || payment.refundedFen + amountFen > payment.amountFen)
        return 'it exceeds what is left of the payment';
      if (!(await manager.existsBy(PaymentRefund, { refundNo })))
        await this.ledger.recordAtChannel(manager, payment, {
          refundNo,
          amountFen,
          refundedAt,
          ...(acceptedAt ? { acceptedAt } : {}),
        });
      return null;
    });
  }

  /** The channel told no number, so only its sum can be asked for. */
  private async unnumbered(before: Order, amountFen: number): Promise<Finding> {
    await this.inquiry.ask(before, 'reconciliation');
    const { refundedFen } = await this.payment(before.orderId);
    return refundedFen - before.refundedFen >= amountFen
      ? null
      : 'the channel, asked about the order, tells of no further refund';
  }

  private payment(orderId: string): Promise<Order> {
    return this.dataSource.manager.findOneByOrFail(Order, { orderId });
  }
}
