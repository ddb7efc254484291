import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { Clock } from '../../time/clock.js';
import { PaymentInquiry } from '../payments/payment-inquiry.js';
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
  ) {}

  /** Carries out every check that is due by the business clock. @returns how many this process did. */
  async runDue(): Promise<number> {
    const refunds = await this.drain(
      () => this.due.refunds(PAGE),
      (id) => this.checkRefund(id),
    );
    const payments = await this.drain(
      () => this.due.payments(PAGE),
      (id) => this.checkPayment(id),
    );
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

  /** Asks the channel about one refund if that is due, and for it again where it never arrived. */
  async checkRefund(refundId: string): Promise<boolean> {
    if (!(await this.due.claimRefund(refundId))) return false;
    await this.refunds.follow(refundId);
    return true;
  }

  private async drain(
    next: () => Promise<string[]>,
    check: (id: string) => Promise<boolean>,
  ): Promise<number> {
    const limit = pLimit(PARALLEL);
    let done = 0;
    for (let ids = await next(); ids.length > 0; ids = await next()) {
      const outcomes = await Promise.allSettled(ids.map((id) => limit(() => check(id))));
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') this.logger.error(outcome.reason);
        else if (outcome.value) done += 1;
      }
      // Nothing could even be claimed: the database's trouble, which asking again at once doesn't mend.
      if (outcomes.every((outcome) => outcome.status === 'rejected')) break;
    }
    return done;
  }
}
