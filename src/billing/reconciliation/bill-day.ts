import { DateTime } from 'luxon';

/** The zone that the channels' days are in: no summer time, so a fixed offset. */
const BEIJING = { zone: 'UTC+8' } as const;

/** A day in Beijing, `YYYY-MM-DD`, as the time from its first moment to the next day's. */
export function billDay(date: string): { from: Date; to: Date } {
  const start = DateTime.fromISO(date, BEIJING);
  return { from: start.toJSDate(), to: start.plus({ days: 1 }).toJSDate() };
}

/** The channels make a day's bill until 10:00 of the next. */
const READY_AT_HOUR = 10;

/** From when on a bill that isn't there isn't on its way either. */
export function billReadyAt(date: string): Date {
  return DateTime.fromISO(date, BEIJING).plus({ days: 1, hours: READY_AT_HOUR }).toJSDate();
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
