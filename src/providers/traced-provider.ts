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

export type KeyFaultListener = (provider: string, reason: string) => void;

/**
 * The same channel, whose every call is a span of the running trace.
 *
 * @param onKeyFault is told of each answer that shows that a key is wrong
 */
export function traced(provider: PaymentProvider, onKeyFault: KeyFaultListener): PaymentProvider {
  const watch = (result: unknown): unknown => {
    if (isKeyFault(result)) onKeyFault(provider.name, result.reason);
    return result;
  };
  return new Proxy(provider, {
    get(target, property) {
      if (property === 'agreements') return target.agreements && tracedAgreements(target, watch);
      return read(
        target,
        property,
        CALLS.has(property) ? `${target.name} ${String(property)}` : null,
        target,
        watch,
      );
    },
  });
}

function tracedAgreements(provider: PaymentProvider, watch: Watch): PaymentAgreements {
  return new Proxy(provider.agreements!, {
    get(target, property) {
      const isCall = AGREEMENT_CALLS.has(property);
      return read(
        target,
        property,
        isCall ? `${provider.name} agreement ${String(property)}` : null,
        provider,
        watch,
      );
    },
  });
}

type Watch = (result: unknown) => unknown;

function isKeyFault(result: unknown): result is { reason: string } {
  return typeof result === 'object' && result !== null && 'keyFault' in result && result.keyFault === true;
}

/** @param span null for what calls nobody */
function read(
  target: object,
  property: string | symbol,
  span: string | null,
  { name }: PaymentProvider,
  watch: Watch,
): unknown {
  const value: unknown = Reflect.get(target, property, target);
  if (typeof value !== 'function') return value;
  const call = (...args: unknown[]): unknown => Reflect.apply(value, target, args);
  if (span === null) return call;
  return (...args: unknown[]) => inChannelSpan(span, name, async () => watch(await call(...args)));
}
