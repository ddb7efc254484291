import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { yuanFromFen } from '../../money/fen.js';
import { Problem } from '../../problems/problem.js';
import { PaymentProviderRegistry } from '../../providers/payment-provider-registry.js';
import type { RefundResult } from '../../providers/payment-provider.js';
import { Clock } from '../../time/clock.js';
import { BILLING_OPTIONS, type BillingOptions } from '../billing-options.js';
import { notifyUrl } from '../notify-url.js';
import { lockOrder } from '../payments/payment-orders.js';
import { paymentTransitions } from '../payments/payment-status.js';
import type { PaymentTransaction } from '../payments/payment-transaction.entity.js';
import { SubscriptionLifecycle } from '../subscriptions/subscription-lifecycle.js';
import { Subscription } from '../subscriptions/subscription.entity.js';
import { PaymentRefund, type RefundOrigin } from './payment-refund.entity.js';
import { refundTransitions } from './refund-status.js';

export interface RefundRequest {
  /** The refund's id, made by the caller: asking twice with one id makes one refund. */
  refundId: string;
  orderId: string;
  /** Null for all that is left. */
  amountFen: number | null;
  reason: string | null;
  requestedBy: string;
}

/**
 * Money going back. A refund is a row with its number before the channel hears of it; while its outcome isn't certain
 * it is `pending`, counts against what can still be refunded, and every retry carries the same number.
 */
@Injectable()
export class RefundsService {
  private readonly logger = new Logger(RefundsService.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly clock: Clock,
    private readonly providers: PaymentProviderRegistry,
    private readonly lifecycle: SubscriptionLifecycle,
  ) {}

  /** @throws Problem NOT_FOUND, PAYMENT_NOT_PAID, REFUND_EXCEEDS_PAYMENT */
  async request(request: RefundRequest): Promise<PaymentRefund> {
    const refundId = await inTransaction(this.dataSource, async (manager) => {
      const payment = await lockOrder(manager, request.orderId);
      if (!payment) throw new Problem('NOT_FOUND', { params: { what: 'payment' } });
      if (await manager.existsBy(PaymentRefund, { id: request.refundId })) return request.refundId;
      const amountFen = await this.refundable(manager, payment, request.amountFen);
      await recordAudit(manager, {
        actorUserId: request.requestedBy,
        action: 'payment.refund_requested',
        subjectType: 'payment',
        subjectId: payment.orderId,
        detail: { refundId: request.refundId, amountFen, reason: request.reason },
        at: this.clock.now(),
      });
      return this.insert(manager, payment, { ...request, amountFen, origin: 'admin' });
    });
    return this.send(refundId);
  }

  /** Records a refund that our own rules want; the caller sends it once its transaction is committed. */
  async recordAutomatic(
    manager: EntityManager,
    payment: PaymentTransaction,
    reason: string,
  ): Promise<string> {
    const refundId = uuid();
    await recordAudit(manager, {
      actorUserId: null,
      action: 'payment.refund_automatic',
      subjectType: 'payment',
      subjectId: payment.orderId,
      detail: { refundId, amountFen: payment.amountFen, reason },
      at: this.clock.now(),
    });
    const amountFen = payment.amountFen - payment.refundedFen;
    return this.insert(manager, payment, {
      refundId,
      amountFen,
      reason,
      origin: 'automatic',
      requestedBy: null,
    });
  }

  /**
   * Enters refunds that were made at the channel itself: whatever its total exceeds ours by.
   * @returns whether anything was entered.
   */
  async recordChannelTotal(
    manager: EntityManager,
    payment: PaymentTransaction,
    totalFen: number | null,
    refundNo?: string,
  ): Promise<boolean> {
    const open = await this.openFen(manager, payment);
    const amountFen = (totalFen ?? 0) - payment.refundedFen - open;
    if (amountFen <= 0) return false;
    await this.recordAtChannel(
      manager,
      payment,
      refundNo ?? `channel${uuid().replaceAll('-', '')}`,
      amountFen,
    );
    return true;
  }

  /** Enters one refund that was made at the channel itself, under the number that it has there. */
  async recordAtChannel(
    manager: EntityManager,
    payment: PaymentTransaction,
    refundNo: string,
    amountFen: number,
  ): Promise<void> {
    const refundId = await this.insert(manager, payment, {
      refundId: uuid(),
      refundNo,
      amountFen,
      reason: null,
      origin: 'channel',
      requestedBy: null,
    });
    const refund = await manager.findOneByOrFail(PaymentRefund, { id: refundId });
    await this.apply(manager, payment, refund, { outcome: 'succeeded', refundedAt: null });
  }

