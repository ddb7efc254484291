import { transitionTable } from './transition-table.js';

/**
 * - `pending`: waits for its money
 * - `active`: in force (until its period's end, if it has one)
 * - `abandoned`: its order closed unpaid; money that comes all the same still activates it
 * - `replaced`: another plan took over
 * - `refunded`: the payment went back in full
 * - `expired`: its period, and the grace after it, ended
 * - `canceled`: its owner ended it before its time
 */
export type SubscriptionStatus =
  'pending' | 'active' | 'abandoned' | 'replaced' | 'refunded' | 'expired' | 'canceled';

export const subscriptionTransitions = transitionTable<SubscriptionStatus>('subscription', {
  pending: ['active', 'abandoned', 'refunded'],
  active: ['replaced', 'refunded', 'expired', 'canceled'],
  abandoned: ['active', 'refunded'],
  replaced: ['refunded'],
  refunded: [],
  expired: ['refunded'],
  canceled: ['refunded'],
});
