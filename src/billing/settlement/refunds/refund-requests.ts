import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { PaymentHistory } from '../../ledger/orders/payment-history.js';
import { lockOrder } from '../../ledger/orders/payment-orders.js';
import { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';
import { RefundLedger } from './refund-ledger.js';
import { RefundsService } from './refunds.service.js';

export interface RefundRequest {
  /** The refund's id, made by the caller: asking twice with one id makes one refund. */
  refundId: string;
  orderId: string;
  /** Null for all that is left. */
  amountFen: number | null;
  reason: string | null;
  /** Whether a partial refund ends the subscription too; a full one always does. */
  endSubscription: boolean;
  requestedBy: string;
}

export interface RefundRetry {
  refundId: string;
  orderId: string;
  /** Null: by schedule. */
  requestedBy: string | null;
}

/**
 * Asks for refunds, new ones and refused ones. A refused refund keeps its number: it is asked for again under that, and
 * the channel is asked what became of it before anything else takes its place. Two numbers could be paid twice.
 */
@Injectable()
export class RefundRequests {
  private readonly logger = new Logger(RefundRequests.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly ledger: RefundLedger,
    private readonly refunds: RefundsService,
    private readonly history: PaymentHistory,
  ) {}

  /**
   * Makes a refund. Refused ones of the payment are asked about first, and asked for no more by schedule.
   * @throws Problem NOT_FOUND, PAYMENT_NOT_PAID, REFUND_EXCEEDS_PAYMENT; CHANNEL_UNAVAILABLE where it isn't known what
   *   became of a refused one
   */
  async request(request: RefundRequest): Promise<PaymentRefund> {
    const { refundId, orderId, reason, requestedBy, endSubscription: endsSubscription } = request;
    const isNew = !(await this.dataSource.manager.existsBy(PaymentRefund, { id: refundId }));
    if (isNew) await this.learnOfRefused(orderId);
    await inTransaction(this.dataSource, async (manager) => {
      const payment = await lockOrder(manager, orderId);
      if (!payment) throw new Problem('NOT_FOUND', { params: { what: 'payment' } });
      if (await manager.existsBy(PaymentRefund, { id: refundId })) return;
      const amountFen = await this.ledger.refundable(manager, payment, request.amountFen);
      const entry = { refundId, amountFen, reason, requestedBy, endsSubscription };
      await this.history.record(manager, orderId, 'payment.refund_requested', entry, requestedBy);
      await this.ledger.insert(manager, payment, { ...entry, origin: 'admin' });
      await manager.update(PaymentRefund, { paymentId: payment.id, status: 'failed' }, { checkAt: null });
    });
    return this.refunds.send(refundId);
  }

  /**
   * Asks for a refused refund again, under its own number. One that isn't refused is returned as it is, or as the
   * channel says now.
   * @throws Problem NOT_FOUND, REFUND_EXCEEDS_PAYMENT where so much isn't left any more, CHANNEL_UNAVAILABLE
   */
  async retry({ orderId, refundId, requestedBy }: RefundRetry): Promise<PaymentRefund> {
    const refund = await this.dataSource.manager.findOneBy(PaymentRefund, {
      id: refundId,
      payment: { orderId },
    });
    if (!refund) throw new Problem('NOT_FOUND', { params: { what: 'refund' } });
    if (refund.status !== 'failed') return this.refunds.follow(refundId);
    if (await this.learnOf(orderId, refund)) return this.refunds.follow(refundId);
    await this.reopen(orderId, refundId, requestedBy);
    return this.refunds.send(refundId);
  }

  /** By schedule. What can't be done any more is left to a person, who has been told of the refusal. */
  async retryDue(refundId: string): Promise<void> {
    const { payment } = await this.dataSource.manager.findOneOrFail(PaymentRefund, {
      where: { id: refundId },
      relations: { payment: true },
    });
    try {
      await this.retry({ orderId: payment.orderId, refundId, requestedBy: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.logger.warn(`refund ${refundId} is not asked for again: ${error.message}`);
      if (error.code === 'REFUND_EXCEEDS_PAYMENT')
        await this.dataSource.manager.update(
          PaymentRefund,
          { id: refundId, status: 'failed' },
          { checkAt: null },
        );
    }
  }

  private async learnOfRefused(orderId: string): Promise<void> {
    const where = { status: 'failed', payment: { orderId } } as const;
    const refused = await this.dataSource.manager.find(PaymentRefund, { where, order: { createdAt: 'ASC' } });
    for (const refund of refused) await this.learnOf(orderId, refund);
  }

  /** @returns whether it isn't refused: its money moved, or the channel is at it. */
  private async learnOf(orderId: string, { id, refundNo }: PaymentRefund): Promise<boolean> {
    const seen = await this.refunds.lookAt(id);
    switch (seen.outcome) {
      case 'succeeded':
        await this.refunds.settle(id, seen);
        return true;
      case 'pending':
        await this.reopen(orderId, id, null);
        await this.refunds.settle(id, seen);
        return true;
      case 'absent':
      case 'failed':
        return false;
      case 'unknown':
        this.logger.warn(`what became of the refused refund ${refundNo} is not known: ${seen.reason}`);
        throw new Problem('REFUND_UNCERTAIN', { params: { refundId: id } });
    }
  }

  /** Does nothing where another call was faster. */
  private reopen(orderId: string, refundId: string, requestedBy: string | null): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      const payment = await lockOrder(manager, orderId);
      const refund = await manager.findOneByOrFail(PaymentRefund, { id: refundId });
      if (refund.status !== 'failed') return;
      await this.ledger.reopen(manager, payment!, refund);
      const { refundNo, amountFen } = refund;
      const fact = { refundId, refundNo, amountFen };
      await this.history.record(manager, orderId, 'payment.refund_retried', fact, requestedBy);
    });
  }
}
