import fc from 'fast-check';
import { discountFen } from './discount.js';

const percent = (percentOff: number) => ({ percentOff, amountOffFen: null });
const amount = (amountOffFen: number) => ({ percentOff: null, amountOffFen });

describe('a discount', () => {
  it.each([
    [percent(20), 9900, 1980],
    [percent(33), 100, 33],
    [percent(33), 99, 32],
    [percent(99), 1, 0],
    [percent(100), 9900, 9900],
    [amount(1000), 9900, 1000],
    [amount(9900), 9900, 9900],
    [amount(20_000), 9900, 9900],
  ])('%j of %d fen is %d', (reduction, priceFen, expected) => {
    expect(discountFen(reduction, priceFen)).toBe(expected);
  });

  const price = fc.integer({ min: 1, max: 999_999_999 });

  it('of less than 100 % always leaves something to pay, and never takes more than its part', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 99 }), (priceFen, percentOff) => {
        const off = discountFen(percent(percentOff), priceFen);
        expect(priceFen - off).toBeGreaterThan(0);
        expect(off * 100).toBeLessThanOrEqual(priceFen * percentOff);
        expect((off + 1) * 100).toBeGreaterThan(priceFen * percentOff);
      }),
    );
  });

  it('is never more than the price', () => {
    fc.assert(
      fc.property(price, price, (priceFen, off) => {
        expect(discountFen(amount(off), priceFen)).toBe(Math.min(off, priceFen));
      }),
    );
  });
});
