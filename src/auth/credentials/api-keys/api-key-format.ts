import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 characters of 62 are 190 bits. */
const RANDOM_LENGTH = 32;
/** 62^6 is more than 2^32, so six characters hold any CRC-32. */
const CHECKSUM_LENGTH = 6;
const SHOWN_LENGTH = 12;
const IN_BASE62 = /^[0-9A-Za-z]+$/;
const PREFIX = 'idk_';

export function createApiKey(): string {
  return createKey(PREFIX);
}

export function isWellFormedApiKey(key: string): boolean {
  return isWellFormedKey(key, PREFIX);
}

/**
 * A prefix for secret scanners, a random part, and a checksum by which a mistyped or made-up key is refused without
 * asking the database.
 */
export function createKey(prefix: string): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => BASE62[randomInt(BASE62.length)]).join('');
  const body = prefix + random;
  return body + checksum(body);
}

export function isWellFormedKey(key: string, prefix: string): boolean {
  if (key.length !== prefix.length + RANDOM_LENGTH + CHECKSUM_LENGTH || !key.startsWith(prefix)) return false;
  const body = key.slice(0, -CHECKSUM_LENGTH);
  return IN_BASE62.test(key.slice(prefix.length)) && key.endsWith(checksum(body));
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
