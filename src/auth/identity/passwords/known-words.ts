import { invalidInput } from '../../../problems/validation.pipe.js';
import type { Sentence } from '../../../problems/sentence.js';
import type { AuthOptions } from '../../options/auth.options.js';

/** Words of this product, which somebody who guesses tries first. */
const PRODUCT = ['idoctor', 'commercial', 'idoctor commercial'];

/** What a password must not be: what everybody knows who knows the user or the product. */
export interface KnownWords {
  email: string;
  displayName: string | null;
  options: Pick<AuthOptions, 'productNames'>;
}

/**
 * Refuses a password that is the e-mail address, the part before its `@`, the display name or the product's name. Case,
 * punctuation and figures at the end make no difference: `Li.Wei-2026` is `li.wei` (NIST SP 800-63B, 3.1.1.2).
 * @param field the field to be named
 * @throws Problem VALIDATION_FAILED
 */
export function requireUnknownPassword(password: string, known: KnownWords, field: string): void {
  const reason = reasonAgainst(password, known);
  if (reason)
    throw invalidInput([
      { field, message: { en: `${field} ${reason.en}`, 'zh-CN': `${field} ${reason['zh-CN']}` } },
    ]);
}

/** @returns what is wrong with the password, without the field's name; null where nothing is. */
export function reasonAgainst(
  password: string,
  { email, displayName, options }: KnownWords,
): Sentence | null {
  const chosen = coresOf(password);
  const is = (...words: (string | null)[]) =>
    words.some((word) => word !== null && coresOf(word).some((core) => chosen.includes(core)));
  if (is(email, email.slice(0, email.lastIndexOf('@')))) return IS_ADDRESS;
  if (is(displayName)) return IS_NAME;
  return is(...PRODUCT, ...(options.productNames ?? [])) ? IS_PRODUCT : null;
}

/** The letters and figures of a text in lower case, and the same without figures at its end. */
function coresOf(text: string): string[] {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return [letters, letters.replace(/\p{N}+$/u, '')].filter((core) => core !== '');
}

const IS_ADDRESS: Sentence = {
  en: 'must not be your e-mail address or the part before the @: choose another',
  'zh-CN': '不能与邮箱地址或其 @ 之前的部分相同，请换一个',
};
const IS_NAME: Sentence = {
  en: 'must not be your name: choose another',
  'zh-CN': '不能与姓名相同，请换一个',
};
const IS_PRODUCT: Sentence = {
  en: 'must not be the name of the product: choose another',
  'zh-CN': '不能与产品名称相同，请换一个',
};
