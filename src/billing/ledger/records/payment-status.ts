import { transitionTable } from './transition-table.js';

/** As in the API. `closed` can still become `paid`: money that comes after the closing is never turned away. */
export type PaymentStatus = 'pending' | 'paid' | 'closed' | 'failed' | 'partially_refunded' | 'refunded';

export const paymentTransitions = transitionTable<PaymentStatus>('payment', {
  pending: ['paid', 'closed', 'failed'],
  closed: ['paid'],
  failed: ['paid'],
  paid: ['partially_refunded', 'refunded'],
  partially_refunded: ['partially_refunded', 'refunded'],
  refunded: [],
});
