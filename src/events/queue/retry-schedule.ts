const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How long is waited after each failed try; after the last of them it isn't tried any more. */
const WAITS_SECONDS = [5, 30, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR];

/**
 * @param attempts how often it was tried, at least once
 * @returns when it is tried again; null where it is given up
 */
export function nextTry(attempts: number, now: Date): Date | null {
  const wait = WAITS_SECONDS[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait * 1000);
}
