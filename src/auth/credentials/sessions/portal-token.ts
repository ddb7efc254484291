import { createHash, randomBytes } from 'node:crypto';

/** Lets secret scanners recognise a leaked token, and the pages tell a portal's session from a sign-in. */
const LINK_PREFIX = 'ipl_';
const SESSION_PREFIX = 'ips_';
const TOKEN_BYTES = 32;

export function createPortalLinkToken(): string {
  return LINK_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
}

export function createPortalSessionToken(): string {
  return SESSION_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
}

export function isPortalSessionToken(token: string): boolean {
  return token.startsWith(SESSION_PREFIX);
}

/** A token has 256 random bits, so one round of SHA-256 protects it as well as a slow hash would. */
export function hashPortalToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
