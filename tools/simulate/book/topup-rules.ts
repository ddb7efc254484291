import { count, type Rules } from './account-book.js';

export const TOPUP_RULES: Rules = {
  'each paid top-up granted its quota once, for its days, and no other did': ({
    topups,
    payments,
    balances,
  }) => {
    const granted = balances.filter(({ kind }) => kind === 'topup');
    const orphans = count(granted, ({ id }) => !topups.some((topup) => topup.id === id));
    return (
      orphans +
      count(topups, ({ id, amount, grantedAt, validUntil, takenBackAt }) => {
        const own = granted.filter((balance) => balance.id === id);
        if (payments.get(id)!.paidAt === null) return own.length > 0 || grantedAt !== null;
        const [balance] = own;
        if (own.length !== 1 || !balance || !grantedAt || !validUntil) return true;
        const until = Math.min(validUntil.getTime(), takenBackAt?.getTime() ?? Infinity);
        return (
          balance.granted !== amount ||
          balance.validFrom.getTime() !== grantedAt.getTime() ||
          balance.validUntil.getTime() !== Math.max(until, grantedAt.getTime())
        );
      })
    );
  },

  'what of a top-up was refunded in full can be used no more': ({ topups, payments }) =>
    count(
      topups,
      ({ id, grantedAt, takenBackAt }) =>
        payments.get(id)!.status === 'refunded' && grantedAt !== null && takenBackAt === null,
    ),
};
