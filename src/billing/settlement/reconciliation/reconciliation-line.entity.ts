import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A bill's line while its comparison runs; removed afterwards. */
@Entity({ schema: 'commercial', name: 'reconciliation_lines' })
@Check('reconciliation_lines_kind', `kind IN ('payment', 'refund')`)
export class ReconciliationLine {
  @PrimaryColumn('uuid', {
    name: 'reconciliation_id',
    primaryKeyConstraintName: 'reconciliation_lines_pkey',
  })
  reconciliationId: string;

  /** Where it stands in the bill, from 1. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'reconciliation_lines_pkey' })
  line: number;

  @Column('text')
  kind: 'payment' | 'refund';

  @Column('text', { name: 'order_id' })
  orderId: string;

  @Column('text', { name: 'refund_no', nullable: true })
  refundNo: string | null;

  @Column('text', { name: 'trade_no' })
  tradeNo: string;

  @Column('bigint', { name: 'amount_fen' })
  amountFen: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;
}
