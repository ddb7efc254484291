import type { QuotaLeft } from '../../ledger/listeners/billing-listeners.js';

/** A stretch of time and what was given for it, in fen. */
export interface PaidTime {
  startsAt: Date;
  endsAt: Date;
  worthFen: number;
}

/**
 * How a price is met. In fen; `discountFen` + `creditFen` + `accountCreditFen` + `amountFen` = `priceFen` + `surplusFen`.
 */
export interface Quote {
  priceFen: number;
  /** What a coupon takes off. */
  discountFen: number;
  /** What is unused of the plan that is left. */
  creditFen: number;
  /** What the account's own credit pays. */
  accountCreditFen: number;
  /** What is to be paid through a channel. */
  amountFen: number;
  /** What the credit is more than the price less the discount; it goes to the account. */
  surplusFen: number;
}

/**
 * What is unused of a paid time at a moment, by milliseconds, rounded up to the fen: the customer's favour, as what is
 * unused of its quota. In integers alone, since fen times milliseconds goes beyond what a double holds exactly.
 */
export function unusedFen({ startsAt, endsAt, worthFen }: PaidTime, at: Date): number {
  const whole = endsAt.getTime() - startsAt.getTime();
  return shareUpFen(worthFen, endsAt.getTime() - Math.max(at.getTime(), startsAt.getTime()), whole);
}

/**
 * What is unused of a paid time's quota: of several types the one of which the least is left. All of it where nothing
 * could be used, since another plan's month had used it up before.
 */
export function unusedQuotaFen(
  worthFen: number,
  quotas: readonly Pick<QuotaLeft, 'left' | 'total'>[],
): number {
  const bounds = quotas.filter(({ total }) => total > 0);
  return Math.min(worthFen, ...bounds.map(({ left, total }) => shareUpFen(worthFen, left, total)));
}

function shareUpFen(fen: number, part: number, whole: number): number {
  if (part <= 0) return 0;
  return Number((BigInt(fen) * BigInt(part) + BigInt(whole) - 1n) / BigInt(whole));
}

/**
 * The discount comes first, as if the plan cost so much less: credit is the customer's own money, and what of it isn't
 * needed stays theirs.
 *
 * @param discountFen 0 to `priceFen`
 */
export function quoteOf(priceFen: number, discountFen: number, creditFen: number, balanceFen: number): Quote {
  const reducedFen = priceFen - discountFen;
  const dueFen = Math.max(0, reducedFen - creditFen);
  const accountCreditFen = Math.min(balanceFen, dueFen);
  return {
    priceFen,
    discountFen,
    creditFen,
    accountCreditFen,
    amountFen: dueFen - accountCreditFen,
    surplusFen: Math.max(0, creditFen - reducedFen),
  };
}
