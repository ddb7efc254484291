import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../time/clock.js';
import type { Role, User } from '../../identity/users/user.entity.js';
import { AUTH_OPTIONS, jwtSettings, type AuthOptions, type JwtSettings } from '../../options/auth.options.js';
import { SigningKeys } from './signing-keys.js';

/** Told apart by `type` from every other JWT that these keys may ever sign. */
export const ACCESS_TOKEN_TYPE = 'access';

/** The claims beside the registered ones (`iss`, `aud`, `iat`). Times in whole seconds since 1970. */
export interface AccessTokenClaims {
  sub: string;
  account: string;
  role: Role;
  /** The family of refresh tokens. */
  sid: string;
  type: typeof ACCESS_TOKEN_TYPE;
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
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const claims: AccessTokenClaims & { iat: number } = {
      sub: user.id,
      account: user.personalAccountId,
      role: user.role,
      sid: sessionId,
      type: ACCESS_TOKEN_TYPE,
      iat,
      exp: iat + this.lifeSeconds,
    };
    const { issuer, audience } = this.settings;
    return this.keys.sign(claims, { issuer, audience });
  }
}
