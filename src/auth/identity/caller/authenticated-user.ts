import type { Scope } from './scopes.js';
import type { Role } from '../users/user.entity.js';
import type { QuotaCap } from './quota-cap.js';

/** What somebody may do for an account: a member uses it, an admin also buys and invites, an owner also names owners. */
export type AccountRole = 'owner' | 'admin' | 'member';

/**
 * Who is calling, for which account, and with what. After authentication it stands at `request.user`; a host's user that
 * `identify` found does not, since the host may have its own there. `@CurrentUser()` finds both.
 */
export interface AuthenticatedUser {
  id: string;
  /** Owns what the caller buys and uses. */
  accountId: string;
  /** What the caller is in the organization that `accountId` names; null in the personal account. */
  accountRole: AccountRole | null;
  /** `admin` by access token, or by an API key with the scope `admin`, of an administrator; else `user`. */
  role: Role;
  /**
   * `serviceKey`: another application acts for its customer, whom `id` names. `host`: the host's own sign-in found its
   * user, who is such a customer too. `portal`: the session of a portal link, of a user or of such a customer.
   */
  via: 'token' | 'apiKey' | 'serviceKey' | 'host' | 'portal';
  /** The family of refresh tokens, or the portal's session, that the access token belongs to; null but by one. */
  sessionId: string | null;
  /** Null but by API key. */
  apiKeyId: string | null;
  /** What the API key or the portal's session is limited to; null where nothing but the role limits the caller. */
  scopes: readonly Scope[] | null;
  /** The application that acts for its customer, the same over rotations of its key; absent for everybody else. */
  serviceKeyId?: string;
  /** What the API key may consume; absent where nothing but the account's quota limits the caller. */
  quotaCap?: QuotaCap;
}
