import { DateTime } from 'luxon';
import type { Period } from '../../../time/periods.js';

/** What an API key may consume in a calendar month, whatever its account has left. */
export interface QuotaCap {
  /** Whose consumption counts against it: the key's own, and that of the keys that it was rotated from. */
  keyId: string;
  /** Units, of all quota types together. */
  limit: number;
}

export const MAX_QUOTA_CAP = 1_000_000_000;

/** Beijing has had no summer time since 1991, so a fixed offset serves and needs no zone data. */
const BEIJING = { zone: 'UTC+8' } as const;

/** The calendar month in Asia/Shanghai that `now` lies in. */
export function capPeriod(now: Date): Period {
  const start = DateTime.fromJSDate(now, BEIJING).startOf('month');
  return { start: start.toJSDate(), end: start.plus({ months: 1 }).toJSDate() };
}
