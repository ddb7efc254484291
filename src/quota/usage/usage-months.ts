/** A calendar month in UTC, by its first millisecond. */
export type Month = Date;

export function monthOf(moment: Date): Month {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth()));
}

export function monthAfter(month: Month, count = 1): Month {
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + count));
}

/** @example "usage_logs_2026_11" */
export function partitionName(month: Month): string {
  return `usage_logs_${month.toISOString().slice(0, 7).replace('-', '_')}`;
}

/** The month of a name that {@link partitionName} made; null for any other. */
export function monthOfPartition(name: string): Month | null {
  const [, year, month] = /^usage_logs_(\d{4})_(\d\d)$/.exec(name) ?? [];
  return year === undefined ? null : new Date(Date.UTC(Number(year), Number(month) - 1));
}

/** The least UUID that a UUIDv7 (RFC 9562, section 5.7) of this moment can follow: its time, and zeros. */
export function firstId(moment: Date): string {
  const time = moment.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** The moment in a UUIDv7; null for an id of another kind. */
export function momentOfId(id: string): Date | null {
  if (id[14] !== '7') return null;
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
