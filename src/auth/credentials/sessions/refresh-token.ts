import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Lets secret scanners recognise a leaked token. */
const PREFIX = 'irt_';
const TOKEN_BYTES = 32;

export function createRefreshToken(): string {
  return PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
}

/** A token has 256 random bits, so one round of SHA-256 protects it as well as a slow hash would. */
export function hashRefreshToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The key that {@link successorOf} needs, apart from every other use of the secret (RFC 5869). */
export function successorKey(jwtSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', jwtSecret, '', 'refresh-successor', TOKEN_BYTES));
}

/**
 * The one token that follows `token`. It is computed, not drawn, so that a client whose answer was lost, or whose
 * twenty tabs refresh at once, gets the same one again, though only hashes are stored. Without the key nobody can
 * compute it from a token that leaked.
 */
export function successorOf(token: string, key: Buffer): string {
  return PREFIX + createHmac('sha256', key).update(token).digest('base64url');
}
