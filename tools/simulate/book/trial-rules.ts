import { isOnTrial } from '../../../src/billing/ledger/subscriptions/trial-time.js';
import { count, type Rules } from './account-book.js';

export const TRIAL_RULES: Rules = {
  'an account tries a plan once, for its time, and that is worth nothing': ({
    subscriptions,
    periods,
    trials,
  }) => {
    const tried = subscriptions.filter(({ trialEndsAt }) => trialEndsAt !== null);
    const broken = count(tried, ({ id, startedAt, trialEndsAt }) => {
      const first = periods.get(id)!.find(({ startsAt }) => startsAt.getTime() === startedAt!.getTime());
      const entered = trials.find(({ subscriptionId }) => subscriptionId === id);
      if (entered?.endsAt.getTime() !== trialEndsAt!.getTime()) return true;
      // Canceled in the moment of its beginning it has no time left.
      if (!first) return false;
      return (
        first.endsAt.getTime() !== trialEndsAt!.getTime() || first.worthFen > 0 || first.paymentId !== null
      );
    });
    return broken + Math.max(0, tried.length - 1) + Math.abs(tried.length - trials.length);
  },

  'a trial that nobody paid for is over at its end': ({ subscriptions }) =>
    count(subscriptions, (subscription) => {
      if (!isOnTrial(subscription)) return false;
      const { status, inForceUntil, endedAt, trialEndsAt } = subscription;
      const until = status === 'active' ? inForceUntil : endedAt;
      return until === null || until > trialEndsAt!;
    }),
};
