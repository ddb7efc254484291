import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type UsageStatus = 'consumed' | 'held' | 'released';

export interface UsageDraw {
  balanceId: string;
  amount: number;
}

/**
 * Every debit. The costs that are not released add up to `used` of their balance, at every moment.
 *
 * Partitioned by the month of `id`, which its migration declares, not this class. No foreign key leads from here to the
 * balance: the statement that writes the row has just debited it, and the check would cost every debit a lock on it.
 */
@Entity({ schema: 'commercial', name: 'usage_logs' })
@Index('usage_logs_account', ['accountId', 'createdAt', 'id'])
@Index('usage_logs_created', ['createdAt', 'id'])
@Check('usage_logs_cost', `cost > 0`)
@Check('usage_logs_status', `status IN ('consumed', 'held', 'released')`)
export class UsageLog {
  /** Made by the caller, so that a lost answer can be looked up. A UUIDv7 finds its month's partition. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'usage_logs_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  /** The first balance that it drew on. */
  @Column('uuid', { name: 'balance_id' })
  balanceId: string;

  /** What was drawn from which balance, where it was more than one; null where all of the cost is `balanceId`'s. */
  @Column('jsonb', { nullable: true })
  draws: readonly UsageDraw[] | null;

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
