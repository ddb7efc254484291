import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { PlanAdministration } from './plan-administration.service.js';
import { differences, type DeclaredPlan } from './plan-reading.js';
import { SubscriptionPlan } from './subscription-plan.entity.js';

/** A plan whose code is taken by one of another billing cycle, which a plan keeps for ever. */
export class OtherCycle extends Error {
  override readonly name = 'OtherCycle';

  constructor(code: string, kept: string) {
    super(`${code} is ${kept} and stays so; sell the other cycle under another code`);
  }
}

/** Puts plans on sale that the host declares in its code. */
@Injectable()
export class DeclaredPlans {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly administration: PlanAdministration,
  ) {}

  /**
   * Each plan that isn't there is made. Of one that is, a next version is made where no version says what is declared:
   * so an administrator's later version stays, and so does a newer one while a process of before starts once more.
   * Nothing is put on sale again that was taken off. Processes that start together make one version between them.
   *
   * @returns the codes of plans that were made, or got a version
   * @throws OtherCycle; Problem VALIDATION_FAILED where a free plan would cost, or the reverse
   */
  publish(plans: readonly DeclaredPlan[]): Promise<string[]> {
    return inTransaction(this.dataSource, async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('commercial.declared_plans'))`);
      const changed: string[] = [];
      for (const plan of plans) if (await this.ensure(manager, plan)) changed.push(plan.code);
      return changed;
    });
  }

  private async ensure(
    manager: EntityManager,
    { code, billingCycle, terms }: DeclaredPlan,
  ): Promise<boolean> {
    const versions = await manager.find(SubscriptionPlan, { where: { code }, relations: { quotas: true } });
    const [first] = versions;
    if (!first) {
      await this.administration.insertFirst(manager, null, code, billingCycle, terms);
      return true;
    }
    if (first.billingCycle !== billingCycle) throw new OtherCycle(code, first.billingCycle);
    if (versions.some((version) => differences(version, terms).length === 0)) return false;
    await this.administration.insertNext(manager, null, code, terms, null);
    return true;
  }
}
