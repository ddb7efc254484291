import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import { Problem } from '../../problems/problem.js';
import { Clock } from '../../time/clock.js';
import { CouponRedemption } from './coupon-redemption.entity.js';
import { Coupon } from './coupon.entity.js';
import { discountFen } from './discount.js';
import { redemptionTransitions, type RedemptionStatus } from './redemption-status.js';
import type { Sentence } from '../../problems/sentence.js';

/** What a coupon is to be used for. */
export interface Redemption {
  code: string;
  userId: string;
  accountId: string;
  subscriptionId: string;
  /** The id that the order's payment will have, where something is left to pay. */
  paymentId: string;
  planCode: string;
  /** Before the discount. */
  priceFen: number;
}

/**
 * Uses coupons, inside the transactions of the orders. An order reserves its coupon, so that the last one is given once;
 * paid, it has redeemed it; closed unpaid, it gives it back. A refund doesn't.
 */
@Injectable()
export class Coupons {
  constructor(private readonly clock: Clock) {}

  /**
   * @returns what is left to pay, in fen; at 0 there is to be no payment
   * @throws Problem COUPON_INVALID, COUPON_USED_UP, COUPON_ALREADY_USED
   */
  async redeem(manager: EntityManager, redemption: Redemption): Promise<number> {
    const { userId, accountId, subscriptionId, planCode, priceFen } = redemption;
    const now = this.clock.now();
    const coupon = await this.valid(manager, redemption.code, planCode, now);
    const off = discountFen(coupon, priceFen);
    const leftFen = priceFen - off;
    const entered = await this.enter(manager, {
      id: uuid(),
      couponId: coupon.id,
      userId,
      accountId,
      subscriptionId,
      paymentId: leftFen === 0 ? null : redemption.paymentId,
      priceFen,
      discountFen: off,
      status: leftFen === 0 ? 'redeemed' : 'reserved',
      createdAt: now,
    });
    const params = { couponCode: coupon.code };
    if (!entered) throw new Problem('COUPON_ALREADY_USED', { params });
    if (!(await this.count(manager, coupon.id, 1))) throw new Problem('COUPON_USED_UP', { params });
    return leftFen;
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
  protected async enter(manager: EntityManager, redemption: CouponRedemption): Promise<boolean> {
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(CouponRedemption)
      .values({ ...redemption })
      .orIgnore()
      .returning('id')
      .execute();
    return inserted.raw.length > 0;
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

  private async valid(manager: EntityManager, written: string, planCode: string, now: Date): Promise<Coupon> {
    const couponCode = written.toUpperCase();
    const coupon = await manager.findOneBy(Coupon, { code: couponCode });
    const fault = coupon ? faultOf(coupon, planCode, now) : UNKNOWN;
    if (coupon && fault === null) return coupon;
    throw new Problem('COUPON_INVALID', { params: { couponCode, reason: fault! } });
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

function faultOf({ startsAt, endsAt, planCodes }: Coupon, planCode: string, now: Date): Sentence | null {
  if (startsAt && now < startsAt) return from(startsAt.toISOString());
  if (endsAt && now >= endsAt) return ended(endsAt.toISOString());
  if (planCodes && !planCodes.includes(planCode)) return forPlans(planCodes.join(', '));
  return null;
}

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
