import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { SubscriptionPlan } from './subscription-plan.entity.js';

/** How much of one quota type a plan gives for each period. */
@Entity({ schema: 'commercial', name: 'plan_quotas' })
@Check('plan_quotas_limit', `quota_limit >= 0`)
@Check('plan_quotas_overage', `overage_cap >= 0`)
@Check('plan_quotas_period', `quota_period IN ('month')`)
export class PlanQuota {
  @PrimaryColumn('uuid', { name: 'plan_id', primaryKeyConstraintName: 'plan_quotas_pkey' })
  planId: string;

  // By name, since the plan's file imports this one.
  @ManyToOne('SubscriptionPlan', 'quotas', { nullable: false })
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'plan_quotas_plan_fkey' })
  plan?: Relation<SubscriptionPlan>;

  @PrimaryColumn('text', { name: 'quota_type', primaryKeyConstraintName: 'plan_quotas_pkey' })
  quotaType: string;

  @Column('integer', { name: 'quota_limit' })
  quotaLimit: number;

  /** How much may be used beyond the limit in each period, and is only reported; 0 refuses what doesn't fit. */
  @Column('integer', { name: 'overage_cap', default: 0 })
  overageCap: number;

  @Column('text', { name: 'quota_period' })
  quotaPeriod: 'month';
}
