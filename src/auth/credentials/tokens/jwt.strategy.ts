import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { LRUCache } from 'lru-cache';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Clock } from '../../../time/clock.js';
import { AUTH_OPTIONS, jwtSettings, type AuthOptions } from '../../options/auth.options.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { EndedSessions } from '../sessions/ended-sessions.service.js';
import { PORTAL_SCOPES } from '../sessions/portal-scopes.js';
import { ACCESS_TOKEN_TYPE, PORTAL_TOKEN_TYPE, type AccessTokenClaims } from './access-tokens.js';
import { ALGORITHMS, SigningKeys } from './signing-keys.js';

export const JWT_STRATEGY = 'commercial-jwt';

/** About a kilobyte each. Whoever is crowded out has their token verified again. */
const REMEMBERED = 10_000;

interface BearerRequest {
  headers: { authorization: string };
}

/**
 * `Authorization: Bearer <access token>`. No query of its own: {@link EndedSessions} keeps what it must know.
 *
 * A signature is verified at first sight, which costs more than all the rest of a request; a token that comes again is
 * recognised. What may change between two uses of it (the time, the end of its session) is looked at each time. Keys
 * change with a restart, which forgets all tokens.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, JWT_STRATEGY) {
  /** By the Authorization header, word for word. */
  private readonly verified = new LRUCache<string, AccessTokenClaims>({ max: REMEMBERED });

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
      // jsonwebtoken would compare with the system's time; admit() compares with the clock that signed.
      ignoreExpiration: true,
      jsonWebTokenOptions: { ignoreNotBefore: true },
      passReqToCallback: true,
    });
  }

  /** Called by Passport with the claims of a token whose signature, issuer and audience are right. */
  async validate(
    { headers }: BearerRequest,
    claims: Partial<AccessTokenClaims>,
  ): Promise<AuthenticatedUser | false> {
    if (!isAccessToken(claims)) return false;
    this.verified.set(headers.authorization, claims);
    return this.admit(claims);
  }

  /**
   * @param authorization the header as it was sent
   * @returns whose token it is; false where it is good no longer; null for one that wasn't seen yet.
   */
  recognise(authorization: string): AuthenticatedUser | false | null | Promise<AuthenticatedUser | false> {
    const claims = this.verified.get(authorization);
    return claims ? this.admit(claims) : null;
  }

  private admit(claims: AccessTokenClaims): AuthenticatedUser | false | Promise<AuthenticatedUser | false> {
    const { sid, exp, nbf } = claims;
    const now = this.clock.now().getTime();
    if (exp * 1000 <= now || (nbf !== undefined && nbf * 1000 > now)) return false;
    const ended = this.ended.has(sid);
    if (typeof ended !== 'boolean') return ended.then((has) => !has && userOf(claims));
    return !ended && userOf(claims);
  }
}

function userOf({ sub, account, role, sid, type }: AccessTokenClaims): AuthenticatedUser {
  const isPortal = type === PORTAL_TOKEN_TYPE;
  return {
    id: sub,
    accountId: account,
    accountRole: null,
    role: isPortal ? 'user' : role,
    via: isPortal ? 'portal' : 'token',
    sessionId: sid,
    apiKeyId: null,
    scopes: isPortal ? PORTAL_SCOPES : null,
  };
}

function isAccessToken(claims: Partial<AccessTokenClaims>): claims is AccessTokenClaims {
  const { sub, account, role, sid, type, exp, nbf } = claims;
  if ((type !== ACCESS_TOKEN_TYPE && type !== PORTAL_TOKEN_TYPE) || !sub || !account || !sid) return false;
  if (role !== 'user' && role !== 'admin') return false;
  return typeof exp === 'number' && (nbf === undefined || typeof nbf === 'number');
}
