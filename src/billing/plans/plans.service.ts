import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Problem } from '../../problems/problem.js';
import { Clock } from '../../time/clock.js';
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
    return this.dataSource.getRepository(SubscriptionPlan).find({
      where: { status: 'active' },
      relations: { quotas: true },
      order: { priceFen: 'ASC', code: 'ASC' },
    });
  }

  /** The version of a plan that is sold now. @throws Problem PLAN_NOT_FOUND */
  async onSale(
    planCode: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<SubscriptionPlan> {
    const plan = await manager.findOne(SubscriptionPlan, {
      where: { code: planCode, status: 'active' },
      relations: { quotas: true },
      order: { version: 'DESC' },
    });
    if (!plan) throw new Problem('PLAN_NOT_FOUND', { params: { planCode } });
    return plan;
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
        const inserted = await manager
          .createQueryBuilder()
          .insert()
          .into(SubscriptionPlan)
          .values(plan as never)
          .orIgnore()
          .returning('id')
          .execute();
        if (inserted.raw.length === 0) continue;
        await manager.insert(
          PlanQuota,
          quotas.map((quota) => ({ ...quota, planId: plan.id, quotaPeriod: 'month' as const })),
        );
      }
    });
  }
}
