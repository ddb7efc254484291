import { count, sum, type AccountBook, type Rules } from './account-book.js';

type Period = AccountBook['allPeriods'][number];

export const PRICE_RULES: Rules = {
  'each period was bought at the price of its plan, less what a coupon took off': (account) => {
    const { subscriptions, allPeriods, redemptions, plans } = account;
    const offFen = ({ planId, worthFen }: Period) => plans.get(planId)!.priceFen - worthFen;
    const discounts = new Map(redemptions.map(({ paymentId, discountFen }) => [paymentId, discountFen]));
    const byPayment = count(allPeriods, (period) => {
      const { paymentId } = period;
      return paymentId !== null && offFen(period) !== (discounts.get(paymentId) ?? 0);
    });
    const withoutPayment = count(subscriptions, ({ id, trialEndsAt }) => {
      const own = allPeriods.filter(({ subscriptionId, paymentId }) => subscriptionId === id && !paymentId);
      const bought = own.filter(({ endsAt }) => endsAt.getTime() !== trialEndsAt?.getTime());
      const used = redemptions.filter(({ subscriptionId, paymentId }) => subscriptionId === id && !paymentId);
      return sum(bought.map(offFen)) !== sum(used.map(({ discountFen }) => discountFen));
    });
    return byPayment + withoutPayment;
  },
};
