import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { ChargeResult } from '../../../providers/payment-agreements.js';
import { PaymentProviderRegistry } from '../../../providers/payment-provider-registry.js';
import { Clock } from '../../../time/clock.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { failOrder } from '../../settlement/settle/abandon-refused.js';
import { notifyUrl } from '../../options/notify-url.js';
import { Fulfilment } from '../../settlement/settle/fulfilment.service.js';
import { PaymentHistory } from '../../ledger/orders/payment-history.js';
import { PaymentInquiry } from '../../settlement/settle/payment-inquiry.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { SettlementService } from '../../settlement/settle/settlement.service.js';
import { AgreementChannels } from './agreement-channels.js';
import { AgreementInquiry } from './agreement-inquiry.js';
import { CHARGE_AGAIN_MS, CHARGE_LEASE_MS } from './agreement-schedule.js';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';
import { RenewalOrders } from './renewal-orders.js';

type Refusal = Extract<ChargeResult, { outcome: 'refused' }>;

/**
 * Charges renewals that are due. The order is stored before its channel hears of it, its number is the key under which
 * the channel charges once, and what comes of it goes through the one settlement.
 */
@Injectable()
export class RenewalCharges {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly clock: Clock,
    private readonly providers: PaymentProviderRegistry,
    private readonly channels: AgreementChannels,
    private readonly orders: RenewalOrders,
    private readonly settlement: SettlementService,
    private readonly payments: PaymentInquiry,
    private readonly agreements: AgreementInquiry,
    private readonly fulfilment: Fulfilment,
    private readonly history: PaymentHistory,
    private readonly listeners: BillingListeners,
  ) {}

  /** Charges what is due on an agreement. @returns false where it isn't its turn (any more), or somebody else has it. */
  async charge(agreementId: string): Promise<boolean> {
    if (!(await this.claim(agreementId))) return false;
    const step = await inTransaction(this.dataSource, async (manager) => {
      const next = await this.orders.next(manager, agreementId);
      if (next.kind === 'nothing_due')
        await manager.update(PaymentAgreement, agreementId, { chargeAt: null });
      return next;
    });
    if (step.kind === 'charge') await this.carryOut(step.agreement, step.order);
    return true;
  }

  /** Of several processes one gets it; should that die, the next look is laid already. */
  private async claim(id: string): Promise<boolean> {
    const { manager } = this.dataSource;
    const agreement = await manager.findOneBy(PaymentAgreement, { id });
    const now = this.clock.now();
    if (!agreement?.chargeAt || agreement.chargeAt > now) return false;
    const { chargeAt, status } = agreement;
    const leased = { chargeAt: new Date(now.getTime() + CHARGE_LEASE_MS) };
    const { affected } = await manager.update(PaymentAgreement, { id, chargeAt, status }, leased);
    return affected === 1;
  }

  private async carryOut(agreement: PaymentAgreement, order: Order): Promise<void> {
    const channel = this.channels.find(agreement.provider);
    if (!channel) return;
    const { orderId, amountFen, currency, subject, expiresAt } = order;
    const result = await channel.agreements.charge(
      {
        orderId,
        amountFen,
        currency,
        subject,
        expiresAt,
        notifyUrl: notifyUrl(this.options, channel.name),
        returnUrl: null,
        method: null,
        payer: { ip: null, openId: null },
      },
      agreement.providerAgreementNo!,
    );
    if (result.outcome === 'refused') {
      if (await this.isUnpaid(order)) await this.refused(agreement, order, result);
      return;
    }
    await this.settlement.settle(channel.name, orderId, result, 'charge');
    if (result.outcome === 'unknown') await this.payments.ask(order);
  }

  /**
   * The refusal is of this call: an earlier one under the same number, whose answer was lost, may have charged. Where
   * the channel doesn't tell, the order stays, and is charged again under its number.
   */
  private async isUnpaid({ provider, orderId }: Order): Promise<boolean> {
    const seen = await this.providers.find(provider)!.queryPayment(orderId);
    if (seen.outcome === 'paid' || seen.outcome === 'refunded')
      await this.settlement.settle(provider, orderId, seen, 'query');
    return seen.outcome === 'pending' || seen.outcome === 'closed';
  }

  /** It is tried again as long as the subscription is in force. Perhaps it was refused because the agreement is over. */
  private async refused(
    agreement: PaymentAgreement,
    { orderId }: Order,
    { code, message }: Refusal,
  ): Promise<void> {
    const { id } = agreement;
    await inTransaction(this.dataSource, async (manager) => {
      const now = this.clock.now();
      const failed = await failOrder(manager, this.fulfilment, orderId, now);
      if (!failed) return;
      await this.history.record(manager, orderId, 'payment.charge_refused', { code, message });
      await this.listeners.chargeRefused(manager, failed, `${code} ${message}`, now);
      const chargeAt = new Date(now.getTime() + CHARGE_AGAIN_MS);
      await manager.update(PaymentAgreement, { id, status: 'active' }, { chargeAt });
    });
    await this.agreements.follow(agreement);
  }
}
