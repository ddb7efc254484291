import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../auth/accounts/account.entity.js';
import { Subscription } from '../../billing/subscriptions/subscription.entity.js';

/** One grant of quota: so much of one type for one account, within a time. */
@Entity({ schema: 'commercial', name: 'quota_balances' })
@Index('quota_balances_period_key', ['subscriptionId', 'quotaType', 'validFrom'], { unique: true })
@Index('quota_balances_live', ['accountId', 'quotaType', 'validUntil'])
@Check('quota_balances_used', `used BETWEEN 0 AND granted`)
@Check('quota_balances_time', `valid_until >= valid_from`)
export class QuotaBalance {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quota_balances_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'quota_balances_account_fkey' })
  account?: Account;

  @Column('uuid', { name: 'subscription_id' })
  subscriptionId: string;

  @ManyToOne(() => Subscription, { nullable: false })
  @JoinColumn({ name: 'subscription_id', foreignKeyConstraintName: 'quota_balances_subscription_fkey' })
  subscription?: Subscription;

  @Column('text', { name: 'quota_type' })
  quotaType: string;

  @Column('integer')
  granted: number;

  @Column('integer', { default: 0 })
  used: number;

  @Column({ type: 'timestamptz', name: 'valid_from', precision: 3 })
  validFrom: Date;

  /** Exclusive. The end of the quota period, or the moment its subscription ended. */
  @Column({ type: 'timestamptz', name: 'valid_until', precision: 3 })
  validUntil: Date;
}
