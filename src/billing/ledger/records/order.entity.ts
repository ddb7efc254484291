import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../../auth/identity/users/account.entity.js';
import { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { Subscription } from './subscription.entity.js';
import type { PaymentStatus } from './payment-status.js';

/**
 * - `subscription`: a plan by itself
 * - `renewal`: one more period of a subscription
 * - `change`: the difference to another plan
 * - `topup`: quota by itself
 */
export type PaymentPurpose = 'subscription' | 'renewal' | 'change' | 'topup';

/** One order at one channel. It is stored before the channel hears of it. */
@Entity({ schema: 'commercial', name: 'orders' })
@Index('orders_order_id_key', ['orderId'], { unique: true })
@Index('orders_trade_no_key', ['provider', 'providerTradeNo'], {
  unique: true,
  where: `provider_trade_no IS NOT NULL`,
})
@Index('orders_account', ['accountId', 'createdAt', 'id'])
@Index('orders_pending', ['expiresAt'], { where: `status = 'pending'` })
@Index('orders_paid', ['provider', 'paidAt'], { where: `paid_at IS NOT NULL` })
@Index('orders_check', ['checkAt'], { where: `check_at IS NOT NULL` })
@Check('orders_purpose', `purpose IN ('subscription', 'renewal', 'change', 'topup')`)
@Check('orders_bought', `purpose = 'topup' OR (plan_id IS NOT NULL AND subscription_id IS NOT NULL)`)
@Check('orders_amount', `amount_fen > 0`)
@Check('orders_refund_pending', `refund_pending_fen >= 0`)
@Check('orders_refunded', `refunded_fen BETWEEN 0 AND amount_fen`)
@Check('orders_status', `status IN ('pending', 'paid', 'closed', 'failed', 'partially_refunded', 'refunded')`)
@Check(
  'orders_paid_has_facts',
  `status IN ('pending', 'closed', 'failed') OR (paid_at IS NOT NULL AND provider_trade_no IS NOT NULL)`,
)
@Check(
  'orders_refund_status',
  `(status = 'refunded') = (refunded_fen = amount_fen) AND (status = 'partially_refunded') = (refunded_fen > 0 AND refunded_fen < amount_fen)`,
)
export class Order {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'orders_pkey' })
  id: string;

  /** 32 characters of `[0-9A-Za-z]`; the channel's `out_trade_no`. */
  @Column('text', { name: 'order_id' })
  orderId: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'orders_account_fkey' })
  account?: Account;

  /** Who ordered; the account owns. */
  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  provider: string;

  @Column('text')
  purpose: PaymentPurpose;

  /** What the buyer reads at the channel. */
  @Column('text', { default: '' })
  subject: string;

  /** Null for a top-up. */
  @Column('uuid', { name: 'plan_id', nullable: true })
  planId: string | null;

  @ManyToOne(() => SubscriptionPlan, { nullable: true })
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'orders_plan_fkey' })
  plan: SubscriptionPlan | null;

  /** Null for a top-up. */
  @Column('uuid', { name: 'subscription_id', nullable: true })
  subscriptionId: string | null;

  @ManyToOne(() => Subscription, { nullable: true })
  @JoinColumn({ name: 'subscription_id', foreignKeyConstraintName: 'orders_subscription_fkey' })
  subscription?: Subscription | null;

  @Column('integer', { name: 'amount_fen' })
  amountFen: number;

  @Column('text')
  currency: string;

  @Column('text')
  status: PaymentStatus;

  /** Σ of the refunds that succeeded, at the channel's own hand included. */
  @Column('integer', { name: 'refunded_fen', default: 0 })
  refundedFen: number;

  /** Σ of the refunds that have no outcome yet. Counted by `countPendingRefunds`. */
  @Column('integer', { name: 'refund_pending_fen', default: 0 })
  refundPendingFen: number;

  @Column('text', { name: 'provider_trade_no', nullable: true })
  providerTradeNo: string | null;

  @Column('text', { name: 'payment_url', nullable: true })
  paymentUrl: string | null;

  @Column('text', { name: 'qr_code', nullable: true })
  qrCode: string | null;

  /** The way to pay, as the provider names it; null where it has but one. */
  @Column('text', { nullable: true })
  method: string | null;

  /** What the page's script hands to the channel's own; null for all methods but JSAPI. */
  @Column('jsonb', { nullable: true })
  prepay: Record<string, string> | null;

  /** When the channel is asked next, by business time; null where nothing is left to find out. */
  @Column({ type: 'timestamptz', name: 'check_at', precision: 3, nullable: true })
  checkAt: Date | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt: Date;

  @Column({ type: 'timestamptz', name: 'paid_at', precision: 3, nullable: true })
  paidAt: Date | null;

  @Column({ type: 'timestamptz', name: 'closed_at', precision: 3, nullable: true })
  closedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
