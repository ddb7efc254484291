import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../auth/identity/users/account.entity.js';
import { Subscription } from '../../billing/ledger/records/subscription.entity.js';

/**
 * - `plan`: what a subscription gives for one quota period
 * - `topup`: bought by itself
 * - `promotion`: given by an administrator
 */
export type BalanceKind = 'plan' | 'topup' | 'promotion';

/**
 * One grant of quota: so much of one type for one account, within a time. Of several, the one that expires first is
 * used first, and of those the oldest.
 */
@Entity({ schema: 'commercial', name: 'quota_balances' })
@Index('quota_balances_period_key', ['subscriptionId', 'quotaType', 'validFrom'], { unique: true })
@Index('quota_balances_live', ['accountId', 'quotaType', 'validUntil', 'createdAt', 'id'])
@Check('quota_balances_used', `used BETWEEN carried AND greatest(granted::bigint + overage_cap, carried)`)
@Check('quota_balances_carried', `carried >= 0`)
@Check('quota_balances_granted', `granted >= 0 AND overage_cap >= 0`)
@Check('quota_balances_time', `valid_until >= valid_from`)
@Check('quota_balances_kind', `kind IN ('plan', 'topup', 'promotion')`)
@Check('quota_balances_plan', `(kind = 'plan') = (subscription_id IS NOT NULL)`)
@Check('quota_balances_alerted', `alerted IN (0, 80, 100)`)
export class QuotaBalance {
  /** Made by whoever grants: granting twice under one id grants once. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quota_balances_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'quota_balances_account_fkey' })
  account?: Account;

  @Column('text', { default: 'plan' })
  kind: BalanceKind;

  /** Of a plan's balance; null otherwise. */
  @Column('uuid', { name: 'subscription_id', nullable: true })
  subscriptionId: string | null;

  @ManyToOne(() => Subscription, { nullable: true })
  @JoinColumn({ name: 'subscription_id', foreignKeyConstraintName: 'quota_balances_subscription_fkey' })
  subscription?: Subscription | null;

  @Column('text', { name: 'quota_type' })
  quotaType: string;

  @Column('integer')
  granted: number;

  /** Held and consumed, `carried` included: after a change to a smaller plan it may be more than is granted. */
  @Column('integer', { default: 0 })
  used: number;

  /** How much of `used` was used of the former plan's balance in the same month, and is on record there. */
  @Column('integer', { default: 0 })
  carried: number;

  /** Of a balance whose plan was changed within its month: the one in which that month goes on. Nothing draws on it any more. */
  @Column('uuid', { name: 'carried_to', nullable: true })
  carriedTo: string | null;

  /** Whether its plan was left for one bought in full: what was used of it is paid for, and its month goes on nowhere. */
  @Column('boolean', { name: 'paid_for', default: false })
  paidFor: boolean;

  /** How much may be used beyond what is granted, once every balance is used up; 0 refuses. */
  @Column('integer', { name: 'overage_cap', default: 0 })
  overageCap: number;

  /** The highest threshold, in percent of what is granted, that was reported; 0 for none. */
  @Column('smallint', { default: 0 })
  alerted: number;

  @Column({ type: 'timestamptz', name: 'valid_from', precision: 3 })
  validFrom: Date;

  /** Exclusive. The end of the quota period, or the moment its subscription ended; its beginning with `carriedTo`. */
  @Column({ type: 'timestamptz', name: 'valid_until', precision: 3 })
  validUntil: Date;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt: Date;
}
