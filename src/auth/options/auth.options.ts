import type { DataSource } from 'typeorm';
import type { Clock } from '../../time/clock.js';
import type { Identify } from './identify.js';
import type { MailOptions } from './mailer.js';

export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

export interface AuthOptions {
  /** Has this package's entities and is initialised; stays the caller's to close. */
  dataSource: DataSource;
  /** Default: the system's time. */
  clock?: Clock;
  jwt: {
    /**
     * The bytes of this string (UTF-8) are the HS256 key: at least 32 of them. With a private key, tokens are signed with
     * that instead; the secret still makes refresh tokens.
     */
    secret: string;
    /** Secrets that are accepted too: the former one, or the next. */
    previousSecrets?: readonly string[];
    /** PEM: EC P-256 (tokens by ES256) or RSA (RS256). Its public half is published at `/.well-known/jwks.json`. */
    privateKey?: string;
    /** PEM: public keys that are accepted and published too: the former one, or the next. */
    otherPublicKeys?: readonly string[];
    /** Default: `commercial`. */
    issuer?: string;
    /** Default: `commercial`. */
    audience?: string;
    /** Default: 900. */
    accessTokenSeconds?: number;
  };
  /** How long a sign-in lasts, however often its tokens are refreshed. Default: 30. */
  refreshTokenDays?: number;
  /** How links to new passwords, verifications and invitations are sent. Default: they are not, and that is logged. */
  mail?: MailOptions;
  /** Whether a user must have verified the e-mail address to sign in again. Default: false. */
  requireVerifiedEmail?: boolean;
  /** The host's own sign-in. Default: users register and sign in here. */
  identify?: Identify;
  /** Whom of the users that `identify` finds is an administrator; the address in its normal form. Default: nobody. */
  hostAdministrator?: { externalId: string } | { email: string };
  /** The language of answers to who asks for none, and of new customers. Default `zh-CN`. */
  defaultLocale?: 'zh-CN' | 'en';
  /** Names that no password may be, such as the product's. Default: none but this package's own. */
  productNames?: readonly string[];
  /** How many registrations may come from one network in an hour; beyond, 429. Default 0: any number. */
  registrationsPerHour?: number;
  /** How many requests of one account may change something in a minute, in this process; beyond, 429. Default 0: any number. */
  writesPerMinute?: number;
}

const MIN_SECRET_BYTES = 32;

export interface JwtSettings {
  secret: string;
  previousSecrets: readonly string[];
  privateKey: string | null;
  otherPublicKeys: readonly string[];
  issuer: string;
  audience: string;
  accessTokenSeconds: number;
}

/** The options with their defaults. @throws Error where a secret is too short to be one. */
export function jwtSettings({ jwt }: AuthOptions): JwtSettings {
  const previousSecrets = jwt.previousSecrets ?? [];
  for (const secret of [jwt.secret, ...previousSecrets]) {
    if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) {
      throw new Error(`AuthModule: jwt.secret must have at least ${MIN_SECRET_BYTES} bytes (RFC 7518, 3.2)`);
    }
  }
  return {
    secret: jwt.secret,
    previousSecrets,
    privateKey: jwt.privateKey ?? null,
    otherPublicKeys: jwt.otherPublicKeys ?? [],
    issuer: jwt.issuer ?? 'commercial',
    audience: jwt.audience ?? 'commercial',
    accessTokenSeconds: jwt.accessTokenSeconds ?? 900,
  };
}
