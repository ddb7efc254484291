import { addMonths } from '../../../src/time/periods.js';
import { count, sum, type AccountBook, type Rules } from './account-book.js';

type Balance = AccountBook['balances'][number];
type Subscription = AccountBook['subscriptions'][number];
type Period = AccountBook['allPeriods'][number];

/** Of what was used, and of what it is worth when a plan is left: reckoned from what stands in the book alone. */
export const QUOTA_RULES: Rules = {
  'what a balance brought along is what is used of those that its month began with': ({ balances }) =>
    count(balances, ({ id, carried, quotaType }) => {
      const formers = balances.filter(({ carriedTo }) => carriedTo === id);
      return (
        carried !== sum(formers.map(({ used }) => used)) ||
        formers.some((former) => former.quotaType !== quotaType)
      );
    }),

  'no plan begins with nothing used within the month of the plan before, unless it was bought in full': (
    account,
  ) => {
    const { subscriptions, balances } = account;
    const byId = new Map(subscriptions.map((subscription) => [subscription.id, subscription]));
    const plans = balances.filter(({ kind }) => kind === 'plan');
    const firsts = plans.filter(
      ({ subscriptionId, validFrom }) =>
        byId.get(subscriptionId!)!.startedAt?.getTime() === validFrom.getTime(),
    );
    return count(firsts, (first) =>
      plans.some((former) => {
        const { subscriptionId, quotaType, validFrom, carriedTo } = former;
        if (subscriptionId === first.subscriptionId || quotaType !== first.quotaType || carriedTo !== null)
          return false;
        const left = byId.get(subscriptionId!)!;
        const begun = byId.get(first.subscriptionId!)!;
        if (left.startedAt! >= begun.startedAt! || isPaidFor(left, account)) return false;
        if (wasBoughtInFull(left, begun, account) && validFrom < (left.currentPeriodEnd ?? NEVER))
          return false;
        return validFrom <= first.validFrom && monthEnd(left, validFrom) > first.validFrom;
      }),
    );
  },

  'no period gives more credit than what of its time, and of its quota, is unused': ({
    allPeriods,
    balances,
    payments,
    plans,
  }) => {
    const byId = new Map(allPeriods.map((period) => [period.id, period]));
    const given = allPeriods.filter(({ carriedFen }) => carriedFen > 0);
    return count(given, (period) => {
      const { startsAt, endsAt, worthFen, carriedFen, carriedTo, endedAt } = period;
      const order = payments.get(byId.get(carriedTo!)?.paymentId ?? '');
      const orderedAt = order?.createdAt ?? endedAt ?? startsAt;
      const left = endsAt.getTime() - Math.max(orderedAt.getTime(), startsAt.getTime());
      if (carriedFen > Math.ceil((worthFen * left) / (endsAt.getTime() - startsAt.getTime())) + 1)
        return true;
      // What was used between an order and its payment is in the new plan's month.
      if (order && order.createdAt.getTime() !== order.paidAt?.getTime()) return false;
      return carriedFen > Math.ceil(worthFen * unusedPart(period, balances, plans)) + 1;
    });
  },
};

const NEVER = new Date(8.64e15);

/** Whether a plan that was paid for by itself came into force after one, and with another one or before it. */
function wasBoughtInFull(
  left: Subscription,
  begun: Subscription,
  { subscriptions, payments, plans }: AccountBook,
): boolean {
  // After a refund the free plan takes along what had stayed behind.
  const isPaid = plans.get(begun.planId)!.priceFen > 0;
  const orders = [...payments.values()].filter(
    ({ purpose, paidAt }) => purpose !== 'change' && paidAt !== null,
  );
  const bought = new Set(orders.map(({ subscriptionId }) => subscriptionId));
  return subscriptions.some(
    ({ id, startedAt, status }) =>
      bought.has(id) &&
      (status !== 'refunded' || isPaid) &&
      startedAt !== null &&
      startedAt > left.startedAt! &&
      startedAt <= begun.startedAt!,
  );
}

/** Whether its owner ended it within its paid time, for no return; what went back after that is a person's decision. */
function isPaidFor(
  { id, status, endedAt, currentPeriodEnd }: Subscription,
  { payments, refunds }: Pick<AccountBook, 'payments' | 'refunds'>,
): boolean {
  if (endedAt === null || currentPeriodEnd === null || endedAt >= currentPeriodEnd) return false;
  if (status === 'canceled') return true;
  const own = [...payments.values()].filter(({ subscriptionId }) => subscriptionId === id);
  const made = own.flatMap((payment) => refunds.get(payment.id)!);
  return status === 'refunded' && made.every(({ createdAt }) => createdAt > endedAt);
}

function monthEnd({ startedAt, trialEndsAt }: Subscription, from: Date): Date {
  if (trialEndsAt && from < trialEndsAt) {
    const end = addMonths(startedAt!, monthsUntil(startedAt!, from));
    return end < trialEndsAt ? end : trialEndsAt;
  }
  const anchor = trialEndsAt ?? startedAt!;
  return addMonths(anchor, monthsUntil(anchor, from));
}

function monthsUntil(anchor: Date, moment: Date): number {
  let months = 0;
  while (addMonths(anchor, months) <= moment) months += 1;
  return months;
}

/** At most: what of past months wasn't used is gone as well. */
function unusedPart(
  { subscriptionId, planId, startsAt, endsAt }: Period,
  balances: readonly Balance[],
  plans: AccountBook['plans'],
): number {
  const within = balances.filter(
    (balance) =>
      balance.subscriptionId === subscriptionId &&
      balance.validFrom >= startsAt &&
      balance.validFrom < endsAt,
  );
  const months = plans.get(planId)!.billingCycle === 'yearly' ? 12 : 1;
  const [first] = within;
  if (!first) return 1;
  const broughtAlong = sum(within.map(({ carried }) => carried));
  const whole = months * first.granted - broughtAlong;
  if (whole <= 0) return 1;
  return Math.max(0, 1 - sum(within.map(({ used, carried }) => used - carried)) / whole);
}
