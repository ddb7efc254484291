import { dictionary } from '@zxcvbn-ts/language-common';
import { MIN_PASSWORD } from './password-length.js';

/** The most common passwords of public leaks, in lower case, less those that are too short to be chosen anyhow. */
const COMMON = new Set(dictionary['passwords-common'].filter((password) => password.length >= MIN_PASSWORD));

/** Whether somebody who guesses would begin with it (NIST SP 800-63B, 3.1.1.2). Its case hides it from nobody. */
export function isCommonPassword(password: string): boolean {
  return COMMON.has(password.toLowerCase());
}
