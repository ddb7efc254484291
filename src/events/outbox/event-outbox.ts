import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import { JobQueue } from '../../jobs/job-queue.js';
import { CommercialEvents } from '../types/commercial-events.js';
import { EVENT_DELIVERIES } from '../queue/delivery-queue.js';
import type { EventDataOf, EventType } from '../types/event-types.js';
import { EVENTS_OPTIONS, type EventsOptions } from '../types/events-options.js';
import { EventMails } from '../mail/event-mails.js';

export interface NewEvent<Type extends EventType> {
  type: Type;
  accountId: string;
  /** Null where it concerns the account as a whole. */
  subscriptionId: string | null;
  /** The id of what it is about. */
  subjectId: string;
  data: EventDataOf[Type];
  at: Date;
}

/**
 * Writes events down in the transaction that makes them true, together with everybody to whom they are owed: rolled
 * back, nothing happened and nobody hears of it; committed, everybody hears of it at least once.
 */
@Injectable()
export class EventOutbox {
  constructor(
    @Inject(EVENTS_OPTIONS) private readonly options: EventsOptions,
    private readonly events: CommercialEvents,
    private readonly mails: EventMails,
    private readonly jobs: JobQueue,
  ) {}

  async record<Type extends EventType>(manager: EntityManager, event: NewEvent<Type>): Promise<void> {
    await lockOrderOf(manager, event.accountId);
    const owed: unknown[] = await manager.query(INSERT, [
      uuid(),
      event.type,
      event.accountId,
      event.subscriptionId,
      event.subjectId,
      JSON.stringify(event.data),
      event.at,
      this.ownDestinations(event),
    ]);
    if (owed.length > 0) await this.jobs.send(manager, EVENT_DELIVERIES, {}, 0);
  }

  private ownDestinations<Type extends EventType>({ type, data }: NewEvent<Type>): string[] {
    const { handlersElsewhere = false } = this.options;
    return [
      ...(handlersElsewhere || this.events.wants(type) ? ['handlers'] : []),
      ...(this.mails.wants(type, data) ? ['mail'] : []),
    ];
  }
}

/**
 * Two transactions of one account draw their numbers in the order in which they commit. Who changes what the account
 * holds has this lock already; the weaker mode lets debits, which only refer to the account, pass.
 */
async function lockOrderOf(manager: EntityManager, accountId: string): Promise<void> {
  await manager.query(`SELECT FROM commercial.accounts WHERE id = $1 FOR NO KEY UPDATE`, [accountId]);
}

/** The endpoints are locked against their removal: one that goes away meanwhile is owed nothing. */
const INSERT = `
  WITH event AS (
    INSERT INTO commercial.events (id, type, account_id, subscription_id, subject_id, data, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING id, sequence, coalesce(subscription_id, account_id) AS stream, created_at
  ), endpoint AS (
    SELECT id FROM commercial.webhook_endpoints
    WHERE enabled AND (types = '{}' OR $2 = ANY (types)) FOR KEY SHARE
  ), destination AS (
    SELECT id::text AS name, id AS endpoint_id FROM endpoint
    UNION ALL SELECT name, NULL FROM unnest($8::text[]) AS name
  )
  INSERT INTO commercial.event_deliveries
    (id, event_id, destination, endpoint_id, stream, sequence, due_at, created_at)
  SELECT gen_random_uuid(), e.id, d.name, d.endpoint_id, e.stream, e.sequence, e.created_at, e.created_at
  FROM event e CROSS JOIN destination d
  RETURNING id`;
