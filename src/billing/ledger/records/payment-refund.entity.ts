import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Order } from './order.entity.js';
import type { RefundStatus } from './refund-status.js';

/** Who wanted the money back: an administrator, our own rules, or somebody at the channel's merchant console. */
export type RefundOrigin = 'admin' | 'automatic' | 'channel';

/** One refund. Its number is made and stored before the channel is called; every retry carries it. */
@Entity({ schema: 'commercial', name: 'payment_refunds' })
@Index('payment_refunds_refund_no_key', ['refundNo'], { unique: true })
@Index('payment_refunds_payment', ['paymentId'])
@Index('payment_refunds_settled', ['settledAt'], { where: `status = 'succeeded'` })
@Index('payment_refunds_check', ['checkAt'], { where: `check_at IS NOT NULL` })
@Index('payment_refunds_open', ['createdAt'], { where: `status = 'pending'` })
@Check('payment_refunds_amount', `amount_fen > 0`)
@Check('payment_refunds_status', `status IN ('pending', 'succeeded', 'failed')`)
@Check('payment_refunds_origin', `origin IN ('admin', 'automatic', 'channel')`)
export class PaymentRefund {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payment_refunds_pkey' })
  id: string;

  /** Alipay's `out_request_no`, WeChat's `out_refund_no`. */
  @Column('text', { name: 'refund_no' })
  refundNo: string;

  @Column('uuid', { name: 'payment_id' })
  paymentId: string;

  @ManyToOne(() => Order, { nullable: false })
  @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'payment_refunds_payment_fkey' })
  payment: Order;

  @Column('integer', { name: 'amount_fen' })
  amountFen: number;

  @Column('text')
  status: RefundStatus;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text')
  origin: RefundOrigin;

  /** The administrator who asked; null for the other origins. */
  @Column('uuid', { name: 'requested_by', nullable: true })
  requestedBy: string | null;

  /** What the channel last said where it isn't done: for a person to read. */
  @Column('text', { name: 'channel_message', nullable: true })
  channelMessage: string | null;

  /** Whether the subscription ends with it, though it may be a partial one. */
  @Column('boolean', { name: 'ends_subscription', default: false })
  endsSubscription: boolean;

  /** When the channel is asked next, by business time; null once the refund is final. A refused one is asked for again then. */
  @Column({ type: 'timestamptz', name: 'check_at', precision: 3, nullable: true })
  checkAt: Date | null;

  /** How often it was asked by schedule; the gaps grow with it. */
  @Column('integer', { default: 0 })
  checks: number;

  /** How often it was asked for again by schedule after the channel had refused it. */
  @Column('integer', { default: 0 })
  retries: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  /** When the channel took it on, where it tells; WeChat Pay's bill names it on that day. */
  @Column({ type: 'timestamptz', name: 'accepted_at', precision: 3, nullable: true })
  acceptedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'settled_at', precision: 3, nullable: true })
  settledAt: Date | null;

  /** The day in Beijing whose bill named it; null: none has so far. */
  @Column('date', { name: 'billed_on', nullable: true })
  billedOn: string | null;
}
