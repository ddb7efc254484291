import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditPurge } from '../../audit/audit-purge.js';
import { JobQueue } from '../../jobs/job-queue.js';

/** Work on accounts that no request brings about: accounts themselves know no queue of jobs. */
@Injectable()
export class AccountJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly audit: AuditPurge,
  ) {}

  onModuleInit(): void {
    this.jobs.define({
      queue: 'audit.purge',
      cron: '53 3 * * *',
      timeoutSeconds: 600,
      run: async () => void (await this.audit.purge()),
    });
  }
}
