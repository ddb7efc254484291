import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { CommercialOptions } from '../commercial-options.js';
import { FREE_PLAN_CODE } from '../../billing/options/billing-options.js';
import { publicUrlFaults } from './public-url-faults.js';

/** Every process that works jobs leaves a sign of it twice a minute. */
const SIGN_IS_FRESH_MINUTES = 10;

/**
 * Says what a host may have forgotten, once it listens: by then it has done what it does at its start, such as putting
 * plans on sale.
 */
export class StartWarnings implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('CommercialModule');
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: CommercialOptions,
    private readonly host: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    this.host.listen$.subscribe(() => {
      this.looking = this.look().catch((error: Error) => {
        this.logger.warn(`could not look for what was forgotten at the start: ${error.message}`);
      });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking;
  }

  private async look(): Promise<void> {
    const { publicUrl, jobs = false } = this.options;
    if (typeof publicUrl === 'function') {
      for (const fault of publicUrlFaults(publicUrl())) this.logger.error(fault);
    }
    for (const warning of [await this.aboutPlans(), jobs ? null : await this.aboutJobs()]) {
      if (warning) this.logger.warn(warning);
    }
  }

  private async aboutPlans(): Promise<string | null> {
    const { dataSource, freePlanOnRegister = true, freePlan = FREE_PLAN_CODE } = this.options;
    const [{ any, free }] = await dataSource.query(
      `SELECT count(*) > 0 AS any, count(*) FILTER (WHERE code = $1 AND price_fen = 0) > 0 AS free
       FROM commercial.subscription_plans WHERE status = 'active'`,
      [freePlan],
    );
    if (!any) {
      return (
        'No plan is on sale, so nobody can get any quota: give { plans }, put some on sale with POST /admin/plans, or ' +
        'those of the package with await app.get(PlansService, { strict: false }).seed().'
      );
    }
    if (free || !freePlanOnRegister) return null;
    return (
      `No free plan with the code ${freePlan} is on sale, so a new user gets none: put one on sale with POST ` +
      '/admin/plans, name another with freePlan, ' +
      'or say freePlanOnRegister: false.'
    );
  }

  private async aboutJobs(): Promise<string | null> {
    const { dataSource } = this.options;
    const [{ installed }] = await dataSource.query(
      `SELECT to_regclass('commercial_jobs.version') IS NOT NULL AS installed`,
    );
    const [last] = installed
      ? await dataSource.query(
          `SELECT cron_on > now() - make_interval(mins => $1) AS fresh FROM commercial_jobs.version`,
          [SIGN_IS_FRESH_MINUTES],
        )
      : [];
    if (last?.fresh) return null;
    return (
      `No process has worked the jobs of this database in the last ${SIGN_IS_FRESH_MINUTES} minutes: nobody asks for ` +
      'payments whose notification was lost, sends reminders or compares bills. Say jobs: true in one process.'
    );
  }
}
