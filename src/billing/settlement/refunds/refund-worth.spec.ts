import fc from 'fast-check';
import { shareOf, unusedTimeFen } from './refund-worth.js';

const START = new Date('2026-11-01T00:00:00.000Z');
const END = new Date('2026-12-01T00:00:00.000Z');

describe('what is unused is worth its share of the price', () => {
  it.each([
    [9900, 40, 100, 3960],
    [9900, 1, 3, 3300],
    [100, 1, 3, 33],
    [100, 2, 3, 66],
    [1, 999_998, 999_999, 0],
    [9900, 0, 100, 0],
    [9900, 100, 100, 9900],
    [9900, 5, 0, 0],
  ])('%i fen, %i of %i: %i', (fen, part, whole, worth) => {
    expect(shareOf(fen, part, whole)).toBe(worth);
  });

  it('keeps every fen where a double would round', () => {
    const whole = 31_622_400_000;
    expect(shareOf(2_000_000_000, whole - 1, whole)).toBe(1_999_999_999);
  });

  it('never gives more than was paid, and never less with more left', () => {
    const fen = fc.integer({ min: 1, max: 2_147_483_647 });
    const whole = fc.integer({ min: 1, max: 40_000_000_000 });
    fc.assert(
      fc.property(fen, whole, fc.double({ min: 0, max: 1, noNaN: true }), (paid, all, ratio) => {
        const part = Math.floor(all * ratio);
        const worth = shareOf(paid, part, all);
        expect(worth).toBeGreaterThanOrEqual(0);
        expect(worth).toBeLessThanOrEqual(paid);
        expect(shareOf(paid, part + 1, all)).toBeGreaterThanOrEqual(worth);
      }),
    );
  });
});

describe('unused time', () => {
  it.each([
    ['before the period', '2026-10-31T00:00:00.000Z', 9900],
    ['at its start', '2026-11-01T00:00:00.000Z', 9900],
    ['half-way', '2026-11-16T00:00:00.000Z', 4950],
    ['a millisecond before its end', '2026-11-30T23:59:59.999Z', 0],
    ['after it', '2026-12-02T00:00:00.000Z', 0],
  ])('%s', (_, now, worth) => {
    expect(unusedTimeFen(9900, START, END, new Date(now))).toBe(worth);
  });
});
