import { Injectable, Logger } from '@nestjs/common';
import { drain } from '../../../jobs/drain.js';
import { Clock } from '../../../time/clock.js';
import { PaymentInquiry } from '../settle/payment-inquiry.js';
import { RefundRequests } from '../refunds/refund-requests.js';
import { RefundsService } from '../refunds/refunds.service.js';
import { DueChecks } from './due-checks.js';

/** How many rows are read, and how many channel calls run, at a time. */
const PAGE = 100;
const PARALLEL = 8;

/**
 * Finds out what nobody told: lost notifications, orders that expired, refunds that weren't final, work of a process
 * that died between a commit and a call. Everything it does goes through the same settlement as a notification.
 */
@Injectable()
export class Janitor {
  private readonly logger = new Logger(Janitor.name);

  constructor(
    private readonly due: DueChecks,
    private readonly clock: Clock,
    private readonly inquiry: PaymentInquiry,
    private readonly refunds: RefundsService,
    private readonly requests: RefundRequests,
  ) {}

  /** Carries out every check that is due by the business clock. @returns how many this process did. */
  async runDue(): Promise<number> {
    const { logger } = this;
    const refunds = await drain({
      next: () => this.due.refunds(PAGE),
      work: (id) => this.checkRefund(id),
      parallel: PARALLEL,
      logger,
    });
    const payments = await drain({
      next: () => this.due.payments(PAGE),
      work: (id) => this.checkPayment(id),
      parallel: PARALLEL,
      logger,
    });
    return refunds + payments;
  }

  /** Asks the channel about one order if that is due; one that has expired is closed there. @returns whether it was. */
  async checkPayment(orderId: string): Promise<boolean> {
    const payment = await this.due.claimPayment(orderId);
    if (!payment) return false;
    const expired = payment.status === 'pending' && payment.expiresAt <= this.clock.now();
    await (expired ? this.inquiry.close(payment) : this.inquiry.ask(payment));
    return true;
  }

  /**
   * Asks the channel about one refund if that is due, and for it again where it never arrived, or was refused for a
   * cause that may have passed.
   */
  async checkRefund(refundId: string): Promise<boolean> {
    const claimed = await this.due.claimRefund(refundId);
    if (claimed === null) return false;
    await (claimed === 'failed' ? this.requests.retryDue(refundId) : this.refunds.follow(refundId));
    return true;
  }
}
