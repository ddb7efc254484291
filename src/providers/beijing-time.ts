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

/** Reads Alipay's form, with or without milliseconds; null for anything else. */
export function parseBeijingDateTime(text: string): Date | null {
  for (const format of ['yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd HH:mm:ss.SSS']) {
    const at = DateTime.fromFormat(text, format, BEIJING);
    if (at.isValid) return at.toJSDate();
  }
  return null;
}

/** Reads RFC 3339; a time without an offset is refused. Null for anything else. */
export function parseRfc3339(text: string): Date | null {
  if (!/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const at = DateTime.fromISO(text);
  return at.isValid ? at.toJSDate() : null;
}
