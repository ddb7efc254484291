import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { refundQueryFault } from '../../../providers/order-rules.js';
import { PaymentProviderRegistry } from '../../../providers/payment-provider-registry.js';
import type { RefundResult } from '../../../providers/payment-provider.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import { notifyUrl } from '../../options/notify-url.js';
import { lockOrder } from '../../ledger/orders/payment-orders.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';
import { RefundLedger } from './refund-ledger.js';
import { RefundOutcomes } from './refund-outcomes.js';
import { RefundDto } from '../../ledger/refunds/refund.dto.js';

/**
 * Money going back. A refund is a row with its number before the channel hears of it; while its outcome isn't certain
 * it is `pending`, counts against what can still be refunded, and every retry carries the same number.
 */
@Injectable()
export class RefundsService implements OnModuleDestroy {
  private readonly logger = new Logger(RefundsService.name);
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly providers: PaymentProviderRegistry,
    private readonly ledger: RefundLedger,
    private readonly outcomes: RefundOutcomes,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  /** All refunds of a payment, newest first. */
  list(paymentId: string, page: PageQueryDto): Promise<Page<RefundDto>> {
    const query = this.dataSource
      .getRepository(PaymentRefund)
      .createQueryBuilder('refund')
      .where('refund.paymentId = :paymentId', { paymentId });
    return readPage(query, page, (refund) => RefundDto.of(refund));
  }

  /** Without waiting: the janitor follows what this doesn't reach. */
  sendInBackground(refundId: string): void {
    const sending = this.send(refundId).catch((error: unknown) => this.logger.error(error));
    this.underWay.add(sending);
    void sending.finally(() => this.underWay.delete(sending));
  }

  /** Asks the channel for a refund that isn't certain yet, and enters what it says. */
  async send(refundId: string): Promise<PaymentRefund> {
    const refund = await this.load(refundId);
    if (refund.status !== 'pending') return refund;
    return this.settle(refundId, await this.ask(refund, 'refund'));
  }

  /** Finds out what became of a refund that the channel has accepted; asks again for one that it never saw. */
  async follow(refundId: string): Promise<PaymentRefund> {
    const refund = await this.load(refundId);
    if (refund.status !== 'pending') return refund;
    const result = await this.ask(refund, 'queryRefund');
    return result.outcome === 'absent' ? this.send(refundId) : this.settle(refundId, result);
  }

  /** Asks the channel what became of a refund of ours, whatever it is here; enters nothing. */
  async lookAt(refundId: string): Promise<RefundResult> {
    return this.ask(await this.load(refundId), 'queryRefund');
  }

  /**
   * Asks the channel about a refund that need not be one of ours; enters nothing.
   *
   * @param amountFen null where only its number is known
   */
  async inquire(
    payment: Order,
    { refundNo, amountFen }: { refundNo: string; amountFen: number | null },
  ): Promise<RefundResult> {
    const provider = this.providers.find(payment.provider);
    if (!provider) return { outcome: 'unknown', reason: `the channel ${payment.provider} is not configured` };
    const query = { ...this.about(payment), refundNo, amountFen, reason: null };
    // The number and the amount are the channel's own word, in a bill or a notice: no call may be made of any of them.
    const fault = refundQueryFault(query);
    return fault === null ? provider.queryRefund(query) : { outcome: 'unknown', reason: fault };
  }

  /** Refunds of a payment that aren't certain yet. */
  pendingOf(paymentId: string): Promise<PaymentRefund[]> {
    return this.dataSource.manager.findBy(PaymentRefund, { paymentId, status: 'pending' });
  }

  /** Enters what the channel says of a refund; a second time changes nothing. */
  async settle(refundId: string, result: RefundResult): Promise<PaymentRefund> {
    return inTransaction(this.dataSource, async (manager) => {
      const {
        payment: { orderId },
      } = await this.load(refundId, manager);
      const payment = await lockOrder(manager, orderId);
      const refund = await manager.findOneByOrFail(PaymentRefund, { id: refundId });
      await this.outcomes.apply(manager, payment!, refund, result);
      if ('orderRefundedFen' in result && result.orderRefundedFen !== undefined)
        await this.ledger.recordChannelTotal(manager, payment!, result.orderRefundedFen);
      return refund;
    });
  }

  /** With its payment. */
  private load(refundId: string, manager: EntityManager = this.dataSource.manager): Promise<PaymentRefund> {
    return manager.findOneOrFail(PaymentRefund, { where: { id: refundId }, relations: { payment: true } });
  }

  private async ask(
    { payment, refundNo, amountFen, reason }: PaymentRefund,
    method: 'refund' | 'queryRefund',
  ): Promise<RefundResult> {
    const provider = this.providers.find(payment.provider);
    if (!provider) return { outcome: 'unknown', reason: `the channel ${payment.provider} is not configured` };
    return provider[method]({ ...this.about(payment), refundNo, amountFen, reason });
  }

  private about({ orderId, amountFen, currency, provider }: Order) {
    const url = notifyUrl(this.options, provider);
    return { orderId, orderAmountFen: amountFen, currency, notifyUrl: url };
  }
}
