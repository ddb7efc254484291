import { nextPaymentCheck, nextRefundCheck, nextRefundRetry, type CheckedPayment } from './check-schedule.js';

const CREATED = new Date('2026-11-24T08:00:00.000Z');
const SECOND = 1_000;
const at = (seconds: number) => new Date(CREATED.getTime() + seconds * SECOND);

const pending: CheckedPayment = {
  status: 'pending',
  createdAt: CREATED,
  expiresAt: at(1800),
  closedAt: null,
};
const closed = (closedAfter: number): CheckedPayment => ({
  ...pending,
  status: 'closed',
  closedAt: at(closedAfter),
});

/** Every check from `from` on, in seconds after the order's creation. */
function checks(payment: CheckedPayment, from: number): number[] {
  const found: number[] = [];
  let now = at(from);
  for (;;) {
    const next = nextPaymentCheck(payment, now);
    if (!next || (payment.status === 'pending' && found.at(-1) === 1800)) return found;
    found.push((next.getTime() - CREATED.getTime()) / SECOND);
    now = next;
  }
}

describe('a pending payment', () => {
  it('is asked about after 5, 15 and 60 s, and then often enough to keep two minutes with one look lost', () => {
    const seconds = checks(pending, 0);
    expect(seconds.slice(0, 5)).toEqual([5, 15, 60, 105, 150]);
    expect(seconds.at(-1)).toBe(1800);
    const gaps = seconds.slice(1).map((second, index) => second - seconds[index]!);
    expect(Math.max(...gaps) * 2).toBeLessThan(120);
  });

  it('that expired and could not be closed is tried again, less and less often', () => {
    const gap = (now: number) => (nextPaymentCheck(pending, at(now))!.getTime() - at(now).getTime()) / SECOND;
    expect(gap(1800)).toBe(30);
    expect(gap(1800 + 600)).toBe(300);
    expect(gap(1800 + 86_400)).toBe(3600);
  });
});

describe('a closed payment', () => {
  it('is watched twice a minute as long as its link could be paid, then looked at a few last times', () => {
    const seconds = checks(closed(60), 60);
    const watched = seconds.filter((second) => second <= 1800 + 120);
    expect(watched).toHaveLength((1800 + 120 - 60) / 30);
    expect(seconds.slice(watched.length)).toEqual([300, 1800, 7200, 86_400].map((later) => 1920 + later));
  });

  it('at its expiry is watched for two minutes more', () => {
    expect(checks(closed(1805), 1805).slice(0, 5)).toEqual([1835, 1865, 1895, 1925, 1925 + 300]);
  });
});

it.each(['paid', 'failed', 'partially_refunded', 'refunded'] as const)(
  'nobody asks about a %s payment',
  (status) => {
    expect(nextPaymentCheck({ ...pending, status }, at(10))).toBeNull();
  },
);

it('a refund is asked about after 10 s at the earliest, then ever less often, and never given up', () => {
  const gaps = [0, 1, 2, 3, 4, 5, 6, 7, 500].map(
    (looks) => (nextRefundCheck(looks, CREATED).getTime() - CREATED.getTime()) / SECOND,
  );
  expect(gaps).toEqual([10, 20, 60, 300, 900, 3600, 21_600, 21_600, 21_600]);
});

it('a refused refund is asked for again after an hour, six hours and then daily, for a week', () => {
  const gaps = Array.from({ length: 10 }, (_, retries) => {
    const next = nextRefundRetry(retries, CREATED);
    return next && (next.getTime() - CREATED.getTime()) / (3600 * SECOND);
  });
  expect(gaps).toEqual([1, 6, 24, 24, 24, 24, 24, 24, null, null]);
});
