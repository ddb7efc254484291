import type { PaymentProvider } from './payment-provider.js';
import { traced, type KeyFaultListener } from './traced-provider.js';

/** The channels that this process can use, by name. A host adds its own through the module's options. */
export class PaymentProviderRegistry {
  private readonly providers = new Map<string, PaymentProvider>();

  /** @param onKeyFault is told of each answer that doesn't verify, with the channel's name and the reason. */
  constructor(providers: readonly PaymentProvider[], onKeyFault: KeyFaultListener = () => {}) {
    for (const provider of providers) {
      if (this.providers.has(provider.name))
        throw new Error(`two payment providers are named "${provider.name}"`);
      this.providers.set(provider.name, traced(provider, onKeyFault));
    }
  }

  /** Null where no channel of that name is configured. */
  find(name: string): PaymentProvider | null {
    return this.providers.get(name) ?? null;
  }

  get names(): string[] {
    return [...this.providers.keys()];
  }
}
