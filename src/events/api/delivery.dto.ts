import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQueryDto } from '../../http/page-query.dto.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../records/delivery-status.js';
import type { EventDelivery } from '../records/event-delivery.entity.js';

const KINDS = ['handlers', 'mail', 'webhook'] as const;

export type DeliveryKind = (typeof KINDS)[number];

export class DeliveryQueryDto extends PageQueryDto {
  /** Only those in this state; `dead` are the dead letters. @example "dead" */
  @IsOptional()
  @IsIn(DELIVERY_STATUSES)
  status?: DeliveryStatus;
}

export class AnyDeliveryQueryDto extends DeliveryQueryDto {
  /** @example "mail" */
  @IsOptional()
  @IsIn(KINDS)
  kind?: DeliveryKind;
}

export class DeliveryDto {
  /** @format uuid */
  id: string;

  /** The `webhook-id` of a webhook. @format uuid */
  eventId: string;

  /** @example "payment.paid" */
  eventType: string;

  @ApiProperty({ enum: KINDS, example: 'webhook' })
  kind: DeliveryKind;

  /** Null for what isn't a webhook. @format uuid */
  endpointId: string | null;

  @ApiProperty({ enum: DELIVERY_STATUSES, example: 'delivered' })
  status: DeliveryStatus;

  /** Since it was queued or replayed. @example 1 */
  attempts: number;

  /** When it is tried next. @format date-time */
  dueAt: string | null;

  /** What the receiver answered last. @example 200 */
  @ApiProperty({ type: 'integer', nullable: true })
  responseStatus: number | null;

  /** Why it failed last. */
  lastError: string | null;

  /** @format date-time */
  deliveredAt: string | null;

  /** @format date-time */
  createdAt: string;

  static of(delivery: EventDelivery): DeliveryDto {
    const { destination, endpointId } = delivery;
    return {
      id: delivery.id,
      eventId: delivery.eventId,
      eventType: delivery.event!.type,
      kind: endpointId === null ? (destination as DeliveryKind) : 'webhook',
      endpointId,
      status: delivery.status,
      attempts: delivery.attempts,
      dueAt: delivery.dueAt?.toISOString() ?? null,
      responseStatus: delivery.responseStatus,
      lastError: delivery.lastError,
      deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
      createdAt: delivery.createdAt.toISOString(),
    };
  }
}

export class DeliveryListDto {
  items: DeliveryDto[];
  nextCursor: string | null;
}
