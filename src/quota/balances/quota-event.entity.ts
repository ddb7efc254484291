import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { QuotaBalance } from './quota-balance.entity.js';

/** A balance has reached a threshold. Written with the debit that reached it, at most once for each. */
@Entity({ schema: 'commercial', name: 'quota_events' })
@Index('quota_events_once', ['balanceId', 'percent'], { unique: true })
@Index('quota_events_undelivered', ['createdAt'], { where: 'delivered_at IS NULL' })
export class QuotaEvent {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quota_events_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'balance_id' })
  balanceId: string;

  @ManyToOne(() => QuotaBalance, { nullable: false })
  @JoinColumn({ name: 'balance_id', foreignKeyConstraintName: 'quota_events_balance_fkey' })
  balance?: QuotaBalance;

  @Column('text', { name: 'quota_type' })
  quotaType: string;

  /** 80 or 100, of what the balance grants. */
  @Column('smallint')
  percent: number;

  /** What was used of the balance when it got there. */
  @Column('integer')
  used: number;

  @Column('integer')
  granted: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  /** Null until every listener has heard of it. */
  @Column({ type: 'timestamptz', name: 'delivered_at', precision: 3, nullable: true })
  deliveredAt: Date | null;
}
