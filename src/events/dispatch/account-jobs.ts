import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditPurge } from '../../audit/audit-purge.js';
import { ApiKeyReminders } from '../../auth/api/api-keys/api-key-reminders.js';
import { ErasedMarks } from '../../auth/identity/users/erased-marks.js';
import { DueWork } from '../../jobs/due-work.js';
import { JobQueue } from '../../jobs/job-queue.js';

/** Work on accounts that no request brings about: accounts themselves know no queue of jobs. */
@Injectable()
export class AccountJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly due: DueWork,
    private readonly audit: AuditPurge,
    private readonly reminders: ApiKeyReminders,
    private readonly marks: ErasedMarks,
  ) {}

  onModuleInit(): void {
    this.jobs.define({
      queue: 'audit.purge',
      cron: '53 3 * * *',
      timeoutSeconds: 600,
      run: async () => void (await this.audit.purge()),
    });
    this.jobs.define({
      queue: 'erased-marks.purge',
      cron: '59 3 * * *',
      run: async () => void (await this.marks.purge()),
    });
    this.jobs.define({
      queue: 'api-keys.ending',
      cron: '17 * * * *',
      atStart: true,
      timeoutSeconds: 600,
      run: async () => void (await this.reminders.remind()),
    });
    this.due.register('ending API keys', () => this.reminders.remind());
  }
}
