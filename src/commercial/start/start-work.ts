import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Administrators } from '../../auth/api/users/administrators.js';
import { OtherCycle, type DeclaredPlans } from '../../billing/catalog/plans/declared-plans.service.js';
import { faultsOf, readPlans } from '../../billing/catalog/plans/plan-reading.js';
import { DEFAULT_RESOURCES } from '../../quota/balances/quota-options.js';
import type { CommercialOptions } from '../commercial-options.js';
import { SetupError } from './setup-error.js';

/** Does what the options ask for at each start: plans on sale, and an administrator. Several processes may at once. */
export class StartWork implements OnApplicationBootstrap {
  private readonly logger = new Logger('CommercialModule');

  constructor(
    private readonly options: CommercialOptions,
    private readonly plans: DeclaredPlans,
    private readonly administrators: Administrators,
  ) {}

  /**
   * When every module is initialised: StartChecks have found the options sound, and a new administrator gets the free
   * plan.
   * @throws SetupError where a plan that is there contradicts the options
   */
  async onApplicationBootstrap(): Promise<void> {
    await this.sell();
    const { administrator } = this.options;
    if (administrator && 'password' in administrator) {
      await this.administrators.ensureAdministrator(administrator);
    }
  }

  private async sell(): Promise<void> {
    const { plans: declared, resources, features } = this.options;
    if (declared === undefined) return;
    const quotaTypes = [...new Set(Object.values(resources ?? DEFAULT_RESOURCES))];
    const { plans } = await readPlans(declared, {
      quotaTypes,
      ...(features === undefined ? {} : { features }),
    });
    const changed = await this.plans.publish(plans).catch((error: unknown) => {
      if (error instanceof OtherCycle) throw new SetupError([`plans: ${error.message}.`]);
      throw new SetupError(faultsOf(error).map((fault) => `plans: ${fault}.`));
    });
    if (changed.length > 0) this.logger.log(`Put on sale as the options declare: ${changed.join(', ')}`);
  }
}
