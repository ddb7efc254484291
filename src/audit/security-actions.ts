/**
 * Events of security that users cause (OWASP ASVS 5.0, chapter 16). Their entries in the audit log end, unlike those of
 * what administrators do. docs/operate/security.md describes each; a spec compares the two.
 */
export const SECURITY_ACTIONS = [
  'session.started',
  'session.logged_out',
  'session.ended',
  'session.others_ended',
  'session.token_reused',
  'login.failed',
  'login.limited',
  'user.password_changed',
  'user.password_reset',
  'user.email_verified',
  'api_key.created',
  'api_key.rotated',
  'api_key.revoked',
  'organization.created',
  'organization.invited',
  'organization.invitation_withdrawn',
  'organization.member_added',
  'organization.role_changed',
  'organization.member_removed',
] as const;

/** One of {@link SECURITY_ACTIONS}. */
export type SecurityAction = (typeof SECURITY_ACTIONS)[number];

/** What administrators and other applications do to accounts; the entries stay, without the client's address. */
export const ADMINISTRATION_ACTIONS = [
  'user.deactivated',
  'user.reactivated',
  'user.role_changed',
  'user.sessions_ended',
  'user.exported',
  'users.exported',
  'user.erased',
  'service_key.created',
  'service_key.rotated',
  'service_key.deleted',
  'customer.linked',
  'customer.unlinked',
  'customer.erased',
] as const;

/** How long an entry of a security event, and the client's address in any entry, are kept. */
export const SECURITY_LOG_DAYS = 365;

const DAY_MS = 86_400_000;
const BOUNDED: ReadonlySet<string> = new Set(SECURITY_ACTIONS);

/** @returns when an entry ends; null for one that stays. */
export function keptUntil(action: string, at: Date): Date | null {
  return BOUNDED.has(action) ? new Date(at.getTime() + SECURITY_LOG_DAYS * DAY_MS) : null;
}
