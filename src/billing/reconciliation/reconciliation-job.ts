import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../../jobs/job-queue.js';
import { Clock } from '../../time/clock.js';
import { dayBefore } from './bill-day.js';
import { ReconciliationService } from './reconciliation.service.js';

/** Reconciles yesterday, once its bill can be there; a bill that is late is asked for again in the afternoon. */
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
      run: () => this.runYesterday(),
    });
  }

  /** Every channel that has bills and isn't reconciled for yesterday yet. */
  async runYesterday(): Promise<void> {
    const date = dayBefore(this.clock.now());
    for (const provider of this.reconciliations.reconcilable) {
      if (await this.reconciliations.isDone(provider, date)) continue;
      await this.reconciliations.run(provider, date, null);
    }
  }
}
