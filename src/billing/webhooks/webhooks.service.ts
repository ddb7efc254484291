import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { notificationsTotal } from '../../metrics/metrics.js';
import type {
  NotificationAnswer,
  NotificationResult,
  RawNotification,
} from '../../providers/payment-provider.js';
import { PaymentProviderRegistry } from '../../providers/payment-provider-registry.js';
import { Clock } from '../../time/clock.js';
import { lockOrder } from '../payments/payment-orders.js';
import { SettlementService } from '../payments/settlement.service.js';
import { PaymentRefund } from '../refunds/payment-refund.entity.js';
import { RefundsService } from '../refunds/refunds.service.js';

type Verified = Exclude<NotificationResult, { outcome: 'refused' }>;

/** What came of a verified notification; anything but `settled` is refused, so that the channel and we notice. */
type Outcome = 'settled' | 'unknown_order' | 'mismatch';

/** Verified over its raw bytes, recorded, settled, and only then acknowledged. */
@Injectable()
export class WebhooksService {
  private readonly logger = new Logger(WebhooksService.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly providers: PaymentProviderRegistry,
    private readonly settlement: SettlementService,
    private readonly refunds: RefundsService,
  ) {}

  /** @returns null where no such channel is configured. */
  async receive(providerName: string, raw: RawNotification): Promise<NotificationAnswer | null> {
    const provider = this.providers.find(providerName);
    if (!provider) return null;
    const notification = await provider.readNotification(raw);
    if (notification.outcome === 'refused') {
      notificationsTotal.inc({ provider: providerName, outcome: notification.reason });
      // A stranger can send as many as he likes: no alarm and no row for each, a counter tells.
      this.logger.debug(`refused a notification at ${providerName}: ${notification.detail}`);
      return provider.refusal(notification.reason === 'malformed' ? 400 : 401, notification.detail);
    }
    const recordId = await this.record(providerName, raw, notification);
    const outcome = await this.settle(providerName, notification);
    notificationsTotal.inc({ provider: providerName, outcome });
    await this.dataSource.query(`UPDATE commercial.payment_notifications SET outcome = $2 WHERE id = $1`, [
      recordId,
      outcome,
    ]);
    if (outcome === 'settled') return provider.acknowledgement;
    return provider.refusal(outcome === 'unknown_order' ? 404 : 409, outcome);
  }

  private async record(provider: string, raw: RawNotification, notification: Verified): Promise<string> {
    const rows: { id: string }[] = await this.dataSource.query(
      `INSERT INTO commercial.payment_notifications (id, provider, notification_id, order_id, body, received_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (provider, notification_id) DO UPDATE SET copies = payment_notifications.copies + 1
       RETURNING id`,
      [uuid(), provider, notification.notificationId, notification.orderId, raw.body, this.clock.now()],
    );
    return rows[0]!.id;
  }

  private async settle(provider: string, notification: Verified): Promise<Outcome> {
    if (notification.outcome === 'refund') return this.settleRefund(provider, notification);
    const { orderId, observation } = notification;
    return (await this.settlement.settle(provider, orderId, observation, 'notification')).outcome;
  }

  /** A refund of ours is settled by its number; any other was made at the channel itself and is entered here. */
  private async settleRefund(
    provider: string,
    notification: Extract<Verified, { outcome: 'refund' }>,
  ): Promise<Outcome> {
    const { orderId, refundNo, result } = notification;
    const known = refundNo === null ? null : await this.ours(refundNo);
    if (known) {
      if (known.payment.orderId !== orderId || known.payment.provider !== provider) return 'mismatch';
      await this.refunds.settle(known.id, result);
      return 'settled';
    }
    return inTransaction(this.dataSource, async (manager) => {
      const payment = await lockOrder(manager, orderId);
      if (!payment) return 'unknown_order';
      if (payment.provider !== provider || payment.paidAt === null) return 'mismatch';
      if (result.outcome !== 'succeeded') return 'settled';
      // A copy that arrived at the same time may have entered it before the lock was free.
      if (refundNo !== null && (await manager.existsBy(PaymentRefund, { refundNo }))) return 'settled';
      const { refundedFen, amountFen } = notification;
      if (refundedFen !== null) {
        await this.refunds.recordChannelTotal(manager, payment, refundedFen, refundNo ?? undefined);
      } else if (refundNo !== null && amountFen !== null) {
        if (payment.refundedFen + amountFen > payment.amountFen) return 'mismatch';
        await this.refunds.recordAtChannel(manager, payment, refundNo, amountFen);
      }
      return 'settled';
    });
  }

  private ours(refundNo: string): Promise<PaymentRefund | null> {
    return this.dataSource.manager.findOne(PaymentRefund, {
      where: { refundNo },
      relations: { payment: true },
    });
  }
}
