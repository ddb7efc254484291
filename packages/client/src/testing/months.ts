/** Of that many milliseconds since 1970, `count` months on, at the same time of day in UTC; 31 January + 1 = 28 February. */
export function addMonths(anchor: number, count: number): number {
  const start = new Date(anchor);
  const moved = new Date(anchor);
  moved.setUTCDate(1);
  moved.setUTCMonth(start.getUTCMonth() + count);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return moved.getTime();
}

/** The month, counted from the anchor, that a moment lies in. */
export function monthAt(anchor: number, now: number): { start: number; end: number } {
  let index = 0;
  while (addMonths(anchor, index + 1) <= now) index += 1;
  return { start: addMonths(anchor, index), end: addMonths(anchor, index + 1) };
}
