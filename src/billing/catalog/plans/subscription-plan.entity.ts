import { Check, Column, Entity, Index, OneToMany, PrimaryColumn } from 'typeorm';
import { PlanQuota } from './plan-quota.entity.js';

export type BillingCycle = 'monthly' | 'yearly';

/**
 * One immutable version of a plan (the database refuses to change one). A change is a new row; a subscription pins the
 * row it was bought as.
 */
@Entity({ schema: 'commercial', name: 'subscription_plans' })
@Index('subscription_plans_code_version_key', ['code', 'version'], { unique: true })
@Check('subscription_plans_price', `price_fen >= 0`)
@Check('subscription_plans_cycle', `billing_cycle IN ('monthly', 'yearly')`)
@Check('subscription_plans_trial', `trial_days BETWEEN 0 AND 366`)
@Check('subscription_plans_status', `status IN ('active', 'archived')`)
export class SubscriptionPlan {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'subscription_plans_pkey' })
  id: string;

  @Column('text')
  code: string;

  @Column('integer')
  version: number;

  @Column('text')
  name: string;

  @Column('text')
  description: string;

  @Column('integer', { name: 'price_fen' })
  priceFen: number;

  @Column('text')
  currency: string;

  @Column('text', { name: 'billing_cycle' })
  billingCycle: BillingCycle;

  /** Data for the host; its keys are kept as written. */
  @Column('jsonb')
  features: Record<string, unknown>;

  /** How long the plan can be tried without paying; 0 for not at all. */
  @Column('integer', { name: 'trial_days', default: 0 })
  trialDays: number;

  /**
   * From then on, subscribers of older versions move to this one, each at the next period's end. Null: they keep theirs
   * until they change.
   */
  @Column({ type: 'timestamptz', name: 'migrate_at', precision: 3, nullable: true })
  migrateAt: Date | null;

  /** Whether the plan is on sale: the same for all versions of one code, and the only column that ever moves. */
  @Column('text')
  status: 'active' | 'archived';

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @OneToMany(() => PlanQuota, (quota) => quota.plan)
  quotas: PlanQuota[];
}
