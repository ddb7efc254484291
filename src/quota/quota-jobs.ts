import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { DueWork } from '../jobs/due-work.js';
import { JobQueue } from '../jobs/job-queue.js';
import { KeyCaps } from './debits/key-caps.js';
import { EntitlementOverrides } from './entitlements/entitlement-overrides.service.js';
import { QuotaEvents } from './engine/quota-events.js';
import { HoldExpiry } from './engine/hold-expiry.js';

/** What nobody's request brings about. No user has to wait for any of it to be right. */
@Injectable()
export class QuotaJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly due: DueWork,
    private readonly expiry: HoldExpiry,
    private readonly events: QuotaEvents,
    private readonly idempotency: IdempotencyService,
    private readonly caps: KeyCaps,
    private readonly overrides: EntitlementOverrides,
  ) {}

  onModuleInit(): void {
    this.due.register('holds', () => this.expiry.expireHolds());
    this.due.register('entitlement-overrides', () => this.overrides.endDue());
    this.due.register('quota-events', () => this.events.deliver());
    this.jobs.define({
      queue: 'quota.holds',
      cron: '* * * * *',
      atStart: true,
      run: async () => {
        await this.expiry.expireHolds();
        await this.expiry.purgeSettled();
      },
    });
    this.jobs.define({
      queue: 'quota.events',
      cron: '* * * * *',
      atStart: true,
      run: async () => void (await this.events.deliver()),
    });
    this.jobs.define({
      queue: 'quota.overrides',
      cron: '* * * * *',
      atStart: true,
      run: async () => void (await this.overrides.endDue()),
    });
    this.jobs.define({
      queue: 'quota.caps',
      cron: '41 3 * * *',
      run: () => this.caps.purge(),
    });
    this.jobs.define({
      queue: 'idempotency.purge',
      cron: '29 * * * *',
      atStart: true,
      timeoutSeconds: 600,
      run: async () => void (await this.idempotency.purge()),
    });
  }
}
