import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../../auth/identity/users/account.entity.js';
import { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import type { SubscriptionStatus } from './subscription-status.js';

@Entity({ schema: 'commercial', name: 'subscriptions' })
@Index('subscriptions_one_live_per_account', ['accountId'], { unique: true, where: `status = 'active'` })
@Index('subscriptions_account', ['accountId', 'createdAt'])
@Index('subscriptions_due', ['dueAt'], { where: `status = 'active' AND due_at IS NOT NULL` })
@Check(
  'subscriptions_status',
  `status IN ('pending', 'active', 'abandoned', 'replaced', 'refunded', 'expired', 'canceled')`,
)
@Check('subscriptions_period', `current_period_end > current_period_start`)
@Check('subscriptions_live_has_period', `status <> 'active' OR current_period_start IS NOT NULL`)
export class Subscription {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'subscriptions_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'subscriptions_account_fkey' })
  account?: Account;

  @Column('uuid', { name: 'plan_id' })
  planId: string;

  @ManyToOne(() => SubscriptionPlan, { nullable: false })
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'subscriptions_plan_fkey' })
  plan: SubscriptionPlan;

  @Column('text')
  status: SubscriptionStatus;

  /** Null until active. */
  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, nullable: true })
  startedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'current_period_start', precision: 3, nullable: true })
  currentPeriodStart: Date | null;

  /** Until when it is paid. Null for a free plan, which goes on until another replaces it. */
  @Column({ type: 'timestamptz', name: 'current_period_end', precision: 3, nullable: true })
  currentPeriodEnd: Date | null;

  /** `currentPeriodEnd` and the grace after it; null for a free plan. */
  @Column({ type: 'timestamptz', name: 'in_force_until', precision: 3, nullable: true })
  inForceUntil: Date | null;

  /** When its trial ends, or ended; null where it began otherwise. Paid periods begin there at the earliest. */
  @Column({ type: 'timestamptz', name: 'trial_ends_at', precision: 3, nullable: true })
  trialEndsAt: Date | null;

  @Column('boolean', { name: 'cancel_at_period_end', default: false })
  cancelAtPeriodEnd: boolean;

  /** The plan to go on with when the present one's paid time ends. */
  @Column('uuid', { name: 'scheduled_plan_id', nullable: true })
  scheduledPlanId: string | null;

  @ManyToOne(() => SubscriptionPlan, { nullable: true })
  @JoinColumn({ name: 'scheduled_plan_id', foreignKeyConstraintName: 'subscriptions_scheduled_plan_fkey' })
  scheduledPlan?: SubscriptionPlan | null;

  /** Everything that fell due until then has been seen to. */
  @Column({ type: 'timestamptz', name: 'handled_until', precision: 3, nullable: true })
  handledUntil: Date | null;

  /** When something falls due next, see due-dates.ts; null for never. */
  @Column({ type: 'timestamptz', name: 'due_at', precision: 3, nullable: true })
  dueAt: Date | null;

  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
