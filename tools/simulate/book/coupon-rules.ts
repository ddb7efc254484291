import { count, sum, type AccountBook, type Rules } from './account-book.js';

type Redemption = AccountBook['redemptions'][number];

/** How a use of a coupon may stand beside its order. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  pending: ['reserved', 'passed_on'],
  // Closed here, its link may still be paid; until it can't be, the use is nobody else's.
  closed: ['reserved', 'passed_on', 'released'],
  failed: ['released'],
  paid: ['redeemed', 'honoured', 'released'],
  partially_refunded: ['redeemed', 'honoured', 'released'],
  refunded: ['redeemed', 'honoured', 'released'],
};

/** How long after its expiry a link may still be paid: the clocks differ. */
const LATER_MS = 60_000;

export const COUPON_RULES: Rules = {
  'an order with a coupon costs the price less the discount, which money and credit meet, and the coupon stands as it':
    ({ payments, redemptions, terms }) =>
      count(redemptions, ({ paymentId, priceFen, discountFen, status }) => {
        if (discountFen < 0 || discountFen > priceFen) return true;
        if (paymentId === null) return status !== 'redeemed';
        const payment = payments.get(paymentId);
        const { creditFen = 0, accountCreditFen = 0 } = terms.get(paymentId) ?? {};
        if (!payment || payment.amountFen + creditFen + accountCreditFen !== priceFen - discountFen)
          return true;
        return !BESIDE[payment.status]!.includes(status);
      }),

  'of the orders that were made with one coupon the money of one is kept': ({
    payments,
    refunds,
    redemptions,
  }) => {
    const kept = redemptions.filter((one) => isKept(one, payments, refunds));
    return kept.length - new Set(kept.map(({ couponId }) => couponId)).size;
  },

  'a coupon is nobody else’s while an order that has it can be paid': ({ payments, redemptions, now }) => {
    const couponsHeld = new Set(redemptions.filter(counts).map(({ couponId }) => couponId));
    return count(redemptions, ({ couponId, paymentId }) => {
      const payment = payments.get(paymentId ?? '');
      if (payment?.status !== 'pending' && payment?.status !== 'closed') return false;
      return payment.expiresAt.getTime() + LATER_MS > now.getTime() && !couponsHeld.has(couponId);
    });
  },
};

const counts = ({ status }: Redemption) => status === 'reserved' || status === 'redeemed';

function isKept(
  { paymentId, status }: Redemption,
  payments: AccountBook['payments'],
  refunds: AccountBook['refunds'],
): boolean {
  if (status === 'redeemed' || status === 'honoured') return true;
  const payment = payments.get(paymentId ?? '');
  if (!payment?.paidAt) return false;
  const back = refunds.get(payment.id)!.filter((refund) => refund.status !== 'failed');
  return payment.amountFen > sum(back.map(({ amountFen }) => amountFen));
}
