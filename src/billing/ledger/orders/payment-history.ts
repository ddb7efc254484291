import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLogEntry } from '../../../audit/audit-log.entity.js';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Clock } from '../../../time/clock.js';
import { BillingListeners } from '../listeners/billing-listeners.js';
import { PaymentNotification } from '../records/payment-notification.entity.js';
import type { PaymentEvent, PaymentIncident } from '../records/payment-event.js';
import { PaymentEventDto } from './payment-history.dto.js';

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
  incidents(page: PageQueryDto): Promise<Page<PaymentEventDto>> {
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
