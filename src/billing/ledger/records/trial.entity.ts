import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../../auth/identity/users/account.entity.js';
import { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';

/** That a user has tried a plan: once ever, whichever, and once for each account. It stays when the trial is over. */
@Entity({ schema: 'commercial', name: 'trials' })
@Index('trials_account_key', ['accountId'], { unique: true })
@Index('trials_subscription_key', ['subscriptionId'], { unique: true })
export class Trial {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'trials_pkey' })
  userId: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'trials_account_fkey' })
  account?: Account;

  @Column('uuid', { name: 'subscription_id' })
  subscriptionId: string;

  /** The version that was tried. */
  @Column('uuid', { name: 'plan_id' })
  planId: string;

  @ManyToOne(() => SubscriptionPlan, { nullable: false })
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'trials_plan_fkey' })
  plan?: SubscriptionPlan;

  @Column({ type: 'timestamptz', name: 'started_at', precision: 3 })
  startedAt: Date;

  /** As it was given, also where the trial was ended earlier. */
  @Column({ type: 'timestamptz', name: 'ends_at', precision: 3 })
  endsAt: Date;
}
