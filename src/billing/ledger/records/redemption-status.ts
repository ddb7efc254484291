import { transitionTable } from './transition-table.js';

/**
 * - `reserved`: its order waits for the money
 * - `redeemed`: its order is paid, or had nothing left to be paid
 * - `released`: its order closed unpaid, or its money went back at once; the coupon is free again
 * - `honoured`: its order was paid after that all the same, at its price; the coupon doesn't count it any more
 */
export type RedemptionStatus = 'reserved' | 'redeemed' | 'released' | 'honoured';

export const redemptionTransitions = transitionTable<RedemptionStatus>('coupon redemption', {
  reserved: ['redeemed', 'released'],
  redeemed: [],
  released: ['honoured'],
  honoured: [],
});
