import { inChannelSpan } from '../tracing/spans.js';
import type { PaymentAgreements } from './payment-agreements.js';
import type { PaymentProvider } from './payment-provider.js';

/** What calls the channel over the network. */
const CALLS = new Set<string | symbol>([
  'createPayment',
  'queryPayment',
  'closePayment',
  'refund',
  'queryRefund',
] satisfies (keyof PaymentProvider)[]);
const AGREEMENT_CALLS = new Set<string | symbol>([
  'query',
  'charge',
  'cancel',
] satisfies (keyof PaymentAgreements)[]);

/** The same channel, whose every call is a span of the running trace. */
export function traced(provider: PaymentProvider): PaymentProvider {
  return new Proxy(provider, {
    get(target, property) {
      if (property === 'agreements') return target.agreements && tracedAgreements(target);
      return read(
        target,
        property,
        CALLS.has(property) ? `${target.name} ${String(property)}` : null,
        target,
      );
    },
  });
}

function tracedAgreements(provider: PaymentProvider): PaymentAgreements {
  return new Proxy(provider.agreements!, {
    get(target, property) {
      const isCall = AGREEMENT_CALLS.has(property);
      return read(
        target,
        property,
        isCall ? `${provider.name} agreement ${String(property)}` : null,
        provider,
      );
    },
  });
}

/** @param span null for what calls nobody */
function read(
  target: object,
  property: string | symbol,
  span: string | null,
  { name }: PaymentProvider,
): unknown {
  const value: unknown = Reflect.get(target, property, target);
  if (typeof value !== 'function') return value;
  const call = (...args: unknown[]): unknown => Reflect.apply(value, target, args);
  if (span === null) return call;
  return (...args: unknown[]) => inChannelSpan(span, name, async () => call(...args));
}
