import { Check, Column, Entity, JoinColumn, ManyToOne, OneToOne, PrimaryColumn } from 'typeorm';
import { PaymentAgreement } from './payment-agreement.entity.js';
import { Order } from './order.entity.js';

/** On what terms a renewal or a change was ordered: they stand, whenever the order is paid. */
@Entity({ schema: 'commercial', name: 'order_terms' })
@Check('order_terms_credit', `credit_fen >= 0 AND account_credit_fen >= 0`)
@Check('order_terms_charge', `(agreement_id IS NULL) = (period_start IS NULL)`)
export class OrderTerms {
  @PrimaryColumn('uuid', { name: 'payment_id', primaryKeyConstraintName: 'order_terms_pkey' })
  paymentId: string;

  @OneToOne(() => Order, { nullable: false })
  @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'order_terms_payment_fkey' })
  payment?: Order;

  /** The subscription that is renewed, or that is left for another plan. */
  @Column('uuid', { name: 'from_subscription_id' })
  fromSubscriptionId: string;

  /** What was unused of it when the order was made. */
  @Column('integer', { name: 'credit_fen' })
  creditFen: number;

  /** What the account's own credit pays. */
  @Column('integer', { name: 'account_credit_fen' })
  accountCreditFen: number;

  /** The agreement that a renewal is charged on; null where its buyer pays. */
  @Column('uuid', { name: 'agreement_id', nullable: true })
  agreementId: string | null;

  @ManyToOne(() => PaymentAgreement, { nullable: true })
  @JoinColumn({ name: 'agreement_id', foreignKeyConstraintName: 'order_terms_agreement_fkey' })
  agreement?: PaymentAgreement | null;

  /** Where the one period begins that a renewal is charged for; null where its buyer pays for whichever follows. */
  @Column({ type: 'timestamptz', name: 'period_start', precision: 3, nullable: true })
  periodStart: Date | null;
}
