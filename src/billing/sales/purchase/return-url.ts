import { invalidInput } from '../../../problems/validation.pipe.js';
import type { BillingOptions } from '../../options/billing-options.js';

/**
 * Buyers trust the page that a channel leads them back to: who makes their order must not choose it freely.
 * @throws Problem VALIDATION_FAILED where the origin is none of `returnUrlOrigins`.
 */
export function requireReturnUrl(
  { returnUrlOrigins }: Pick<BillingOptions, 'returnUrlOrigins'>,
  returnUrl: string | null,
): void {
  if (returnUrl === null || !returnUrlOrigins) return;
  if (URL.canParse(returnUrl) && returnUrlOrigins.includes(new URL(returnUrl).origin)) return;
  const origins = returnUrlOrigins.join(', ');
  const message = {
    en: `returnUrl must begin with one of: ${origins}`,
    'zh-CN': `returnUrl 必须以下列地址之一开头：${origins}`,
  };
  throw invalidInput([{ field: 'returnUrl', message }]);
}
