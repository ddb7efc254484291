import { billDay, dayBefore, isBillDate } from './bill-day.js';

it('a bill’s day begins and ends at midnight in Beijing', () => {
  const { from, to } = billDay('2026-03-01');
  expect([from.toISOString(), to.toISOString()]).toEqual([
    '2026-02-28T16:00:00.000Z',
    '2026-03-01T16:00:00.000Z',
  ]);
});

it.each([
  ['2026-03-01T15:59:59.999Z', '2026-02-28'],
  ['2026-03-01T16:00:00.000Z', '2026-03-01'],
])('at %s yesterday was %s', (now, yesterday) => {
  expect(dayBefore(new Date(now))).toBe(yesterday);
});

it.each(['2026-02-30', '2026-2-3', '20260203', '2026-02-03T00:00:00Z', '', null, 20_260_203])(
  '%j is no day',
  (date) => {
    expect(isBillDate(date)).toBe(false);
  },
);

it('a leap day is one', () => expect(isBillDate('2028-02-29')).toBe(true));
