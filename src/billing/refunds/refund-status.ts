import { transitionTable } from '../transition-table.js';

/** `pending` covers everything that is not certain yet, an unknown outcome included. */
export type RefundStatus = 'pending' | 'succeeded' | 'failed';

export const refundTransitions = transitionTable<RefundStatus>('refund', {
  pending: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
});
