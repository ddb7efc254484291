import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AuthOptions } from '../auth/options/auth.options.js';
import type { Faults } from './channels.js';
import type { Environment } from './environment.js';

/** How tokens are signed, and how mails leave. */
export interface AccountsConfiguration {
  /** What is set beside the secret, whose default lies in the data folder. */
  jwt: Omit<AuthOptions['jwt'], 'secret'>;
  /** Null: nothing is sent. */
  mail: { smtpUrl: string; from: string } | null;
  /** The front end's address, to which the links in mails lead; null: the outside address. */
  linkUrl: string | null;
  requireVerifiedEmail: boolean;
}

export function readAccounts(env: Environment, faults: Faults): AccountsConfiguration {
  const privateKey = readKey(env, 'JWT_PRIVATE_KEY', faults);
  const otherPublicKey = readKey(env, 'JWT_OTHER_PUBLIC_KEY', faults);
  const requireVerifiedEmail = env.REQUIRE_VERIFIED_EMAIL ?? false;
  if (requireVerifiedEmail && env.SMTP_URL === undefined) {
    faults.push('REQUIRE_VERIFIED_EMAIL needs SMTP_URL, or nobody could verify an address');
  }
  return {
    jwt: {
      previousSecrets: readPreviousSecrets(env, faults),
      ...(privateKey === undefined ? {} : { privateKey }),
      ...(otherPublicKey === undefined ? {} : { otherPublicKeys: [otherPublicKey] }),
    },
    mail: readMail(env, faults),
    linkUrl: env.MAIL_LINK_URL?.replace(/\/+$/, '') ?? null,
    requireVerifiedEmail,
  };
}

function readPreviousSecrets(env: Environment, faults: Faults): string[] {
  const secrets = env.JWT_PREVIOUS_SECRETS?.split(',').map((secret) => secret.trim()) ?? [];
  if (secrets.some((secret) => Buffer.byteLength(secret) < 32)) {
    faults.push('JWT_PREVIOUS_SECRETS must be secrets of at least 32 bytes, separated by commas');
  }
  return secrets;
}

function readMail(
  { SMTP_URL: smtpUrl, MAIL_FROM: from }: Environment,
  faults: Faults,
): AccountsConfiguration['mail'] {
  if (smtpUrl === undefined) return null;
  if (from === undefined)
    faults.push('MAIL_FROM is missing; mails need a sender, such as "iDoctor <no-reply@idoctor.cn>"');
  return { smtpUrl, from: from ?? '' };
}

/** PEM, PEM with `\n` written out, or a file's path under the name with `_PATH`. */
function readKey(
  env: Environment,
  name: 'JWT_PRIVATE_KEY' | 'JWT_OTHER_PUBLIC_KEY',
  faults: Faults,
): string | undefined {
  const path = env[`${name}_PATH`];
  try {
    const value = path === undefined ? env[name] : readFileSync(path, 'utf8');
    if (value === undefined) return undefined;
    const pem = value.replaceAll('\\n', '\n');
    (name === 'JWT_PRIVATE_KEY' ? createPrivateKey : createPublicKey)(pem);
    return pem;
  } catch {
    faults.push(`${name} is not a readable key in PEM form`);
    return undefined;
  }
}
