import { dayKey } from '../kit/format.js';

export interface BurnDay {
  /** `2026-11-24` */
  day: string;
  spent: number;
  /** At the day's end; null for a day that is still to come. */
  left: number | null;
  /** From today on, where it goes on as before; null for the days behind. */
  expected: number | null;
}

const DAY_MS = 86_400_000;

/**
 * What was left at the end of each day of the period that has begun, and what is expected until its end. Today agrees
 * with the quota itself: what the summary doesn't know, as units that came along from another plan, is counted before.
 *
 * @param spentByDay of the summary, by day
 */
export function burnDown(
  { start, now, end }: { start: Date; now: Date; end: Date },
  { limit, used }: { limit: number; used: number },
  spentByDay: ReadonlyMap<string, number>,
): BurnDay[] {
  const today = dayKey(now);
  const days = daysBetween(start, end);
  const past = days.filter((day) => day <= today);
  const known = past.reduce((sum, day) => sum + (spentByDay.get(day) ?? 0), 0);
  const isKnown = forecastOf({ start, now, end }, { limit, used }) !== 'unknown';
  const rate = (used * DAY_MS) / Math.max(DAY_MS, now.getTime() - start.getTime());
  let left = limit - Math.max(0, used - known);
  let ahead = Math.max(0, limit - used);
  return days.map((day) => {
    if (day > today) {
      ahead = Math.max(0, ahead - rate);
      return { day, spent: 0, left: null, expected: isKnown ? Math.round(ahead) : null };
    }
    const spent = spentByDay.get(day) ?? 0;
    left = Math.max(0, left - spent);
    return { day, spent, left, expected: day === today && isKnown ? left : null };
  });
}

/** Each day once, the first and the last included. */
function daysBetween(start: Date, end: Date): string[] {
  const days: string[] = [];
  for (let time = start.getTime(); time < end.getTime(); time += DAY_MS) days.push(dayKey(new Date(time)));
  const last = dayKey(new Date(end.getTime() - 1));
  return [...new Set([...days, last])];
}

/** What can be said of the rest of a period by its beginning. */
export type Forecast = 'unknown' | 'lasts' | Date;

/** When it is used up, where it goes on as it did since the period's start. On the first day nothing is known. */
export function forecastOf(
  { start, now, end }: { start: Date; now: Date; end: Date },
  { limit, used }: { limit: number; used: number },
): Forecast {
  const passed = now.getTime() - start.getTime();
  if (passed < DAY_MS || used >= limit) return 'unknown';
  if (used === 0) return 'lasts';
  const usedUp = new Date(start.getTime() + (passed * limit) / used);
  return usedUp < end ? usedUp : 'lasts';
}
