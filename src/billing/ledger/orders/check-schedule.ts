import type { PaymentStatus } from '../records/payment-status.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** When a fresh order is asked about, counted from its creation: most buyers pay at once or within a minute. */
const EAGER = [5 * SECOND, 15 * SECOND, MINUTE];
/**
 * The gap after that. The promise that a paid order is active within two minutes counts from the payment, which may
 * come at any moment until the order expires; twice this gap stays below it, so that one lost check breaks nothing.
 */
const PENDING_GAP = 45 * SECOND;
/** While money could still come to an order that is closed here, counted so that one minute is kept. */
const CLOSED_GAP = 30 * SECOND;
/** How long after closing and expiry that is likely: a payment already under way, clocks that differ. */
const CLOSED_WATCH = 2 * MINUTE;
/** Then a few last looks, for a channel that was away, or one that settles late. */
const LAST_LOOKS = [5 * MINUTE, 30 * MINUTE, 2 * HOUR, 24 * HOUR];
/** An expired order that the channel doesn't close: from this gap on, always longer. */
const CLOSING_GAP = { least: 30 * SECOND, most: HOUR };

export interface CheckedPayment {
  status: PaymentStatus;
  createdAt: Date;
  expiresAt: Date;
  closedAt: Date | null;
}

/** When the channel is to be asked about a payment next; null where nothing is left to find out. */
export function nextPaymentCheck(payment: CheckedPayment, now: Date): Date | null {
  if (payment.status === 'pending')
    return now < payment.expiresAt ? beforeExpiry(payment, now) : closing(payment, now);
  if (payment.status === 'closed') return afterClosing(payment, now);
  return null;
}

function beforeExpiry({ createdAt, expiresAt }: CheckedPayment, now: Date): Date {
  const eager = EAGER.map((offset) => later(createdAt, offset)).find((at) => at > now);
  const next = eager ?? later(now, PENDING_GAP);
  return next < expiresAt ? next : expiresAt;
}

function closing({ expiresAt }: CheckedPayment, now: Date): Date {
  const overdue = now.getTime() - expiresAt.getTime();
  return later(now, Math.min(Math.max(overdue / 2, CLOSING_GAP.least), CLOSING_GAP.most));
}

function afterClosing({ closedAt, expiresAt }: CheckedPayment, now: Date): Date | null {
  const closed = closedAt ?? expiresAt;
  const watchedUntil = later(closed > expiresAt ? closed : expiresAt, CLOSED_WATCH);
  if (now < watchedUntil) return later(now, CLOSED_GAP);
  return LAST_LOOKS.map((offset) => later(watchedUntil, offset)).find((at) => at > now) ?? null;
}

/**
 * Between two looks at a refund that isn't final. The first is Alipay's: asked before 10 s are over it may know
 * nothing of a refund that it has accepted.
 */
const REFUND_GAPS = [10 * SECOND, 20 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR];

/** When the channel is to be asked about a refund next, after `checks` looks at it. */
export function nextRefundCheck(checks: number, now: Date): Date {
  return later(now, REFUND_GAPS[Math.min(checks, REFUND_GAPS.length - 1)]!);
}

/** How long a refused refund whose cause may pass waits for each of its retries: eight within a week. */
const RETRY_GAPS = [HOUR, 6 * HOUR, ...Array<number>(6).fill(24 * HOUR)];

/**
 * When a refused refund is asked for again under its number.
 *
 * @param retries how often that was done already
 * @returns null where it is a person's to do
 */
export function nextRefundRetry(retries: number, now: Date): Date | null {
  const gap = RETRY_GAPS[retries];
  return gap === undefined ? null : later(now, gap);
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
