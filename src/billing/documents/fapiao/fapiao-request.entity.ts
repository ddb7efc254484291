import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Order } from '../../ledger/records/order.entity.js';
import type { FapiaoStatus } from './fapiao-status.js';

export type FapiaoKind = 'personal' | 'company';

/** What a customer wants a fapiao for, and what became of it. */
@Entity({ schema: 'commercial', name: 'fapiao_requests' })
@Index('fapiao_requests_live', ['paymentId'], {
  unique: true,
  where: `status IN ('requested', 'issued', 'red_letter_due')`,
})
@Index('fapiao_requests_payment', ['paymentId', 'createdAt'])
@Index('fapiao_requests_by_status', ['status', 'createdAt', 'id'])
@Check('fapiao_requests_kind', `kind IN ('personal', 'company')`)
@Check('fapiao_requests_company_has_tax_number', `kind = 'personal' OR tax_number IS NOT NULL`)
@Check('fapiao_requests_amount', `amount_fen > 0`)
@Check(
  'fapiao_requests_status',
  `status IN ('requested', 'issued', 'rejected', 'withdrawn', 'red_letter_due', 'red_issued')`,
)
@Check(
  'fapiao_requests_issued_has_number',
  `(number IS NOT NULL) = (status IN ('issued', 'red_letter_due', 'red_issued'))`,
)
@Check('fapiao_requests_red_has_number', `(red_number IS NOT NULL) = (status = 'red_issued')`)
export class FapiaoRequest {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'fapiao_requests_pkey' })
  id: string;

  @Column('uuid', { name: 'payment_id' })
  paymentId: string;

  @ManyToOne(() => Order, { nullable: false })
  @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'fapiao_requests_payment_fkey' })
  payment?: Order;

  @Column('text', { name: 'order_id' })
  orderId: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('text')
  kind: FapiaoKind;

  /** The name on the fapiao (发票抬头). */
  @Column('text')
  title: string;

  @Column('text', { name: 'tax_number', nullable: true })
  taxNumber: string | null;

  /** Where it is sent. */
  @Column('text')
  email: string;

  /** What was paid less what had gone back when it was issued. */
  @Column('integer', { name: 'amount_fen' })
  amountFen: number;

  @Column('text')
  status: FapiaoStatus;

  /** The fapiao's own, from the tax system. */
  @Column('text', { nullable: true })
  number: string | null;

  @Column('text', { name: 'red_number', nullable: true })
  redNumber: string | null;

  /** Why it was turned down. */
  @Column('text', { nullable: true })
  reason: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date;
}
