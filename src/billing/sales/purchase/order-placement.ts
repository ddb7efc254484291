import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Problem } from '../../../problems/problem.js';
import { PaymentProviderRegistry } from '../../../providers/payment-provider-registry.js';
import type { PaymentProvider } from '../../../providers/payment-provider.js';
import { Clock } from '../../../time/clock.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import { CheckQueue } from '../../ledger/orders/check-queue.js';
import { notifyUrl } from '../../options/notify-url.js';
import { Fulfilment } from '../../settlement/settle/fulfilment.service.js';
import { insertOrder, type NewOrder } from '../../ledger/orders/payment-orders.js';
import { Order } from '../../ledger/records/order.entity.js';
import { abandonRefused } from '../../settlement/settle/abandon-refused.js';
import { unknownProvider, type Buyer } from './payment-choice.dto.js';
import { paymentMethod } from './payment-method.js';
import { verbatim } from '../../../problems/sentence.js';

/** What a caller may name anywhere, set up or not; a host's own channels are known only where they are there. */
const CHANNELS: readonly string[] = ['alipay', 'wechat'];

/** Through what an order is paid. */
export interface PaymentWay {
  provider: PaymentProvider;
  /** One of the channel's ways to pay; null for a channel that has but one. */
  method: string | null;
}

export type OrderRequest = Omit<NewOrder, 'provider' | 'method' | 'now' | 'expiresAt'>;

/** Takes orders for whatever is sold: writes them down, then opens them at their channel. */
@Injectable()
export class OrderPlacement {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly clock: Clock,
    private readonly providers: PaymentProviderRegistry,
    private readonly checks: CheckQueue,
    private readonly fulfilment: Fulfilment,
  ) {}

  /**
   * @param provider null where the buyer named none
   * @param method null for the channel's default
   * @throws Problem CHANNEL_NOT_CONFIGURED, VALIDATION_FAILED for a channel that there isn't, or a method that it doesn't have
   */
  way(provider: string | null, method: string | null): PaymentWay {
    const found = provider === null ? null : this.providers.find(provider);
    if (found) return { provider: found, method: paymentMethod(found, method) };
    if (provider !== null && !CHANNELS.includes(provider))
      throw unknownProvider([...CHANNELS, ...this.providers.names]);
    const available = this.providers.names.join(', ') || '-';
    throw new Problem('CHANNEL_NOT_CONFIGURED', { params: { provider: provider ?? '-', available } });
  }

  /**
   * Writes an order down in the caller's transaction. Once that is committed, {@link open} tells the channel.
   *
   * @param now the moment that its price was reckoned at
   */
  async place(
    manager: EntityManager,
    { provider, method }: PaymentWay,
    order: OrderRequest,
    now: Date = this.clock.now(),
  ): Promise<Order> {
    const minutes = this.options.orderMinutes ?? 30;
    const payment = await insertOrder(manager, {
      ...order,
      provider: provider.name,
      method,
      now,
      expiresAt: new Date(now.getTime() + minutes * 60_000),
    });
    await this.checks.payment(manager, payment.orderId, payment.checkAt!);
    return payment;
  }

  /**
   * Calls the channel, and enters into the payment how it can be paid; does nothing for one that isn't pending. Call it
   * outside of every transaction, since it may take seconds.
   *
   * @throws Problem CHANNEL_REFUSED, CHANNEL_UNAVAILABLE (the order stands and is found or closed later)
   */
  async open({ provider }: PaymentWay, payment: Order, { returnUrl, payer }: Buyer): Promise<void> {
    if (payment.status !== 'pending') return;
    const result = await provider.createPayment({
      orderId: payment.orderId,
      amountFen: payment.amountFen,
      currency: payment.currency,
      subject: payment.subject,
      expiresAt: payment.expiresAt,
      notifyUrl: notifyUrl(this.options, provider.name),
      returnUrl,
      method: payment.method,
      payer,
    });
    const params = { provider: provider.name };
    if (result.outcome === 'unknown') throw new Problem('CHANNEL_UNAVAILABLE', { params });
    if (result.outcome === 'refused') {
      await abandonRefused(this.dataSource, this.fulfilment, payment.orderId, this.clock.now());
      throw new Problem('CHANNEL_REFUSED', {
        params: { ...params, reason: verbatim(`${result.code} ${result.message}`) },
      });
    }
    const { paymentUrl, qrCode, prepay } = result;
    Object.assign(payment, { paymentUrl, qrCode, prepay });
    const opened = { paymentUrl, qrCode, prepay: prepay as never };
    await this.dataSource.manager.update(Order, { id: payment.id }, opened);
  }
}
