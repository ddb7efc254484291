import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * - `running`: under way, or its process died
 * - `done`: compared through to the end
 * - `unavailable`: the channel has no bill of that day yet; try again later
 * - `failed`: see `error`
 */
export type ReconciliationStatus = 'running' | 'done' | 'unavailable' | 'failed';

/** One comparison of one channel's bill of one day with what is recorded here. */
@Entity({ schema: 'commercial', name: 'reconciliations' })
@Index('reconciliations_newest', ['createdAt', 'id'])
@Check('reconciliations_status', `status IN ('running', 'done', 'unavailable', 'failed')`)
export class Reconciliation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reconciliations_pkey' })
  id: string;

  @Column('text')
  provider: string;

  /** The day in Beijing. */
  @Column('date', { name: 'bill_date' })
  billDate: string;

  @Column('text')
  status: ReconciliationStatus;

  /** The bill's lines, and those that agree with a payment or refund here. */
  @Column('integer', { default: 0 })
  lines: number;

  @Column('integer', { default: 0 })
  matched: number;

  /** Whether the channel had no bill of the day, and there was nothing here that it could lack. */
  @Column('boolean', { name: 'without_bill', default: false })
  withoutBill: boolean;

  @Column('text', { nullable: true })
  error: string | null;

  /** The administrator who asked; null for the daily job and the command line. */
  @Column('uuid', { name: 'requested_by', nullable: true })
  requestedBy: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt: Date | null;
}
