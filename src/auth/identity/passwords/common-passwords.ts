import { createRequire } from 'node:module';
import { onFirstUse } from '../../../loading/on-first-use.js';
import { MIN_PASSWORD } from './password-length.js';

const require = createRequire(import.meta.url);

/** The most common passwords of public leaks, in lower case, without those that are too short to be accepted anyway. */
const common = onFirstUse(() => {
  const { dictionary } = require('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].filter((password) => password.length >= MIN_PASSWORD));
});

/** Whether somebody who guesses would begin with it (NIST SP 800-63B, 3.1.1.2). Its case hides it from nobody. */
export function isCommonPassword(password: string): boolean {
  return common().has(password.toLowerCase());
}
