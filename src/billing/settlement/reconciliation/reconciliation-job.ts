import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../../../jobs/job-queue.js';
import { Clock } from '../../../time/clock.js';
import { dayBefore } from './bill-day.js';
import { ReconciliationService } from './reconciliation.service.js';

/** So long a day whose bill was late, or whose run failed, is tried again. */
const LOOKS_BACK_DAYS = 7;

/** Reconciles yesterday, once its bill can be there, and the days before it that were tried and aren't done yet. */
@Injectable()
export class ReconciliationJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly reconciliations: ReconciliationService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.define({
      queue: 'reconciliation',
      cron: '30 10,14,18 * * *',
      timeoutSeconds: 3600,
      run: () => this.runUndone(),
    });
  }

  /** Every channel that has bills, the oldest day first. */
  async runUndone(): Promise<void> {
    const now = this.clock.now();
    const yesterday = dayBefore(now);
    for (const provider of this.reconciliations.reconcilable) {
      const days = await this.reconciliations.undone(provider, dayBefore(now, LOOKS_BACK_DAYS), yesterday);
      for (const date of days) await this.reconciliations.run(provider, date, null);
    }
  }
}
