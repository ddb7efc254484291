import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DueWork } from '../../../jobs/due-work.js';
import { JobQueue } from '../../../jobs/job-queue.js';
import { PAYMENT_CHECKS, REFUND_CHECKS } from '../../ledger/orders/check-queue.js';
import { Janitor } from './janitor.service.js';

/** Puts the janitor to work on the job queue. */
@Injectable()
export class JanitorJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly due: DueWork,
    private readonly janitor: Janitor,
  ) {}

  onModuleInit(): void {
    this.due.register('payment-checks', () => this.janitor.runDue());
    this.jobs.define({
      queue: PAYMENT_CHECKS,
      batchSize: 20,
      run: async ({ orderId }) => void (await this.janitor.checkPayment(orderId!)),
    });
    this.jobs.define({
      queue: REFUND_CHECKS,
      batchSize: 20,
      run: async ({ refundId }) => void (await this.janitor.checkRefund(refundId!)),
    });
    // Not needed while every job arrives; a job that was lost, or never queued, costs a minute and no more.
    this.jobs.define({
      queue: 'overdue-checks',
      cron: '* * * * *',
      atStart: true,
      timeoutSeconds: 300,
      run: async () => void (await this.janitor.runDue()),
    });
  }
}