  sendInBackground(refundId: string): void {
    this.send(refundId).catch((error: unknown) => this.logger.error(error));
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
      await this.apply(manager, payment!, refund, result);
      return refund;
    });
  }

  /** With the payment locked. */
  private async apply(
    manager: EntityManager,
    payment: PaymentTransaction,
    refund: PaymentRefund,
    result: RefundResult,
  ): Promise<void> {
    if (refund.status !== 'pending') return;
    const now = this.clock.now();
    refund.channelMessage = messageOf(result);
    if (result.outcome === 'succeeded' || result.outcome === 'failed') {
      refund.status = refundTransitions.move(refund.status, result.outcome);
      refund.settledAt = now;
    }
    await manager.save(refund);
    if (result.outcome !== 'succeeded') return;
    payment.refundedFen += refund.amountFen;
    const full = payment.refundedFen === payment.amountFen;
    payment.status = paymentTransitions.move(payment.status, full ? 'refunded' : 'partially_refunded');
    await manager.save(payment);
    if (full) await this.endSubscription(manager, payment, now);
  }

  private async endSubscription(
    manager: EntityManager,
    payment: PaymentTransaction,
    now: Date,
  ): Promise<void> {
    await this.lifecycle.lockAccount(manager, payment.accountId);
    const subscription = await manager.findOneOrFail(Subscription, {
      where: { id: payment.subscriptionId },
      relations: { plan: { quotas: true } },
    });
    if (subscription.status !== 'refunded') await this.lifecycle.end(manager, subscription, 'refunded', now);
  }

  /** The amount to refund, checked against what is left. */
  private async refundable(
    manager: EntityManager,
    payment: PaymentTransaction,
    askedFen: number | null,
  ): Promise<number> {
    if (payment.paidAt === null)
      throw new Problem('PAYMENT_NOT_PAID', { params: { status: payment.status } });
    const leftFen = payment.amountFen - payment.refundedFen - (await this.openFen(manager, payment));
    const amountFen = askedFen ?? leftFen;
    if (amountFen > leftFen || leftFen === 0) {
      const params = { asked: yuanFromFen(amountFen), refundable: yuanFromFen(leftFen) };
      throw new Problem('REFUND_EXCEEDS_PAYMENT', { params });
    }
    return amountFen;
  }

  private async openFen(manager: EntityManager, payment: PaymentTransaction): Promise<number> {
    return (await manager.sum(PaymentRefund, 'amountFen', { paymentId: payment.id, status: 'pending' })) ?? 0;
  }

  private async insert(
    manager: EntityManager,
    payment: PaymentTransaction,
    refund: {
      refundId: string;
      refundNo?: string;
      amountFen: number;
      reason: string | null;
      origin: RefundOrigin;
      requestedBy: string | null;
    },
  ): Promise<string> {
    await manager.insert(PaymentRefund, {
      id: refund.refundId,
      refundNo: refund.refundNo ?? refund.refundId.replaceAll('-', ''),
      paymentId: payment.id,
      amountFen: refund.amountFen,
      status: 'pending',
      reason: refund.reason,
      origin: refund.origin,
      requestedBy: refund.requestedBy,
      createdAt: this.clock.now(),
    });
    return refund.refundId;
  }

  private load(refundId: string, manager: EntityManager = this.dataSource.manager): Promise<PaymentRefund> {
    return manager.findOneOrFail(PaymentRefund, { where: { id: refundId }, relations: { payment: true } });
  }

  private async ask(refund: PaymentRefund, method: 'refund' | 'queryRefund'): Promise<RefundResult> {
    const { payment } = refund;
    const provider = this.providers.find(payment.provider);
    if (!provider) return { outcome: 'unknown', reason: `the channel ${payment.provider} is not configured` };
    return provider[method]({
      orderId: payment.orderId,
      refundNo: refund.refundNo,
      amountFen: refund.amountFen,
      orderAmountFen: payment.amountFen,
      currency: payment.currency,
      reason: refund.reason,
      notifyUrl: notifyUrl(this.options, payment.provider),
    });
  }
}

function messageOf(result: RefundResult): string | null {
  switch (result.outcome) {
    case 'succeeded':
      return null;
    case 'failed':
      return `${result.code}: ${result.message}`;
    case 'absent':
      return 'the channel knows no such refund';
    case 'pending':
    case 'unknown':
      return result.reason;
  }
}
