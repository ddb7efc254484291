import { DateTime } from 'luxon';

export interface Period {
  /** Inclusive. */
  start: Date;
  /** Exclusive; the next period's start. */
  end: Date;
}

/**
 * The moment `months` after the anchor, in UTC, at the anchor's time of day. A day that the month lacks becomes its
 * last: 31 January + 1 = 28 February, and + 2 = 31 March, since each is counted from the anchor.
 */
export function addMonths(anchor: Date, months: number): Date {
  return DateTime.fromJSDate(anchor, { zone: 'utc' }).plus({ months }).toJSDate();
}

/** The anchored month that `now` lies in. @throws RangeError if `now` is before the anchor. */
export function monthAt(anchor: Date, now: Date): Period {
  if (now < anchor) throw new RangeError('the moment lies before the anchor');
  const start = DateTime.fromJSDate(anchor, { zone: 'utc' });
  let index = Math.floor(DateTime.fromJSDate(now, { zone: 'utc' }).diff(start, 'months').months);
  // `diff` counts from the later end of a short month; settle the last step by what addMonths itself says.
  while (addMonths(anchor, index) > now) index -= 1;
  while (addMonths(anchor, index + 1) <= now) index += 1;
  return { start: addMonths(anchor, index), end: addMonths(anchor, index + 1) };
}
