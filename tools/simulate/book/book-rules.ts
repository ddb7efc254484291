import { count, endOf, sum, type Rules } from './account-book.js';

/** Of subscriptions, their money and their quota. */
export const RULES: Rules = {
  'an account has one live subscription at most': ({ subscriptions }) =>
    Math.max(0, subscriptions.filter(({ status }) => status === 'active').length - 1),

  'the periods of a subscription follow each other without gap or overlap, from its start on': ({
    subscriptions,
    periods,
  }) =>
    sum(
      subscriptions.map(({ id, startedAt }) => {
        let before = startedAt?.getTime();
        return count(periods.get(id)!, (period) => {
          const isOff = period.startsAt.getTime() !== before;
          before = endOf(period);
          return isOff;
        });
      }),
    ),

  'what is live and costs money is paid to the end of its standing periods': ({
    subscriptions,
    periods,
    plans,
  }) =>
    count(subscriptions, ({ id, status, planId, currentPeriodEnd }) => {
      if (status !== 'active' || plans.get(planId)!.priceFen === 0) return false;
      const ends = periods
        .get(id)!
        .filter(({ endedAt }) => endedAt === null)
        .map(endOf);
      return Math.max(...ends) !== currentPeriodEnd?.getTime();
    }),

  'no account has paid for the same time twice': ({ periods }) => {
    const all = [...periods.values()].flat().sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    return count(all.slice(1), ({ startsAt }, index) => endOf(all[index]!) > startsAt.getTime());
  },

  'money, carried credit and account credit add up to what each period was bought for': ({
    allPeriods,
    payments,
    credits,
  }) => {
    const carried = totals(
      allPeriods,
      ({ carriedTo }) => carriedTo,
      ({ carriedFen }) => carriedFen,
    );
    const moved = totals(
      credits,
      ({ periodId }) => periodId,
      ({ amountFen }) => amountFen,
    );
    return count(allPeriods, ({ id, paymentId, worthFen }) => {
      const paidFen = paymentId === null ? 0 : payments.get(paymentId)!.amountFen;
      return worthFen !== paidFen + (carried.get(id) ?? 0) - (moved.get(id) ?? 0);
    });
  },

  'what is carried to another plan is within the worth of its period': ({ allPeriods }) =>
    count(allPeriods, ({ worthFen, carriedFen }) => worthFen < 0 || carriedFen < 0 || carriedFen > worthFen),

  'no account uses more credit than it has': ({ credits }) =>
    sum(credits.map(({ amountFen }) => amountFen)) < 0 ? 1 : 0,

  'each paid order for a plan gave one period, or its money goes back': ({
    allPeriods,
    payments,
    refunds,
  }) => {
    const given = totals(
      allPeriods,
      ({ paymentId }) => paymentId,
      () => 1,
    );
    return count([...payments.values()], ({ id, paidAt, amountFen, purpose }) => {
      if (purpose === 'topup') return false;
      const gave = given.get(id) ?? 0;
      if (paidAt === null) return gave > 0;
      return gave > 1 || (gave === 0 && amountFen > sum(refunds.get(id)!.filter(isStanding).map(fen)));
    });
  },

  'no more is refunded or being refunded than was paid, and what counts as refunded is what was': ({
    payments,
    refunds,
  }) =>
    count([...payments.values()], ({ id, amountFen, refundedFen, paidAt }) => {
      const made = refunds.get(id)!;
      const done = sum(made.filter(({ status }) => status === 'succeeded').map(fen));
      const whole = sum(made.filter(isStanding).map(fen));
      return done !== refundedFen || whole > amountFen || (whole > 0 && paidAt === null);
    }),

  'what was refunded in full gives no time that is still to come': ({ allPeriods, payments, refunds }) =>
    count(allPeriods, ({ paymentId, endedAt, endsAt }) => {
      if (paymentId === null || endedAt !== null || payments.get(paymentId)!.status !== 'refunded')
        return false;
      const settled = refunds.get(paymentId)!.map(({ settledAt }) => settledAt?.getTime() ?? 0);
      return endsAt.getTime() > Math.max(...settled);
    }),

  "an order's status says what was paid and what went back, here and in the channel's books": ({
    payments,
    channel,
  }) =>
    count([...payments.values()], ({ orderId, status, paidAt, amountFen, refundedFen, providerTradeNo }) => {
      const isPaid = channel.orders.get(orderId)?.state === 'paid';
      if (isPaid !== (paidAt !== null) || isPaid !== (providerTradeNo !== null)) return true;
      if (channel.refundedOf(orderId) < refundedFen) return true;
      const told = refundedFen === 0 ? 'paid' : refundedFen < amountFen ? 'partially_refunded' : 'refunded';
      return isPaid ? status !== told : refundedFen > 0;
    }),

  'no balance is used beyond what it grants and allows': ({ balances }) =>
    count(
      balances,
      ({ used, carried, granted, overageCap }) =>
        carried < 0 || used < carried || used > Math.max(granted + overageCap, carried),
    ),

  'a subscription has one balance of a type at any moment, and none that outlives it': ({
    subscriptions,
    balances,
  }) => {
    const byId = new Map(subscriptions.map((subscription) => [subscription.id, subscription]));
    const until = new Map<string, number>();
    const plans = balances.filter(({ kind }) => kind === 'plan');
    const inOrder = plans.toSorted((a, b) => a.validFrom.getTime() - b.validFrom.getTime());
    return count(inOrder, ({ subscriptionId, quotaType, validFrom, validUntil }) => {
      const { endedAt, inForceUntil, status } = byId.get(subscriptionId!)!;
      const key = `${subscriptionId} ${quotaType}`;
      const [from, end] = [validFrom.getTime(), validUntil.getTime()];
      const overlaps = from < (until.get(key) ?? 0);
      until.set(key, end);
      const last = status === 'active' ? inForceUntil : endedAt;
      return overlaps || (last !== null && end > Math.max(last.getTime(), from));
    });
  },
};

const fen = ({ amountFen }: { amountFen: number }) => amountFen;
const isStanding = ({ status }: { status: string }) => status !== 'failed';

function totals<T>(
  all: readonly T[],
  keyOf: (one: T) => string | null,
  amountOf: (one: T) => number,
): Map<string | null, number> {
  const found = new Map<string | null, number>();
  for (const one of all) found.set(keyOf(one), (found.get(keyOf(one)) ?? 0) + amountOf(one));
  return found;
}
