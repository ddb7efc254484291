import { DateTime } from 'luxon';

/** Beijing has had no summer time since 1991, so a fixed offset serves and needs no zone data. */
const BEIJING = { zone: 'UTC+8', locale: 'en-US' } as const;

/** `2026-03-01 08:00:00`: Alipay's form, whatever the process's own zone. */
export function beijingDateTime(at: Date): string {
  return DateTime.fromJSDate(at, BEIJING).toFormat('yyyy-MM-dd HH:mm:ss');
}

/** `2026-03-01T08:00:00+08:00`: RFC 3339 as WeChat Pay wants it, without fractions. */
export function beijingRfc3339(at: Date): string {
  return DateTime.fromJSDate(at, BEIJING).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

const BEIJING_OFFSET_MS = 8 * 3_600_000;
const ALIPAY_FORM = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{3})?)$/;

/**
 * Reads Alipay's form, with or without milliseconds; null for anything else. By Date rather than by luxon, whose
 * parsing of a format takes some 100 µs: a bill has a million of these.
 */
export function parseBeijingDateTime(text: string): Date | null {
  const [, day, time] = ALIPAY_FORM.exec(text) ?? [];
  if (day === undefined || time === undefined) return null;
  const at = new Date(`${day}T${time}+08:00`);
  if (Number.isNaN(at.getTime())) return null;
  // Date takes 30 February for 2 March.
  return new Date(at.getTime() + BEIJING_OFFSET_MS).toISOString().startsWith(day) ? at : null;
}

/** Reads RFC 3339; a time without an offset is refused. Null for anything else. */
export function parseRfc3339(text: string): Date | null {
  if (!/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const at = DateTime.fromISO(text);
  return at.isValid ? at.toJSDate() : null;
}
