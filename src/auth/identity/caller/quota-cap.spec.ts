import { capPeriod } from './quota-cap.js';

describe('the month of a quota cap', () => {
  it.each([
    ['2026-10-31T15:59:59.999Z', '2026-09-30T16:00:00.000Z', '2026-10-31T16:00:00.000Z'],
    ['2026-10-31T16:00:00.000Z', '2026-10-31T16:00:00.000Z', '2026-11-30T16:00:00.000Z'],
    ['2028-02-29T20:00:00.000Z', '2028-02-29T16:00:00.000Z', '2028-03-31T16:00:00.000Z'],
  ])('is Beijing’s: %s lies between %s and %s', (now, start, end) => {
    expect(capPeriod(new Date(now))).toEqual({ start: new Date(start), end: new Date(end) });
  });
});
