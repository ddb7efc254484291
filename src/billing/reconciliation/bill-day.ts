import { DateTime } from 'luxon';

/** The zone that the channels' days are in: no summer time, so a fixed offset. */
const BEIJING = { zone: 'UTC+8' } as const;

/** A day in Beijing, `YYYY-MM-DD`, as the time from its first moment to the next day's. */
export function billDay(date: string): { from: Date; to: Date } {
  const start = DateTime.fromISO(date, BEIJING);
  return { from: start.toJSDate(), to: start.plus({ days: 1 }).toJSDate() };
}

/** Whether it is a day of the calendar, written `YYYY-MM-DD`. */
export function isBillDate(date: unknown): date is string {
  return (
    typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date) && DateTime.fromISO(date, BEIJING).isValid
  );
}

/** The day before the one that `now` is in, in Beijing. */
export function dayBefore(now: Date): string {
  return DateTime.fromJSDate(now, BEIJING).minus({ days: 1 }).toFormat('yyyy-MM-dd');
}
