import { inChannelSpan } from '../tracing/spans.js';
import type { PaymentProvider } from './payment-provider.js';

/** What calls the channel over the network. */
const CALLS: ReadonlySet<string | symbol> = new Set<keyof PaymentProvider>([
  'createPayment',
  'queryPayment',
  'closePayment',
  'refund',
  'queryRefund',
]);

/** The same channel, whose every call is a span of the running trace. */
export function traced(provider: PaymentProvider): PaymentProvider {
  return new Proxy(provider, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const call = (...args: unknown[]): unknown => Reflect.apply(value, target, args);
      if (!CALLS.has(property)) return call;
      return (...args: unknown[]) =>
        inChannelSpan(`${target.name} ${String(property)}`, target.name, async () => call(...args));
    },
  });
}
