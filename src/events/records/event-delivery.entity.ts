import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { OutboxEvent } from './event.entity.js';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';
import type { DeliveryStatus } from './delivery-status.js';

/** That one event is owed to one destination. Written with the event, so that neither is there without the other. */
@Entity({ schema: 'commercial', name: 'event_deliveries' })
@Index('event_deliveries_once', ['eventId', 'destination'], { unique: true })
@Index('event_deliveries_line', ['destination', 'stream', 'sequence'], { where: `status = 'pending'` })
@Index('event_deliveries_due', ['destination', 'dueAt'], { where: `status = 'pending'` })
@Index('event_deliveries_endpoint', ['endpointId', 'createdAt', 'id'])
@Index('event_deliveries_created', ['createdAt', 'id'])
@Index('event_deliveries_dead', ['createdAt', 'id'], { where: `status = 'dead'` })
@Check('event_deliveries_status', `status IN ('pending', 'delivered', 'skipped', 'dead')`)
@Check('event_deliveries_due_while_pending', `(status = 'pending') = (due_at IS NOT NULL)`)
@Check('event_deliveries_destination', `destination IN ('handlers', 'mail') OR endpoint_id IS NOT NULL`)
export class EventDelivery {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'event_deliveries_pkey' })
  id: string;

  @Column('uuid', { name: 'event_id' })
  eventId: string;

  @ManyToOne(() => OutboxEvent, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'event_id', foreignKeyConstraintName: 'event_deliveries_event_fkey' })
  event?: OutboxEvent;

  /** `handlers`, `mail`, or the endpoint's id. */
  @Column('text')
  destination: string;

  @Column('uuid', { name: 'endpoint_id', nullable: true })
  endpointId: string | null;

  @ManyToOne(() => WebhookEndpoint, { nullable: true, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'endpoint_id', foreignKeyConstraintName: 'event_deliveries_endpoint_fkey' })
  endpoint?: WebhookEndpoint | null;

  /** Within what the order is kept: the subscription, or the account where there is none. */
  @Column('uuid')
  stream: string;

  /** The event's. */
  @Column('bigint')
  sequence: string;

  /** False for a replay and a test: these neither wait for others nor hold them back. */
  @Column('boolean', { name: 'in_order', default: true })
  inOrder: boolean;

  @Column('text', { default: 'pending' })
  status: DeliveryStatus;

  /** How often it was tried since it was written or replayed. */
  @Column('integer', { default: 0 })
  attempts: number;

  /** When it is tried next, by business time; null once nothing is left to do. */
  @Column({ type: 'timestamptz', name: 'due_at', precision: 3, nullable: true })
  dueAt: Date | null;

  /** Until when a process has it in hand, by the database's time; one that died is forgotten by then. */
  @Column({ type: 'timestamptz', name: 'leased_until', precision: 3, nullable: true })
  leasedUntil: Date | null;

  /** What the receiver answered last; null where it didn't, and for what isn't a webhook. */
  @Column('smallint', { name: 'response_status', nullable: true })
  responseStatus: number | null;

  /** Why it failed last. */
  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;

  @Column({ type: 'timestamptz', name: 'delivered_at', precision: 3, nullable: true })
  deliveredAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
