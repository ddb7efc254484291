import { transitionTable } from './transition-table.js';

/**
 * - `reserved`: its order waits for the money
 * - `redeemed`: its order is paid, or had nothing left to be paid
 * - `passed_on`: a later order of the same user has it now; this one can take it back by being paid first
 * - `released`: nobody can pay its order any more, or the money went back at once; the coupon is free again
 * - `honoured`: its order was paid after that all the same, at its price; the coupon doesn't count it any more
 */
export type RedemptionStatus = 'reserved' | 'redeemed' | 'passed_on' | 'released' | 'honoured';

export const redemptionTransitions = transitionTable<RedemptionStatus>('coupon redemption', {
  reserved: ['redeemed', 'passed_on', 'released'],
  redeemed: [],
  passed_on: ['redeemed', 'released', 'honoured'],
  released: ['redeemed', 'honoured'],
  honoured: [],
});
