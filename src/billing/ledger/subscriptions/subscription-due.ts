import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { drain } from '../../../jobs/drain.js';
import { DueWork } from '../../../jobs/due-work.js';
import { JobQueue } from '../../../jobs/job-queue.js';
import { Clock } from '../../../time/clock.js';
import { SubscriptionLifecycle } from './subscription-lifecycle.js';
import { SubscriptionProgress } from './subscription-progress.js';

const PAGE = 100;
const PARALLEL = 4;

/** Lets time pass over the subscriptions that nobody touches: they are reminded and expire all the same. */
@Injectable()
export class SubscriptionDue implements OnModuleInit {
  private readonly logger = new Logger(SubscriptionDue.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly jobs: JobQueue,
    private readonly work: DueWork,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
  ) {}

  onModuleInit(): void {
    this.work.register('subscriptions', () => this.runDue());
    this.jobs.define({
      queue: 'subscriptions.due',
      cron: '* * * * *',
      atStart: true,
      timeoutSeconds: 300,
      run: async () => void (await this.runDue()),
    });
  }

  /** Does everything that is due by the business clock. @returns for how many subscriptions something was. */
  runDue(): Promise<number> {
    return drain({
      next: () => this.due(),
      work: async (accountId) => {
        await this.catchUp(accountId);
        return true;
      },
      parallel: PARALLEL,
      logger: this.logger,
    });
  }

  private async due(): Promise<string[]> {
    const rows: { account_id: string }[] = await this.dataSource.query(
      `SELECT account_id FROM commercial.subscriptions
       WHERE status = 'active' AND due_at <= $1 ORDER BY due_at LIMIT ${PAGE}`,
      [this.clock.now()],
    );
    return rows.map((row) => row.account_id);
  }

  private catchUp(accountId: string): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.lifecycle.lockAccount(manager, accountId);
      await this.progress.catchUp(manager, accountId);
    });
  }
}
