import fc from 'fast-check';
import { discountFen } from '../../catalog/coupons/discount.js';
import { quoteOf, unusedFen, type PaidTime } from './change-quote.js';

const fen = fc.integer({ min: 0, max: 2_000_000_000 });
const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2046-01-01'), noInvalidDate: true });
const paidTime = fc
  .tuple(moment, fc.integer({ min: 1, max: 366 * 86_400_000 }), fen)
  .map(([startsAt, ms, worthFen]): PaidTime => ({
    startsAt,
    endsAt: new Date(startsAt.getTime() + ms),
    worthFen,
  }));

describe('what is unused of a paid time', () => {
  it('is all of it before it begins, and nothing once it is over', () => {
    fc.assert(
      fc.property(paidTime, fc.nat(), (paid, ms) => {
        expect(unusedFen(paid, new Date(paid.startsAt.getTime() - ms))).toBe(paid.worthFen);
        expect(unusedFen(paid, new Date(paid.endsAt.getTime() + ms))).toBe(0);
      }),
    );
  });

  it('is its exact share, rounded up by less than a fen', () => {
    fc.assert(
      fc.property(paidTime, fc.double({ min: 0, max: 1, noNaN: true }), (paid, part) => {
        const whole = paid.endsAt.getTime() - paid.startsAt.getTime();
        const left = Math.floor(whole * part);
        const unused = unusedFen(paid, new Date(paid.endsAt.getTime() - left));
        const excess = BigInt(unused) * BigInt(whole) - BigInt(paid.worthFen) * BigInt(left);
        expect(excess >= 0n && excess < BigInt(whole)).toBe(true);
      }),
    );
  });

  it('never grows as time passes', () => {
    fc.assert(
      fc.property(paidTime, moment, moment, (paid, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        expect(unusedFen(paid, late)).toBeLessThanOrEqual(unusedFen(paid, early));
      }),
    );
  });
});

describe('a quote', () => {
  const reduction = fc.oneof(
    fc.integer({ min: 1, max: 100 }).map((percentOff) => ({ percentOff, amountOffFen: null })),
    fc.integer({ min: 0, max: 2_000_000_000 }).map((amountOffFen) => ({ percentOff: null, amountOffFen })),
  );

  it('adds up: discount, credit and charge are the price and what is left over, and nothing is lost', () => {
    fc.assert(
      fc.property(fen, reduction, fen, fen, (price, coupon, credit, balance) => {
        const quote = quoteOf(price, discountFen(coupon, price), credit, balance);
        const met = quote.discountFen + quote.creditFen + quote.accountCreditFen + quote.amountFen;
        expect(met).toBe(price + quote.surplusFen);
        expect(quote.accountCreditFen).toBeLessThanOrEqual(balance);
        // Only what was the customer's own can become credit of the account.
        expect(quote.surplusFen).toBeLessThanOrEqual(credit);
        const { discountFen: off, amountFen, accountCreditFen, surplusFen } = quote;
        expect(Math.min(off, amountFen, accountCreditFen, surplusFen)).toBeGreaterThanOrEqual(0);
        for (const amount of Object.values(quote)) expect(Number.isSafeInteger(amount)).toBe(true);
      }),
    );
  });

  it('takes the discount off the price before the credit', () => {
    expect(quoteOf(10_000, 3_300, 5_000, 0)).toMatchObject({ amountFen: 1_700, surplusFen: 0 });
    expect(quoteOf(10_000, 6_000, 5_000, 900)).toMatchObject({
      accountCreditFen: 0,
      amountFen: 0,
      surplusFen: 1_000,
    });
  });

  it('uses the plan’s own credit first, then the account’s, then money', () => {
    expect(quoteOf(99_900, 0, 5_000, 900)).toMatchObject({
      accountCreditFen: 900,
      amountFen: 94_000,
      surplusFen: 0,
    });
    expect(quoteOf(9_900, 0, 12_000, 900)).toMatchObject({
      accountCreditFen: 0,
      amountFen: 0,
      surplusFen: 2_100,
    });
  });
});
