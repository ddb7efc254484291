import { Problem } from '../problems/problem.js';

interface AnyRequest {
  headers: Record<string, string | string[] | undefined>;
}

const NAME = 'portal-session';

/** Under the pages only, so that no route of the API is ever sent it. */
export const PAGES_PATH = '/portal';

/** Out of reach of scripts and of other sites. Browsers take `Secure` from a loopback address too. */
const ATTRIBUTES = `Path=${PAGES_PATH}; HttpOnly; Secure; SameSite=Strict`;

/**
 * @param token a refresh token, or that of a portal link's session
 * @param seconds how long the browser keeps it
 */
export function sessionCookie(token: string, seconds: number): string {
  return `${NAME}=${token}; ${ATTRIBUTES}; Max-Age=${seconds}`;
}

export function noSessionCookie(): string {
  return `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;
}

/** @returns null where the browser has none */
export function tokenOf({ headers }: AnyRequest): string | null {
  for (const pair of String(headers['cookie'] ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === NAME && value) return value;
  }
  return null;
}

/**
 * A cookie is sent with every request, whoever made the browser send it; so only the pages themselves are listened to.
 * Browsers always tell the origin of such a request.
 *
 * @throws Problem REQUEST_REFUSED
 */
export function requireOwnOrigin({ headers }: AnyRequest, publicUrl: string): void {
  const origin = headers['origin'];
  if (typeof origin === 'string' && URL.canParse(origin)) {
    const { host } = new URL(origin);
    if (host === headers['host'] || host === new URL(publicUrl).host) return;
  }
  throw new Problem('REQUEST_REFUSED');
}
