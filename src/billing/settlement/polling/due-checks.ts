import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Clock } from '../../../time/clock.js';
import { Order } from '../../ledger/records/order.entity.js';
import { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';
import { CheckQueue } from '../../ledger/orders/check-queue.js';
import { nextPaymentCheck, nextRefundCheck, nextRefundRetry } from '../../ledger/orders/check-schedule.js';

/**
 * Which checks are due, and whose they are. A check is claimed by moving `check_at` to the next one, before the
 * channel is called: of several processes one gets it, and one that dies meanwhile has the next check already laid.
 */
@Injectable()
export class DueChecks {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly queue: CheckQueue,
  ) {}

  async payments(limit: number): Promise<string[]> {
    const rows: { order_id: string }[] = await this.dataSource.query(
      `SELECT order_id FROM commercial.orders WHERE check_at <= $1 ORDER BY check_at LIMIT $2`,
      [this.clock.now(), limit],
    );
    return rows.map((row) => row.order_id);
  }

  async refunds(limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.dataSource.query(
      `SELECT id FROM commercial.payment_refunds WHERE check_at <= $1 ORDER BY check_at LIMIT $2`,
      [this.clock.now(), limit],
    );
    return rows.map((row) => row.id);
  }

  /** @returns null where it isn't due (any more). */
  claimPayment(orderId: string): Promise<Order | null> {
    return inTransaction(this.dataSource, async (manager) => {
      const payment = await manager.findOneBy(Order, { orderId });
      const now = this.clock.now();
      if (!payment?.checkAt || payment.checkAt > now) return null;
      const { id, checkAt, status } = payment;
      const next = nextPaymentCheck(payment, now);
      const { affected } = await manager.update(Order, { id, checkAt, status }, { checkAt: next });
      if (!affected) return null;
      if (next) await this.queue.payment(manager, orderId, next);
      return payment;
    });
  }

  /** @returns what the refund is, where it was due and is the caller's to carry out; else null. */
  claimRefund(refundId: string): Promise<'pending' | 'failed' | null> {
    return inTransaction(this.dataSource, async (manager) => {
      const refund = await manager.findOneBy(PaymentRefund, { id: refundId });
      const now = this.clock.now();
      if (!refund?.checkAt || refund.checkAt > now || refund.status === 'succeeded') return null;
      const { id, checkAt, status } = refund;
      const moved = movedOn(refund, now);
      const { affected } = await manager.update(PaymentRefund, { id, checkAt, status }, moved);
      if (!affected) return null;
      if (moved.checkAt) await this.queue.refund(manager, id, moved.checkAt);
      return status;
    });
  }
}

function movedOn(
  { status, checks, retries }: PaymentRefund,
  now: Date,
): Pick<PaymentRefund, 'checkAt'> & Partial<Pick<PaymentRefund, 'checks' | 'retries'>> {
  return status === 'failed'
    ? { checkAt: nextRefundRetry(retries + 1, now), retries: retries + 1 }
    : { checkAt: nextRefundCheck(checks + 1, now), checks: checks + 1 };
}
