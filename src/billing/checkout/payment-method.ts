import { invalidInput } from '../../problems/validation.pipe.js';
import type { PaymentProvider } from '../../providers/payment-provider.js';

/**
 * The way to pay that was asked for, or the channel's default; null for a channel that has but one, without a name.
 * @throws Problem VALIDATION_FAILED naming the field, for one that the channel doesn't have
 */
export function paymentMethod({ name, methods = [] }: PaymentProvider, asked: string | null): string | null {
  if (asked === null) return methods[0] ?? null;
  if (methods.includes(asked)) return asked;
  const message = `method must be one that ${name} has: ${methods.join(', ') || 'none is to be named'}`;
  throw invalidInput([{ field: 'method', message }]);
}
