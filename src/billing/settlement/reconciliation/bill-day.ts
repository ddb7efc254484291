import { DateTime } from 'luxon';
import type { BillAbsence } from '../../../providers/bill-unavailable.error.js';

/** The zone that the channels' days are in: no summer time, so a fixed offset. */
const BEIJING = { zone: 'UTC+8' } as const;

/** A day in Beijing, `YYYY-MM-DD`, as the time from its first moment to the next day's. */
export function billDay(date: string): { from: Date; to: Date } {
  const start = DateTime.fromISO(date, BEIJING);
  return { from: start.toJSDate(), to: start.plus({ days: 1 }).toJSDate() };
}

/** The channels make a day's bill until 10:00 of the next. */
const READY_AT_HOUR = 10;
/** How much later a bill may come: for a channel that doesn't tell a late one from none. */
const GRACE_DAYS = 1;

/**
 * From when on a bill that isn't there isn't on its way either.
 *
 * @param absence what the channel says of it
 * @returns null for one that is on its way
 */
export function noBillFrom(date: string, absence: BillAbsence): Date | null {
  if (absence === 'not_yet') return null;
  const days = 1 + (absence === 'none' ? 0 : GRACE_DAYS);
  return DateTime.fromISO(date, BEIJING).plus({ days, hours: READY_AT_HOUR }).toJSDate();
}

/** Whether it is a day of the calendar, written `YYYY-MM-DD`. */
export function isBillDate(date: unknown): date is string {
  return (
    typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date) && DateTime.fromISO(date, BEIJING).isValid
  );
}

/**
 * The day before the one that `now` is in, in Beijing.
 *
 * @param days or so many days before it
 */
export function dayBefore(now: Date, days = 1): string {
  return DateTime.fromJSDate(now, BEIJING).minus({ days }).toFormat('yyyy-MM-dd');
}
