import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Coupon } from '../../catalog/coupons/coupon.entity.js';
import type { RedemptionStatus } from './redemption-status.js';

/** One order's use of a coupon. */
@Entity({ schema: 'commercial', name: 'coupon_redemptions' })
@Index('coupon_redemptions_once_per_user', ['couponId', 'userId'], {
  unique: true,
  where: `status IN ('reserved', 'redeemed')`,
})
@Index('coupon_redemptions_payment_key', ['paymentId'], { unique: true, where: `payment_id IS NOT NULL` })
@Index('coupon_redemptions_subscription', ['subscriptionId'])
@Check('coupon_redemptions_status', `status IN ('reserved', 'redeemed', 'passed_on', 'released', 'honoured')`)
@Check('coupon_redemptions_discount', `discount_fen BETWEEN 0 AND price_fen`)
@Check('coupon_redemptions_paid', `payment_id IS NULL OR discount_fen < price_fen`)
export class CouponRedemption {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'coupon_redemptions_pkey' })
  id: string;

  @Column('uuid', { name: 'coupon_id' })
  couponId: string;

  @ManyToOne(() => Coupon, { nullable: false })
  @JoinColumn({ name: 'coupon_id', foreignKeyConstraintName: 'coupon_redemptions_coupon_fkey' })
  coupon?: Coupon;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'subscription_id' })
  subscriptionId: string;

  /** Null where nothing was left to be paid. */
  @Column('uuid', { name: 'payment_id', nullable: true })
  paymentId: string | null;

  /** Before the discount. */
  @Column('integer', { name: 'price_fen' })
  priceFen: number;

  @Column('integer', { name: 'discount_fen' })
  discountFen: number;

  @Column('text')
  status: RedemptionStatus;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
