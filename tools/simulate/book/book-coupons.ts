import { In, type EntityManager } from 'typeorm';
import { CouponRedemption } from '../../../src/billing/ledger/records/coupon-redemption.entity.js';
import { Coupon } from '../../../src/billing/catalog/coupons/coupon.entity.js';
import { Coupons } from '../../../src/billing/ledger/redemptions/coupons.service.js';

/** The coupons' service, with its two guarded statements on the book: nobody else writes between question and answer. */
export class BookCoupons extends Coupons {
  protected override async enter(manager: EntityManager, redemption: CouponRedemption): Promise<boolean> {
    const { couponId, userId } = redemption;
    const same = { couponId, userId, status: In(['reserved', 'redeemed']) };
    if (await manager.existsBy(CouponRedemption, same)) return false;
    await manager.insert(CouponRedemption, redemption);
    return true;
  }

  protected override async count(manager: EntityManager, couponId: string, by: 1 | -1): Promise<boolean> {
    const { redeemed, maxRedemptions } = await manager.findOneByOrFail(Coupon, { id: couponId });
    if (by > 0 && redeemed === maxRedemptions) return false;
    await manager.update(Coupon, { id: couponId }, { redeemed: redeemed + by });
    return true;
  }
}
