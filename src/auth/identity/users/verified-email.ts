import { Problem } from '../../../problems/problem.js';
import type { AuthOptions } from '../../options/auth.options.js';
import type { User } from './user.entity.js';

const NOT_VERIFIED = {
  en: 'the e-mail address is not verified yet; POST /auth/email-verification sends the link again',
  'zh-CN': '邮箱尚未验证，可用 POST /auth/email-verification 重新发送链接',
};

/** For what nobody may do under an address that may be somebody else's. @throws Problem FORBIDDEN */
export function requireProvenEmail({ emailVerifiedAt }: User): void {
  if (!emailVerifiedAt) throw new Problem('FORBIDDEN', { params: { reason: NOT_VERIFIED } });
}

/** @throws Problem FORBIDDEN where an address must be verified and the user's isn't */
export function requireVerifiedEmail(
  { requireVerifiedEmail: isRequired = false }: AuthOptions,
  user: User,
): void {
  if (isRequired) requireProvenEmail(user);
}
