import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../time/clock.js';
import type { Role, User } from '../../identity/users/user.entity.js';
import { AUTH_OPTIONS, jwtSettings, type AuthOptions, type JwtSettings } from '../../options/auth.options.js';
import type { PortalSession } from '../sessions/portal-session.entity.js';
import { SigningKeys } from './signing-keys.js';

/** Told apart by `type` from every other JWT that these keys may ever sign. */
export const ACCESS_TOKEN_TYPE = 'access';
/** Of a session that a portal link opened: it may do only what the portal does. */
export const PORTAL_TOKEN_TYPE = 'portal';

/** The claims beside the registered ones (`iss`, `aud`, `iat`). Times in whole seconds since 1970. */
export interface AccessTokenClaims {
  sub: string;
  account: string;
  role: Role;
  /** The family of refresh tokens, or the portal's session. */
  sid: string;
  type: typeof ACCESS_TOKEN_TYPE | typeof PORTAL_TOKEN_TYPE;
  exp: number;
  /** Not written by us, but heeded. */
  nbf?: number;
}

/** Signs access tokens: JWTs that name the user, the account and the sign-in. */
@Injectable()
export class AccessTokens {
  private readonly settings: JwtSettings;

  constructor(
    @Inject(AUTH_OPTIONS) options: AuthOptions,
    private readonly clock: Clock,
    private readonly keys: SigningKeys,
  ) {
    this.settings = jwtSettings(options);
  }

  get lifeSeconds(): number {
    return this.settings.accessTokenSeconds;
  }

  issue(user: Pick<User, 'id' | 'personalAccountId' | 'role'>, sessionId: string): string {
    const { id: sub, personalAccountId: account, role } = user;
    return this.sign({ sub, account, role, sid: sessionId, type: ACCESS_TOKEN_TYPE }, this.lifeSeconds);
  }

  /** For a portal's session, until its end at the latest. */
  issueForPortal({ id, userId, accountId, expiresAt }: PortalSession): { token: string; expiresIn: number } {
    const left = Math.floor((expiresAt.getTime() - this.clock.now().getTime()) / 1000);
    const expiresIn = Math.max(1, Math.min(this.lifeSeconds, left));
    const claims = {
      sub: userId,
      account: accountId,
      role: 'user',
      sid: id,
      type: PORTAL_TOKEN_TYPE,
    } as const;
    return { token: this.sign(claims, expiresIn), expiresIn };
  }

  private sign(claims: Omit<AccessTokenClaims, 'exp' | 'nbf'>, seconds: number): string {
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const { issuer, audience } = this.settings;
    return this.keys.sign({ ...claims, iat, exp: iat + seconds }, { issuer, audience });
  }
}
