import { Problem } from '../../../problems/problem.js';
import type { AuthOptions } from '../../options/auth.options.js';
import type { User } from './user.entity.js';

/** @throws Problem FORBIDDEN where an address must be verified and the user's isn't */
export function requireVerifiedEmail(
  { requireVerifiedEmail: isRequired = false }: AuthOptions,
  user: User,
): void {
  if (!isRequired || user.emailVerifiedAt) return;
  const reason = {
    en: 'the e-mail address is not verified yet; POST /auth/email-verification sends the link again',
    'zh-CN': '邮箱尚未验证，可用 POST /auth/email-verification 重新发送链接',
  };
  throw new Problem('FORBIDDEN', { params: { reason } });
}
