import { createHash, randomBytes } from 'node:crypto';

/** Lets secret scanners recognise a leaked token. */
const PREFIX = 'ilt_';
const TOKEN_BYTES = 32;

export function createLinkToken(): string {
  return PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
}

/** A token has 256 random bits, so one round of SHA-256 protects it as well as a slow hash would. */
export function hashLinkToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
