import { transitionTable } from './transition-table.js';

/** `pending` covers everything that is not certain yet, an unknown outcome included. */
export type RefundStatus = 'pending' | 'succeeded' | 'failed';

/**
 * A failed refund is asked for again under its number, and still succeeds where the channel says afterwards that its
 * money did move.
 */
export const refundTransitions = transitionTable<RefundStatus>('refund', {
  pending: ['succeeded', 'failed'],
  failed: ['pending', 'succeeded'],
  succeeded: [],
});
