import { randomInt } from 'node:crypto';

/** A number as channels make them: a prefix (a date, a product code) filled up with random digits. */
export function channelNumber(prefix: string, length: number): string {
  return prefix + Array.from({ length: length - prefix.length }, () => randomInt(10)).join('');
}
