import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  timingSafeEqual,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import jwt, { type JwtHeader } from 'jsonwebtoken';
import { AUTH_OPTIONS, jwtSettings, type AuthOptions } from '../../options/auth.options.js';

/** Each key is good for one algorithm and no other (RFC 8725, 3.1). */
export const ALGORITHMS = ['HS256', 'ES256', 'RS256'] as const;
type AsymmetricAlgorithm = Exclude<(typeof ALGORITHMS)[number], 'HS256'>;

const MIN_RSA_BITS = 2048;

export interface PublicJwk extends JsonWebKey {
  kid: string;
  alg: AsymmetricAlgorithm;
  use: 'sig';
}

interface PublicSigningKey {
  key: KeyObject;
  alg: AsymmetricAlgorithm;
  jwk: PublicJwk;
}

/**
 * The keys of access tokens. One signs; others are accepted besides, so that keys change without a token being refused:
 * first every process learns to accept the next key, then they sign with it one by one, and when the last token by the
 * former key has expired that one goes.
 */
@Injectable()
export class SigningKeys {
  private readonly signingKey: KeyObject;
  private readonly signer: { algorithm: 'HS256' } | { algorithm: AsymmetricAlgorithm; keyid: string };
  /** With a private key at work, the secret itself no longer opens anything: a host may know it. */
  private readonly secrets: readonly KeyObject[];
  private readonly publicKeys: ReadonlyMap<string, PublicSigningKey>;

  constructor(@Inject(AUTH_OPTIONS) options: AuthOptions) {
    const { secret, previousSecrets, privateKey, otherPublicKeys } = jwtSettings(options);
    const own = privateKey === null ? null : publicSigningKey(privateKey);
    this.signingKey = privateKey === null ? secretKey(secret) : createPrivateKey(privateKey);
    this.signer = own ? { algorithm: own.alg, keyid: own.jwk.kid } : { algorithm: 'HS256' };
    this.secrets = [...(own ? [] : [secret]), ...previousSecrets].map(secretKey);
    const all = [...(own ? [own] : []), ...otherPublicKeys.map(publicSigningKey)];
    this.publicKeys = new Map(all.map((key) => [key.jwk.kid, key]));
  }

  sign(claims: object, options: { issuer: string; audience: string }): string {
    return jwt.sign(claims, this.signingKey, { ...this.signer, ...options });
  }

  /**
   * The one key with which to verify the token. Of its header only `alg` and `kid` are looked at, to choose among keys
   * that are known; a key that it brings along (`jwk`, `jku`, `x5u`) is nothing to us.
   * @returns null where no key of ours can have signed it.
   */
  keyFor(token: string): KeyObject | null {
    const header = headerOf(token);
    // RFC 7515, 4.1.11: extensions that aren't understood must not be ignored.
    if (!header || header.crit !== undefined) return null;
    if (header.alg === 'HS256') return this.secretOf(token);
    const found = this.publicKeys.get(header.kid ?? '');
    return found && found.alg === header.alg ? found.key : null;
  }

  /** RFC 7517: what others need to verify tokens by themselves. Empty while tokens are signed with the secret. */
  jwks(): { keys: PublicJwk[] } {
    return { keys: [...this.publicKeys.values()].map(({ jwk }) => jwk) };
  }

  private secretOf(token: string): KeyObject | null {
    const [first = null, ...others] = this.secrets;
    if (others.length === 0) return first;
    return this.secrets.find((secret) => signed(token, secret)) ?? null;
  }
}

function secretKey(secret: string): KeyObject {
  return createSecretKey(secret, 'utf8');
}

function headerOf(token: string): JwtHeader | null {
  try {
    return jwt.decode(token, { complete: true })?.header ?? null;
  } catch {
    // The payload says that it is JSON, and isn't.
    return null;
  }
}

function signed(token: string, secret: KeyObject): boolean {
  const end = token.lastIndexOf('.');
  const expected = createHmac('sha256', secret).update(token.slice(0, end)).digest();
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

/** @param pem a private or a public key. @throws Error for a kind of key that signs no token here. */
function publicSigningKey(pem: string): PublicSigningKey {
  const key = createPublicKey(pem);
  const alg = algorithmOf(key);
  const jwk = key.export({ format: 'jwk' });
  return { key, alg, jwk: { ...jwk, kid: thumbprint(jwk), alg, use: 'sig' } };
}

function algorithmOf({
  asymmetricKeyType: type,
  asymmetricKeyDetails: details,
}: KeyObject): AsymmetricAlgorithm {
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return 'ES256';
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= MIN_RSA_BITS) return 'RS256';
  throw new Error(
    `AuthModule: a key for access tokens must be EC P-256 (ES256) or RSA of ${MIN_RSA_BITS} bits or more (RS256)`,
  );
}

/** RFC 7638: the required members, in alphabetical order. */
function thumbprint({ crv, e, kty, n, x, y }: JsonWebKey): string {
  const required = kty === 'EC' ? { crv, kty, x, y } : { e, kty, n };
  return createHash('sha256').update(JSON.stringify(required)).digest('base64url');
}
