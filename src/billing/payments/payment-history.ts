import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLogEntry } from '../../audit/audit-log.entity.js';
import { recordAudit } from '../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import type { PageQuery } from '../../http/page-query.dto.js';
import { readPage, type Page } from '../../http/page.js';
import { Clock } from '../../time/clock.js';
import { BillingListeners } from '../billing-listeners.js';
import { PaymentNotification } from '../webhooks/payment-notification.entity.js';
import { PaymentEventDto } from './payment-history.dto.js';

/** What happened to a payment, of its own accord. */
export type PaymentEvent =
  | 'payment.paid'
  | 'payment.closed'
  /** By an agreement; the order is `failed`. */
  | 'payment.charge_refused'
  | 'payment.refund_requested'
  | 'payment.refund_automatic'
  | 'payment.refund_at_channel'
  | 'payment.refunded'
  | 'payment.refund_failed'
  | 'payment.subscription_ended';

/** What a person should look at, though the books are right. */
export type PaymentIncident =
  /** Money came after the order was closed here. It was honoured, or goes back. */
  | 'incident.paid_late'
  /** The purchase was paid for already, so this money goes back. */
  | 'incident.paid_twice'
  /** The channel speaks of a second payment of one order: only its own console can return that. */
  | 'incident.second_trade'
  /** A signed word of the channel that doesn't fit the order. Nothing was changed. */
  | 'incident.observation_refused'
  /** A refund of ours was turned down for good. */
  | 'incident.refund_failed'
  /** The channel tells of more refunds than there was money. Nothing was changed. */
  | 'incident.refund_exceeds_payment'
  /** The channel tells of a refund that isn't ours, and not of how much. */
  | 'incident.refund_of_unknown_amount'
  /** Money went back, at the channel itself, that had been credited towards a plan. That plan stays in force. */
  | 'incident.credit_refunded';

const MOST_EVENTS = 500;

/** The story of each payment, written in the transaction that makes it true, for an administrator to read. */
@Injectable()
export class PaymentHistory {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly listeners: BillingListeners,
  ) {}

  async record(
    manager: EntityManager,
    orderId: string,
    action: PaymentEvent | PaymentIncident,
    detail: Record<string, unknown>,
    actorUserId: string | null = null,
  ): Promise<void> {
    const at = this.clock.now();
    const subject = { subjectType: 'payment', subjectId: orderId };
    await recordAudit(manager, { actorUserId, action, ...subject, detail, at });
    if (isIncident(action)) await this.listeners.incident(manager, orderId, action, at);
  }

  /** As {@link record}, but the very same thing once only, however often the channel is asked. */
  async recordOnce(
    manager: EntityManager,
    orderId: string,
    action: PaymentIncident,
    detail: Record<string, unknown>,
  ): Promise<void> {
    const known = await manager.query(
      `SELECT 1 FROM commercial.audit_log
       WHERE subject_type = 'payment' AND subject_id = $1 AND action = $2 AND detail = $3::jsonb LIMIT 1`,
      [orderId, action, JSON.stringify(detail)],
    );
    if (known.length === 0) await this.record(manager, orderId, action, detail);
  }

  /** Everything about one payment, oldest first: what was done, and which notifications came. */
  async of(orderId: string): Promise<PaymentEventDto[]> {
    const { manager } = this.dataSource;
    const entries = await manager.find(AuditLogEntry, {
      where: { subjectType: 'payment', subjectId: orderId },
      order: { createdAt: 'ASC', id: 'ASC' },
      take: MOST_EVENTS,
    });
    const notifications = await manager.find(PaymentNotification, {
      where: { orderId },
      order: { receivedAt: 'ASC', id: 'ASC' },
      take: MOST_EVENTS,
    });
    const events = [...notifications.map(PaymentEventDto.ofNotification), ...entries.map(PaymentEventDto.of)];
    return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }

  /** What a person should look at, over all payments, newest first. */
  incidents(page: PageQuery): Promise<Page<PaymentEventDto>> {
    const query = this.dataSource
      .getRepository(AuditLogEntry)
      .createQueryBuilder('entry')
      .where(`entry.action LIKE 'incident.%'`);
    return readPage(query, page, PaymentEventDto.of);
  }
}

function isIncident(action: PaymentEvent | PaymentIncident): action is PaymentIncident {
  return action.startsWith('incident.');
}
