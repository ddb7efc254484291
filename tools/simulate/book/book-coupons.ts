import type { EntityManager } from 'typeorm';
import { Coupon } from '../../../src/billing/catalog/coupons/coupon.entity.js';
import { Coupons } from '../../../src/billing/ledger/redemptions/coupons.service.js';

/** The coupons' service, with its guarded statement on the book: nobody else writes between question and answer. */
export class BookCoupons extends Coupons {
  protected override async count(manager: EntityManager, couponId: string, by: 1 | -1): Promise<boolean> {
    const { redeemed, maxRedemptions } = await manager.findOneByOrFail(Coupon, { id: couponId });
    if (by > 0 && redeemed === maxRedemptions) return false;
    await manager.update(Coupon, { id: couponId }, { redeemed: redeemed + by });
    return true;
  }
}
