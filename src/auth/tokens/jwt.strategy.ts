import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Clock } from '../../time/clock.js';
import { AUTH_OPTIONS, jwtSettings, type AuthOptions } from '../auth.options.js';
import type { AuthenticatedUser } from '../authenticated-user.js';
import { EndedSessions } from '../sessions/ended-sessions.service.js';
import { ACCESS_TOKEN_TYPE, type AccessTokenClaims } from './access-tokens.js';
import { ALGORITHMS, SigningKeys } from './signing-keys.js';

export const JWT_STRATEGY = 'commercial-jwt';

/** `Authorization: Bearer <access token>`. No query of its own: {@link EndedSessions} keeps what it must know. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, JWT_STRATEGY) {
  constructor(
    @Inject(AUTH_OPTIONS) options: AuthOptions,
    private readonly clock: Clock,
    private readonly ended: EndedSessions,
    keys: SigningKeys,
  ) {
    const { issuer, audience } = jwtSettings(options);
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: (_request, token: string, done) => {
        const key = keys.keyFor(token);
        if (!key) return done(new Error('signed with no key of ours'));
        // jsonwebtoken takes a KeyObject, and then holds it to the algorithms of its kind; the types know only bytes.
        done(null, key as unknown as Buffer);
      },
      algorithms: [...ALGORITHMS],
      issuer,
      audience,
      // jsonwebtoken would compare with the system's time; validate() compares with the clock that signed.
      ignoreExpiration: true,
    });
  }

  async validate(claims: Partial<AccessTokenClaims>): Promise<AuthenticatedUser | false> {
    const { sub, account, role, sid, type, exp } = claims;
    if (type !== ACCESS_TOKEN_TYPE) return false;
    if (typeof exp !== 'number' || exp * 1000 <= this.clock.now().getTime()) return false;
    if (!sub || !account || !sid || (role !== 'user' && role !== 'admin')) return false;
    if (await this.ended.has(sid)) return false;
    return {
      id: sub,
      accountId: account,
      accountRole: null,
      role,
      via: 'token',
      sessionId: sid,
      apiKeyId: null,
      scopes: null,
    };
  }
}
