import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { In, Not, type EntityManager } from 'typeorm';
import { Problem } from '../../../problems/problem.js';
import type { Sentence } from '../../../problems/sentence.js';
import { Clock } from '../../../time/clock.js';
import { Order } from '../records/order.entity.js';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { CouponRedemption } from '../records/coupon-redemption.entity.js';
import { Coupon } from '../../catalog/coupons/coupon.entity.js';
import { discountFen } from '../../catalog/coupons/discount.js';
import { redemptionTransitions, type RedemptionStatus } from '../records/redemption-status.js';

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

/** By which a user has had a coupon, or is about to. All but the last count as one of its number. */
const STANDING: RedemptionStatus[] = ['reserved', 'redeemed', 'honoured'];

const COUPON_USED = {
  en: 'the coupon was used for another order of the same user',
  'zh-CN': '优惠券已用于其他订单',
};

/**
 * Uses coupons, inside the transactions of the orders. An order reserves its coupon, so that the last one is given once;
 * paid, it has redeemed it; once nobody can pay it any more, it gives it back. A refund doesn't. A later order of the
 * same user takes the use along, and of the two the one that is paid first has it. Everything that moves a use holds
 * the coupon's row until its transaction ends. Lock order: payment, account, coupon.
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
    waiting: readonly Order[],
  ): Promise<void> {
    const { id: couponId, maxRedemptions, redeemed, code: couponCode } = coupon;
    const held = await manager.findOneBy(CouponRedemption, { couponId, userId, status: In(STANDING) });
    if (held && (await passesOn(manager, held, waiting))) return;
    const params = { couponCode };
    if (held) throw new Problem('COUPON_ALREADY_USED', { params });
    if (maxRedemptions !== null && redeemed >= maxRedemptions) {
      throw new Problem('COUPON_USED_UP', { params });
    }
  }

  /**
   * Takes one of the coupon's number for an order, or the one that the user's former order had.
   *
   * @param replaced orders that are still open, and that this one takes the place of; those that are closed don't count
   * @throws Problem COUPON_USED_UP, COUPON_ALREADY_USED
   */
  async redeem(
    manager: EntityManager,
    { coupon, ...amounts }: Discount,
    redeemer: Redeemer,
    replaced: readonly Order[] = [],
  ): Promise<void> {
    await lock(manager, coupon.id);
    const { userId } = redeemer;
    const held = await manager.findOneBy(CouponRedemption, {
      couponId: coupon.id,
      userId,
      status: In(STANDING),
    });
    const takesAlong = held !== null && (await passesOn(manager, held, replaced));
    const params = { couponCode: coupon.code };
    if (held && !takesAlong) throw new Problem('COUPON_ALREADY_USED', { params });
    if (takesAlong) await this.move(manager, held, 'passed_on');
    await manager.insert(CouponRedemption, {
      id: uuid(),
      couponId: coupon.id,
      ...redeemer,
      ...amounts,
      status: redeemer.paymentId === null ? 'redeemed' : 'reserved',
      createdAt: this.clock.now(),
    });
    if (takesAlong) return;
    if (!(await this.count(manager, coupon.id, 1))) throw new Problem('COUPON_USED_UP', { params });
  }

  /** Why an order that is paid can't have its price; null where it can. */
  async obstacle(manager: EntityManager, paymentId: string): Promise<Sentence | null> {
    const redemption = await this.locked(manager, paymentId);
    if (!redemption) return null;
    const other = await otherUse(manager, redemption);
    return other && other.status !== 'reserved' ? COUPON_USED : null;
  }

  /**
   * The order was paid, and what it bought given. Paid before a later order that had taken its use along, it takes that
   * back; paid late, when the coupon is free again, its price stands all the same.
   */
  async paid(manager: EntityManager, paymentId: string): Promise<void> {
    const redemption = await this.locked(manager, paymentId);
    if (!redemption) return;
    if (redemption.status === 'reserved') return this.move(manager, redemption, 'redeemed');
    const other = await otherUse(manager, redemption);
    if (!other) return this.move(manager, redemption, 'honoured');
    await this.move(manager, other, 'passed_on');
    await this.move(manager, redemption, 'redeemed');
  }

  /** The order can't be paid any more, or its money goes back at once. A second time changes nothing. */
  async released(manager: EntityManager, paymentId: string): Promise<void> {
    const redemption = await this.locked(manager, paymentId);
    if (!redemption || !redemptionTransitions.allows(redemption.status, 'released')) return;
    await this.move(manager, redemption, 'released');
    if (redemption.status === 'reserved') await this.count(manager, redemption.couponId, -1);
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

  /** An order's use, as it is once the coupon's row is held. */
  private async locked(manager: EntityManager, paymentId: string): Promise<CouponRedemption | null> {
    const redemption = await manager.findOneBy(CouponRedemption, { paymentId });
    if (!redemption) return null;
    await lock(manager, redemption.couponId);
    return manager.findOneByOrFail(CouponRedemption, { id: redemption.id });
  }

  private async move(
    manager: EntityManager,
    { id, status }: CouponRedemption,
    to: RedemptionStatus,
  ): Promise<void> {
    await manager.update(CouponRedemption, { id }, { status: redemptionTransitions.move(status, to) });
  }
}

/** Whoever moves a use takes turns, over all accounts of a user. */
async function lock(manager: EntityManager, id: string): Promise<void> {
  await manager.findOneOrFail(Coupon, { where: { id }, lock: { mode: 'for_no_key_update' } });
}

/** The same user's other order that has the coupon, or had it. */
function otherUse(
  manager: EntityManager,
  { id, couponId, userId }: CouponRedemption,
): Promise<CouponRedemption | null> {
  return manager.findOneBy(CouponRedemption, { id: Not(id), couponId, userId, status: In(STANDING) });
}

/** Whether a later order may take the use along: that of an order which is closed, or which it takes the place of. */
async function passesOn(
  manager: EntityManager,
  { status, paymentId }: CouponRedemption,
  replaced: readonly Order[],
): Promise<boolean> {
  if (status !== 'reserved') return false;
  if (replaced.some(({ id }) => id === paymentId)) return true;
  const order = await manager.findOneByOrFail(Order, { id: paymentId! });
  return order.status !== 'pending';
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
