import { dayKey } from '../kit/format.js';

export interface BurnDay {
  /** `2026-11-24` */
  day: string;
  spent: number;
  /** At the day's end. */
  left: number;
}

const DAY_MS = 86_400_000;

/**
 * What was left at the end of each day of the period that has begun. The last one agrees with the quota itself: what the
 * summary doesn't know, as a balance that came with another plan, is counted on the first day.
 *
 * @param spentByDay of the summary, by day
 */
export function burnDown(
  start: Date,
  now: Date,
  limit: number,
  used: number,
  spentByDay: ReadonlyMap<string, number>,
): BurnDay[] {
  const days: string[] = [];
  for (let time = start.getTime(); time < now.getTime(); time += DAY_MS) days.push(dayKey(new Date(time)));
  const last = dayKey(now);
  if (days.at(-1) !== last) days.push(last);
  const known = days.reduce((sum, day) => sum + (spentByDay.get(day) ?? 0), 0);
  let left = limit - Math.max(0, used - known);
  return days.map((day) => {
    const spent = spentByDay.get(day) ?? 0;
    left -= spent;
    return { day, spent, left: Math.max(0, left) };
  });
}

/**
 * When it is used up, where it goes on as it did since the period's start; null where it lasts, or nothing is known yet.
 */
export function usedUpOn(start: Date, now: Date, used: number, limit: number, resetsAt: Date): Date | null {
  const passed = now.getTime() - start.getTime();
  if (used <= 0 || used >= limit || passed < DAY_MS) return null;
  const end = new Date(start.getTime() + (passed * limit) / used);
  return end < resetsAt ? end : null;
}
