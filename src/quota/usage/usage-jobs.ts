import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DueWork } from '../../jobs/due-work.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { Clock } from '../../time/clock.js';
import { QUOTA_OPTIONS, type QuotaOptions } from '../balances/quota-options.js';
import { monthAfter, monthOf } from './usage-months.js';
import { UsagePartitions } from './usage-partitions.js';
import { UsageRollup } from './usage-rollup.js';

/** Enough that a process which is down over a month's end finds the next one made. */
const MONTHS_AHEAD = 2;

/** What usage logs need from time to time. */
@Injectable()
export class UsageJobs implements OnModuleInit {
  constructor(
    @Inject(QUOTA_OPTIONS) private readonly options: QuotaOptions,
    private readonly jobs: JobQueue,
    private readonly due: DueWork,
    private readonly clock: Clock,
    private readonly partitions: UsagePartitions,
    private readonly rollup: UsageRollup,
  ) {}

  onModuleInit(): void {
    this.due.register('usage-partitions', () => this.keepPartitions());
    this.jobs.define({
      queue: 'usage.partitions',
      cron: '17 * * * *',
      atStart: true,
      run: async () => void (await this.keepPartitions()),
    });
    this.jobs.define({
      queue: 'usage.rollup',
      cron: '* * * * *',
      atStart: true,
      timeoutSeconds: 600,
      run: async () => void (await this.rollup.rollUp()),
    });
  }

  /** Makes the months that are coming, and drops those that nobody has to keep. @returns how many of both */
  async keepPartitions(): Promise<number> {
    const now = this.clock.now();
    const made = await this.partitions.ensurePartitions(now, MONTHS_AHEAD);
    const { usageRetentionMonths: months = null } = this.options;
    if (months === null) return made.length;
    const dropped = await this.partitions.dropPartitions(monthAfter(monthOf(now), -months));
    return made.length + dropped.length;
  }
}
