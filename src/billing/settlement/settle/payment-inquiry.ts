import { Injectable } from '@nestjs/common';
import { Problem } from '../../../problems/problem.js';
import type { PaymentObservation } from '../../../providers/payment-observation.js';
import { PaymentProviderRegistry } from '../../../providers/payment-provider-registry.js';
import type { PaymentProvider } from '../../../providers/payment-provider.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { SettlementService, type Settlement, type SettlementSource } from './settlement.service.js';

/** What a channel said of an order, and what it did here. */
export interface Inquiry {
  observed: PaymentObservation['outcome'];
  settlement: Settlement;
}

/** Asks a channel about an order and settles what it says. No transaction is open while it answers. */
@Injectable()
export class PaymentInquiry {
  constructor(
    private readonly providers: PaymentProviderRegistry,
    private readonly settlement: SettlementService,
  ) {}

  /** @returns null, having done nothing, where the channel isn't configured (any more) */
  async ask(payment: Order, source: SettlementSource = 'query'): Promise<Inquiry | null> {
    const provider = this.providers.find(payment.provider);
    if (!provider) return null;
    const observation = await provider.queryPayment(payment.orderId);
    const settlement = await this.settlement.settle(provider.name, payment.orderId, observation, source);
    return { observed: observation.outcome, settlement };
  }

  /**
   * Closes an order at its channel and then here; an order found paid is settled instead.
   * @throws Problem CHANNEL_NOT_CONFIGURED
   */
  async close(payment: Order): Promise<'closed' | 'too_late' | 'unknown'> {
    const { orderId } = payment;
    const provider = this.configured(payment.provider);
    const result = await provider.closePayment(orderId);
    if (result.outcome === 'unknown') return 'unknown';
    if (result.outcome === 'closed') {
      await this.settlement.settle(provider.name, orderId, result, 'close');
      return 'closed';
    }
    await this.ask(payment);
    return 'too_late';
  }

  private configured(name: string): PaymentProvider {
    const provider = this.providers.find(name);
    if (provider) return provider;
    const available = this.providers.names.join(', ') || '-';
    throw new Problem('CHANNEL_NOT_CONFIGURED', { params: { provider: name, available } });
  }
}
