import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { LessThanOrEqual, MoreThan, type DataSource, type EntityManager } from 'typeorm';
import { insertNew } from '../../../database/insert-new.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { PlanQuota } from './plan-quota.entity.js';
import { PLAN_SEEDS } from './plan-seeds.js';
import { SubscriptionPlan } from './subscription-plan.entity.js';

@Injectable()
export class PlansService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What is sold now, the cheapest first. */
  list(): Promise<SubscriptionPlan[]> {
    return this.dataSource
      .getRepository(SubscriptionPlan)
      .createQueryBuilder('plan')
      .leftJoinAndSelect('plan.quotas', 'quota')
      .where(`plan.status = 'active'`)
      .andWhere(
        `NOT EXISTS (SELECT FROM commercial.subscription_plans later
                     WHERE later.code = plan.code AND later.version > plan.version AND later.status = 'active')`,
      )
      .orderBy('plan.priceFen')
      .addOrderBy('plan.code')
      .addOrderBy('quota.quotaType')
      .getMany();
  }

  /** The version of a plan that is sold now. @throws Problem PLAN_NOT_FOUND */
  async onSale(
    planCode: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<SubscriptionPlan> {
    const plan = await this.findOnSale(planCode, manager);
    if (!plan) throw new Problem('PLAN_NOT_FOUND', { params: { planCode } });
    return plan;
  }

  /** As {@link onSale}; null where the plan is unknown or archived. */
  findOnSale(planCode: string, manager: EntityManager): Promise<SubscriptionPlan | null> {
    return manager.findOne(SubscriptionPlan, {
      where: { code: planCode, status: 'active' },
      relations: { quotas: true },
      order: { version: 'DESC' },
    });
  }

  /**
   * The version that a subscriber of `plan` goes on with where a period ends at `at`: the newest one that older
   * versions' subscribers move to by then, on sale or not; else `plan` itself.
   */
  async successor(plan: SubscriptionPlan, at: Date, manager: EntityManager): Promise<SubscriptionPlan> {
    const next = await manager.findOne(SubscriptionPlan, {
      where: { code: plan.code, version: MoreThan(plan.version), migrateAt: LessThanOrEqual(at) },
      relations: { quotas: true },
      order: { version: 'DESC' },
    });
    return next ?? plan;
  }

  /** Puts the first version of each seed in place. Running it again, or twice at once, changes nothing. */
  async seed(): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      for (const { quotas, ...seed } of PLAN_SEEDS) {
        const plan = {
          id: uuid(),
          version: 1,
          status: 'active' as const,
          createdAt: this.clock.now(),
          ...seed,
        };
        if (!(await insertNew(manager, SubscriptionPlan, plan))) continue;
        await manager.insert(
          PlanQuota,
          quotas.map((quota) => ({ ...quota, planId: plan.id, quotaPeriod: 'month' as const })),
        );
      }
    });
  }
}
