import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { QuotaBalance } from '../balances/quota-balance.entity.js';

export type UsageStatus = 'consumed' | 'held' | 'released';

/** Every debit. The costs that are not released add up to `used` of their balance, at every moment. */
@Entity({ schema: 'commercial', name: 'usage_logs' })
@Index('usage_logs_account', ['accountId', 'createdAt', 'id'])
@Index('usage_logs_balance', ['balanceId'])
@Check('usage_logs_cost', `cost > 0`)
@Check('usage_logs_status', `status IN ('consumed', 'held', 'released')`)
export class UsageLog {
  /** Made by the caller, so that a lost answer can be looked up. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'usage_logs_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('uuid', { name: 'balance_id' })
  balanceId: string;

  @ManyToOne(() => QuotaBalance, { nullable: false })
  @JoinColumn({ name: 'balance_id', foreignKeyConstraintName: 'usage_logs_balance_fkey' })
  balance?: QuotaBalance;

  @Column('text', { name: 'resource_type' })
  resourceType: string;

  @Column('text', { name: 'resource_id', nullable: true })
  resourceId: string | null;

  @Column('integer')
  cost: number;

  @Column('text')
  status: UsageStatus;

  @Column('jsonb', { nullable: true })
  metadata: Record<string, unknown> | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
