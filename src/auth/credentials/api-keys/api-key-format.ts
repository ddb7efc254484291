import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 characters of 62 are 190 bits. */
const RANDOM_LENGTH = 32;
/** 62^6 is more than 2^32, so six characters hold any CRC-32. */
const CHECKSUM_LENGTH = 6;
const SHOWN_LENGTH = 12;
const FORMAT = new RegExp(`^(idk_[0-9A-Za-z]{${RANDOM_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);

/**
 * `idk_` for secret scanners, a random part, and a checksum by which a mistyped or made-up key is refused without
 * asking the database.
 */
export function createApiKey(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => BASE62[randomInt(BASE62.length)]).join('');
  const body = `idk_${random}`;
  return body + checksum(body);
}

export function isWellFormedApiKey(key: string): boolean {
  const [, body, sum] = FORMAT.exec(key) ?? [];
  return body !== undefined && sum === checksum(body);
}

/** What a list shows of a key: enough to recognise it. */
export function shownPrefix(key: string): string {
  return key.slice(0, SHOWN_LENGTH);
}

/** A key has 190 random bits, so one round of SHA-256 protects it as well as a slow hash would. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let index = 0; index < CHECKSUM_LENGTH; index += 1) {
    digits = BASE62.charAt(rest % BASE62.length) + digits;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}
