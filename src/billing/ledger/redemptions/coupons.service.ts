import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { In, type EntityManager } from 'typeorm';
import { insertNew } from '../../../database/insert-new.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import type { PaymentTransaction } from '../records/payment-transaction.entity.js';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { CouponRedemption } from '../records/coupon-redemption.entity.js';
import { Coupon } from '../../catalog/coupons/coupon.entity.js';
import { discountFen } from '../../catalog/coupons/discount.js';
import { redemptionTransitions, type RedemptionStatus } from '../records/redemption-status.js';
import type { Sentence } from '../../../problems/sentence.js';

/** What a coupon is worth for a plan. */
export interface Discount {
  coupon: Coupon;
  /** Before the discount. */
  priceFen: number;
  discountFen: number;
}

/** Who has the coupon, and for what. */
export interface Redeemer {
  userId: string;
  accountId: string;
  subscriptionId: string;
  /** The id that the order's payment will have; null where nothing is left to pay. */
  paymentId: string | null;
}

/**
 * Uses coupons, inside the transactions of the orders. An order reserves its coupon, so that the last one is given once;
 * paid, it has redeemed it; closed unpaid, it gives it back. A refund doesn't.
 */
@Injectable()
export class Coupons {
  constructor(private readonly clock: Clock) {}

  /** What a coupon takes off a plan's price now. @throws Problem COUPON_INVALID */
  async discount(manager: EntityManager, written: string, plan: SubscriptionPlan): Promise<Discount> {
    const couponCode = written.toUpperCase();
    const coupon = await manager.findOneBy(Coupon, { code: couponCode });
    const fault = coupon ? faultOf(coupon, plan, this.clock.now()) : UNKNOWN;
    if (!coupon || fault !== null) {
      throw new Problem('COUPON_INVALID', { params: { couponCode, reason: fault! } });
    }
    const { priceFen } = plan;
    return { coupon, priceFen, discountFen: discountFen(coupon, priceFen) };
  }

  /**
   * Looks whether a user could redeem it now, and changes nothing.
   *
   * @param waiting orders that the new one would take the place of: what they have would be free
   * @throws Problem COUPON_USED_UP, COUPON_ALREADY_USED
   */
  async requireRedeemable(
    manager: EntityManager,
    { coupon }: Discount,
    userId: string,
    waiting: readonly PaymentTransaction[],
  ): Promise<void> {
    const { id: couponId, maxRedemptions, redeemed, code: couponCode } = coupon;
    const standing = { couponId, userId, status: In(['reserved', 'redeemed']) };
    const held = await manager.findOneBy(CouponRedemption, standing);
    if (held && waiting.some(({ id }) => id === held.paymentId)) return;
    const params = { couponCode };
    if (held) throw new Problem('COUPON_ALREADY_USED', { params });
    if (maxRedemptions !== null && redeemed >= maxRedemptions) {
      throw new Problem('COUPON_USED_UP', { params });
    }
  }

  /** Takes one of the coupon's number for an order. @throws Problem COUPON_USED_UP, COUPON_ALREADY_USED */
  async redeem(manager: EntityManager, { coupon, ...amounts }: Discount, redeemer: Redeemer): Promise<void> {
    const entered = await this.enter(manager, {
      id: uuid(),
      couponId: coupon.id,
      ...redeemer,
      ...amounts,
      status: redeemer.paymentId === null ? 'redeemed' : 'reserved',
      createdAt: this.clock.now(),
    });
    const params = { couponCode: coupon.code };
    if (!entered) throw new Problem('COUPON_ALREADY_USED', { params });
    if (!(await this.count(manager, coupon.id, 1))) throw new Problem('COUPON_USED_UP', { params });
  }

  /** The order was paid, and what it bought given. Late, when the coupon is free again, its price stands all the same. */
  async paid(manager: EntityManager, paymentId: string): Promise<void> {
    const redemption = await this.of(manager, paymentId);
    if (!redemption) return;
    await this.move(manager, redemption, redemption.status === 'released' ? 'honoured' : 'redeemed');
  }

  /** The order can't be paid any more, or its money goes back at once. A second time changes nothing. */
  async released(manager: EntityManager, paymentId: string): Promise<void> {
    const redemption = await this.of(manager, paymentId);
    if (redemption?.status !== 'reserved') return;
    await this.move(manager, redemption, 'released');
    await this.count(manager, redemption.couponId, -1);
  }

  /** @returns false where the user has the coupon already, by an order that stands. */
  protected enter(manager: EntityManager, redemption: CouponRedemption): Promise<boolean> {
    return insertNew(manager, CouponRedemption, redemption);
  }

  /** Takes one of the coupon's number or gives it back, under its row's lock. @returns whether there was one left. */
  protected async count(manager: EntityManager, couponId: string, by: 1 | -1): Promise<boolean> {
    const [rows] = (await manager.query(
      `UPDATE commercial.coupons SET redeemed = redeemed + $2::integer
       WHERE id = $1 AND (max_redemptions IS NULL OR redeemed + $2::integer <= max_redemptions) RETURNING id`,
      [couponId, by],
    )) as [unknown[], number];
    return rows.length > 0;
  }

  private of(manager: EntityManager, paymentId: string): Promise<CouponRedemption | null> {
    return manager.findOneBy(CouponRedemption, { paymentId });
  }

  private async move(
    manager: EntityManager,
    { id, status }: CouponRedemption,
    to: RedemptionStatus,
  ): Promise<void> {
    await manager.update(CouponRedemption, { id }, { status: redemptionTransitions.move(status, to) });
  }
}

function faultOf(
  { startsAt, endsAt, planCodes }: Coupon,
  plan: SubscriptionPlan,
  now: Date,
): Sentence | null {
  if (plan.priceFen === 0) return FREE_PLAN;
  if (startsAt && now < startsAt) return from(startsAt.toISOString());
  if (endsAt && now >= endsAt) return ended(endsAt.toISOString());
  if (planCodes && !planCodes.includes(plan.code)) return forPlans(planCodes.join(', '));
  return null;
}

/** Why no coupon is taken with a plan that costs nothing. */
export const FREE_PLAN: Sentence = { en: 'the plan is free', 'zh-CN': '该计划免费' };

const UNKNOWN: Sentence = { en: 'it is unknown', 'zh-CN': '优惠券不存在' };

function from(start: string): Sentence {
  return { en: `it is good from ${start} on`, 'zh-CN': `自 ${start} 起可用` };
}

function ended(end: string): Sentence {
  return { en: `it ended at ${end}`, 'zh-CN': `已于 ${end} 结束` };
}

function forPlans(codes: string): Sentence {
  return { en: `it is for the plans ${codes}`, 'zh-CN': `仅适用于计划 ${codes}` };
}
