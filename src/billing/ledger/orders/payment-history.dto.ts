import type { AuditLogEntry } from '../../../audit/audit-log.entity.js';
import type { PaymentNotification } from '../records/payment-notification.entity.js';

export class PaymentEventDto {
  /** @format date-time */
  at: string;

  /** @example "4f0c1f9f6f5f4a4c9d0e3b2a1c0d9e8f" */
  orderId: string;

  /** `notification.received`, `payment.…` for what was done, `incident.…` for what a person should look at. @example "payment.paid" */
  event: string;

  /** Who did it; null where a rule or the channel did. @format uuid */
  actorUserId: string | null;

  /**
   * The facts, as they were seen. Amounts in it are in fen.
   * @example { "source": "query", "tradeNo": "2026112422001", "late": false }
   */
  detail: Record<string, unknown>;

  static of(this: void, entry: AuditLogEntry): PaymentEventDto {
    return {
      at: entry.createdAt.toISOString(),
      orderId: entry.subjectId,
      event: entry.action,
      actorUserId: entry.actorUserId,
      detail: entry.detail,
    };
  }

  static ofNotification(this: void, notification: PaymentNotification): PaymentEventDto {
    const { provider, notificationId, copies, outcome } = notification;
    return {
      at: notification.receivedAt.toISOString(),
      orderId: notification.orderId,
      event: 'notification.received',
      actorUserId: null,
      detail: { provider, notificationId, copies, outcome },
    };
  }
}

export class PaymentHistoryDto {
  items: PaymentEventDto[];
}

export class PaymentIncidentListDto {
  items: PaymentEventDto[];
  nextCursor: string | null;
}
