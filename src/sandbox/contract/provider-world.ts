import type { PaymentProvider } from '../../providers/payment-provider.js';
import type { RawNotification } from '../../providers/raw-notification.js';
import type { PaymentOrder } from '../../providers/payment-order.js';

/** What the contract needs around a provider: its channel, and the people at it. A fresh one for each case. */
export interface ProviderWorld {
  provider: PaymentProvider;
  /** A new order of 1999 fen that nobody has heard of. */
  newOrder(): PaymentOrder;
  /** The buyer opens and pays an order that was created. Rejects where it can't be paid. */
  pay(order: PaymentOrder): Promise<void>;
  /** The channel's next notification, as it came to the merchant; waits for it. */
  nextNotification(): Promise<RawNotification>;
  /** From now on nobody answers at the channel. */
  cutOff(): Promise<void>;
  close(): Promise<void>;
}

/** One promise of the contract: resolves where it is kept, rejects with what is wrong. */
export interface ContractCase {
  name: string;
  run(world: ProviderWorld): Promise<void>;
}
