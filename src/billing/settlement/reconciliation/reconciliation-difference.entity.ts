import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Reconciliation } from './reconciliation.entity.js';

/** `unreadable`: a row of the bill that can't be told apart; `detail` has it. */
export type DifferenceKind = 'missing_here' | 'missing_there' | 'amount_differs' | 'unreadable';

/** `settled`: the channel's word, asked once more, was entered here. `open`: for a person. */
export type DifferenceResolution = 'open' | 'settled';

/** What the bill and our records don't agree about. */
@Entity({ schema: 'commercial', name: 'reconciliation_differences' })
@Index('reconciliation_differences_run', ['reconciliationId', 'createdAt', 'id'])
@Index('reconciliation_differences_open', ['orderId'], { where: `resolution = 'open'` })
@Check(
  'reconciliation_differences_kind',
  `kind IN ('missing_here', 'missing_there', 'amount_differs', 'unreadable')`,
)
@Check('reconciliation_differences_entry', `entry IN ('payment', 'refund')`)
@Check(
  'reconciliation_differences_named',
  `(kind = 'unreadable') = (entry IS NULL) AND (kind = 'unreadable') = (order_id IS NULL)`,
)
@Check('reconciliation_differences_resolution', `resolution IN ('open', 'settled')`)
export class ReconciliationDifference {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reconciliation_differences_pkey' })
  id: string;

  @Column('uuid', { name: 'reconciliation_id' })
  reconciliationId: string;

  @ManyToOne(() => Reconciliation, { nullable: false })
  @JoinColumn({
    name: 'reconciliation_id',
    foreignKeyConstraintName: 'reconciliation_differences_run_fkey',
  })
  reconciliation?: Reconciliation;

  @Column('text')
  kind: DifferenceKind;

  /** Null for an unreadable row, as is the order. */
  @Column('text', { nullable: true })
  entry: 'payment' | 'refund' | null;

  @Column('text', { name: 'order_id', nullable: true })
  orderId: string | null;

  @Column('text', { name: 'refund_no', nullable: true })
  refundNo: string | null;

  @Column('text', { name: 'trade_no', nullable: true })
  tradeNo: string | null;

  /** What the bill says; null where the bill lacks it. */
  @Column('bigint', { name: 'channel_fen', nullable: true })
  channelFen: string | null;

  /** What is recorded here; null where nothing is. */
  @Column('bigint', { name: 'our_fen', nullable: true })
  ourFen: string | null;

  @Column('text')
  resolution: DifferenceResolution;

  /** For a person: what was found out about it. */
  @Column('text', { nullable: true })
  detail: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
