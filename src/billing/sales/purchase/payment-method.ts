import { invalidInput } from '../../../problems/validation.pipe.js';
import type { PaymentProvider } from '../../../providers/payment-provider.js';
import { oneOf } from '../../../problems/constraint-texts.js';
import { about, type Sentence } from '../../../problems/sentence.js';

/**
 * The way to pay that was asked for, or the channel's default; null for a channel that has but one, without a name.
 * @throws Problem VALIDATION_FAILED naming the field, for one that the channel doesn't have
 */
export function paymentMethod({ name, methods = [] }: PaymentProvider, asked: string | null): string | null {
  if (asked === null) return methods[0] ?? null;
  if (methods.includes(asked)) return asked;
  const message = about('method', methods.length === 0 ? none(name) : oneOf(methods));
  throw invalidInput([{ field: 'method', message }]);
}

function none(channel: string): Sentence {
  return {
    en: `must be left out: ${channel} has one way to pay`,
    'zh-CN': `请去掉：${channel} 只有一种支付方式`,
  };
}
