import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { JobQueue } from '../../../jobs/job-queue.js';
import { Clock } from '../../../time/clock.js';

export const PAYMENT_CHECKS = 'payment-checks';
export const REFUND_CHECKS = 'refund-checks';

/** The database counts a delay from the transaction's start, a moment before the business clock was read. */
const SLACK_SECONDS = 1;

/**
 * Wakes somebody up when a check is due. What is due stands in `check_at` of the row itself, by business time; the job
 * is written in the same transaction, so neither is there without the other.
 */
@Injectable()
export class CheckQueue {
  constructor(
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  payment(manager: EntityManager, orderId: string, at: Date): Promise<void> {
    return this.jobs.send(manager, PAYMENT_CHECKS, { orderId }, this.delaySeconds(at));
  }

  refund(manager: EntityManager, refundId: string, at: Date): Promise<void> {
    return this.jobs.send(manager, REFUND_CHECKS, { refundId }, this.delaySeconds(at));
  }

  private delaySeconds(at: Date): number {
    return Math.max(0, (at.getTime() - this.clock.now().getTime()) / 1000) + SLACK_SECONDS;
  }
}
