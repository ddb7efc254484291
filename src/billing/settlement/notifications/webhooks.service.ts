import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { notificationsTotal } from '../../../metrics/metrics.js';
import type {
  NotificationAnswer,
  NotificationResult,
  PaymentProvider,
} from '../../../providers/payment-provider.js';
import type { RawNotification } from '../../../providers/raw-notification.js';
import { PaymentProviderRegistry } from '../../../providers/payment-provider-registry.js';
import { Clock } from '../../../time/clock.js';
import { AgreementNoticeHandlers } from './agreement-notice-handler.js';
import { PaymentInquiry } from '../settle/payment-inquiry.js';
import { Order } from '../../ledger/records/order.entity.js';
import { SettlementService } from '../settle/settlement.service.js';
import { ChannelKeyFaults } from '../channels/channel-key-faults.js';
import { RefundNotices } from './refund-notices.js';

type Verified = Exclude<NotificationResult, { outcome: 'refused' }>;

/** Its own id, and whose it is: an order's number, or an agreement's. */
type NotificationFacts = Pick<Verified, 'notificationId' | 'orderId'>;

/**
 * What came of a verified notification; anything but `settled` is refused, so that the channel and we notice.
 * `unclear`: it doesn't say all, and the channel, asked about it, didn't either. It comes again.
 */
type Outcome = 'settled' | 'unknown_order' | 'mismatch' | 'unclear';

/** Verified over its raw bytes, recorded, settled, and only then acknowledged. */
@Injectable()
export class WebhooksService {
  private readonly logger = new Logger(WebhooksService.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly providers: PaymentProviderRegistry,
    private readonly settlement: SettlementService,
    private readonly inquiry: PaymentInquiry,
    private readonly keys: ChannelKeyFaults,
    private readonly refundNotices: RefundNotices,
    private readonly agreementNotices: AgreementNoticeHandlers,
  ) {}

  /** @returns null where no such channel is configured. */
  async receive(providerName: string, raw: RawNotification): Promise<NotificationAnswer | null> {
    const provider = this.providers.find(providerName);
    if (!provider) return null;
    const agreement = await provider.agreements?.readNotification(raw);
    if (agreement) {
      const facts = { notificationId: agreement.notificationId, orderId: agreement.agreementId };
      return this.answer(provider, raw, facts, () => this.agreementNotices.settle(providerName, agreement));
    }
    const notification = await provider.readNotification(raw);
    if (notification.outcome === 'refused') {
      notificationsTotal.inc({ provider: providerName, outcome: notification.reason });
      if (notification.keyFault) this.keys.found(providerName, 'notification', notification.detail);
      else if (notification.reason === 'bad_signature')
        this.keys.unverified(providerName, notification.detail);
      // A stranger can send as many as they like: no alarm and no row for each, a counter tells.
      this.logger.debug(`refused a notification at ${providerName}: ${notification.detail}`);
      return provider.refusal(notification.reason === 'malformed' ? 400 : 401, notification.detail);
    }
    return this.answer(provider, raw, notification, () => this.settle(providerName, notification));
  }

  private async answer(
    provider: PaymentProvider,
    raw: RawNotification,
    facts: NotificationFacts,
    settle: () => Promise<Outcome>,
  ): Promise<NotificationAnswer> {
    const { name: providerName } = provider;
    const recordId = await this.record(providerName, raw, facts);
    const outcome = await settle();
    notificationsTotal.inc({ provider: providerName, outcome });
    await this.dataSource.query(`UPDATE commercial.payment_notifications SET outcome = $2 WHERE id = $1`, [
      recordId,
      outcome,
    ]);
    if (outcome === 'settled') return provider.acknowledgement;
    return provider.refusal(outcome === 'unknown_order' ? 404 : 409, outcome);
  }

  private async record(
    provider: string,
    raw: RawNotification,
    { notificationId, orderId }: NotificationFacts,
  ): Promise<string> {
    const rows: { id: string }[] = await this.dataSource.query(
      `INSERT INTO commercial.payment_notifications (id, provider, notification_id, order_id, body, received_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (provider, notification_id) DO UPDATE SET copies = payment_notifications.copies + 1
       RETURNING id`,
      [uuid(), provider, notificationId, orderId, raw.body, this.clock.now()],
    );
    return rows[0]!.id;
  }

  private async settle(provider: string, notification: Verified): Promise<Outcome> {
    if (notification.outcome === 'refund') return this.refundNotices.settle(provider, notification);
    const { orderId, observation } = notification;
    const { outcome } = await this.settlement.settle(provider, orderId, observation, 'notification');
    return outcome === 'settled' && observation.outcome === 'unknown' ? this.askInstead(orderId) : outcome;
  }

  /** A word that can't be read to its end says only that something happened. */
  private async askInstead(orderId: string): Promise<Outcome> {
    const payment = await this.dataSource.manager.findOneByOrFail(Order, { orderId });
    const inquiry = await this.inquiry.ask(payment);
    if (!inquiry || inquiry.observed === 'unknown' || inquiry.observed === 'pending') return 'unclear';
    return inquiry.settlement.outcome;
  }
}
