import { DateTime } from 'luxon';

/** Alipay writes and reads Beijing's time without saying so: UTC+8, no summer time since 1991. */
const BEIJING = { zone: 'UTC+8' } as const;
const FORMAT = 'yyyy-MM-dd HH:mm:ss';

export function beijingTime(at: Date, format: string = FORMAT): string {
  return DateTime.fromJSDate(at, BEIJING).toFormat(format);
}

/** @returns null for anything but `yyyy-MM-dd HH:mm:ss`. */
export function parseBeijingTime(text: string): Date | null {
  const time = DateTime.fromFormat(text, FORMAT, BEIJING);
  return time.isValid ? time.toJSDate() : null;
}

/**
 * The end of a relative `timeout_express`: `90m`, `2h`, `1d`, or `1c` for the end of the day in Beijing.
 * @returns null for anything else.
 */
export function timeoutEnd(text: string, from: Date): Date | null {
  const start = DateTime.fromJSDate(from, BEIJING);
  if (text === '1c') return start.endOf('day').toJSDate();
  const match = /^([1-9]\d{0,4})([mhd])$/.exec(text);
  if (!match) return null;
  const unit = { m: 'minutes', h: 'hours', d: 'days' }[match[2] as 'm' | 'h' | 'd'];
  return start.plus({ [unit]: Number(match[1]) }).toJSDate();
}
