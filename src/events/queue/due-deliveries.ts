import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { Clock } from '../../time/clock.js';
import type { CommercialEvent } from '../types/event-types.js';
import { EVENT_DELIVERIES } from './delivery-queue.js';
import { nextTry } from './retry-schedule.js';

/** A delivery that this process has in hand. */
export interface ClaimedDelivery {
  id: string;
  destination: string;
  endpointId: string | null;
  /** This try's number, from 1. It also proves the claim: another process's is a later one. */
  attempts: number;
  event: CommercialEvent;
}

export type DeliveryOutcome =
  | { outcome: 'delivered'; responseStatus?: number }
  /** Nobody is there to be told. */
  | { outcome: 'skipped'; reason: string }
  | { outcome: 'failed'; error: string; responseStatus?: number };

/** What an administrator sends to see whether an endpoint answers; it is tried once. */
export const TEST_EVENT = 'endpoint.test';

/** Longer than any try takes. */
const LEASE_SECONDS = 120;
const LONGEST_ERROR = 500;
/** The database counts a job's delay from its transaction's start, a moment before the clock was read. */
const SLACK_SECONDS = 1;

/** Which deliveries are due, whose they are, and what became of them. */
@Injectable()
export class DueDeliveries {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly jobs: JobQueue,
  ) {}

  /** Where something is due. An endpoint that is switched off keeps what it is owed until it is on again. */
  async destinations(): Promise<string[]> {
    const rows: { destination: string }[] = await this.dataSource.query(
      `SELECT DISTINCT d.destination FROM commercial.event_deliveries d
       LEFT JOIN commercial.webhook_endpoints w ON w.id = d.endpoint_id
       WHERE d.status = 'pending' AND d.due_at <= $1 AND coalesce(w.enabled, true)`,
      [this.clock.now()],
    );
    return rows.map((row) => row.destination);
  }

  /** Takes due deliveries of one destination into this process's hands; oldest first, one of each stream at most. */
  async claim(destination: string, limit: number): Promise<ClaimedDelivery[]> {
    const [rows]: [ClaimedRow[], number] = await this.dataSource.query(CLAIM, [
      destination,
      this.clock.now(),
      limit,
    ]);
    return rows.map(claimed);
  }

  /** Takes this one, whether it is due or not. @returns null where another process has it, or it is settled. */
  async claimOne(id: string): Promise<ClaimedDelivery | null> {
    const [rows]: [ClaimedRow[], number] = await this.dataSource.query(CLAIM_ONE, [id]);
    return rows[0] ? claimed(rows[0]) : null;
  }

  /**
   * Writes down what became of a try. A process that took too long, so that another one has the delivery now, changes
   * nothing.
   * @returns whether it will not be tried any more, though it failed
   */
  settle({ id, attempts, event }: ClaimedDelivery, result: DeliveryOutcome): Promise<boolean> {
    const now = this.clock.now();
    const isTriedOnce = (event.type as string) === TEST_EVENT;
    const dueAt = result.outcome === 'failed' && !isTriedOnce ? nextTry(attempts, now) : null;
    const isDead = result.outcome === 'failed' && dueAt === null;
    const status = result.outcome !== 'failed' ? result.outcome : isDead ? 'dead' : 'pending';
    return inTransaction(this.dataSource, async (manager) => {
      await manager.query(SETTLE, [
        id,
        attempts,
        status,
        dueAt,
        result.outcome === 'skipped' ? null : (result.responseStatus ?? null),
        faultOf(result)?.slice(0, LONGEST_ERROR) ?? null,
        result.outcome === 'delivered' ? now : null,
      ]);
      if (dueAt) await this.wakeAt(manager, dueAt);
      return isDead;
    });
  }

  private wakeAt(manager: EntityManager, at: Date): Promise<void> {
    const seconds = Math.max(0, (at.getTime() - this.clock.now().getTime()) / 1000) + SLACK_SECONDS;
    return this.jobs.send(manager, EVENT_DELIVERIES, {}, seconds);
  }
}

function faultOf(result: DeliveryOutcome): string | null {
  if (result.outcome === 'delivered') return null;
  return result.outcome === 'skipped' ? result.reason : result.error;
}

interface ClaimedRow {
  id: string;
  destination: string;
  endpoint_id: string | null;
  attempts: number;
  event_id: string;
  sequence: string;
  type: string;
  account_id: string | null;
  subscription_id: string | null;
  data: object;
  created_at: Date;
}

function claimed(row: ClaimedRow): ClaimedDelivery {
  const event = {
    id: row.event_id,
    type: row.type,
    sequence: Number(row.sequence),
    timestamp: row.created_at.toISOString(),
    accountId: row.account_id,
    subscriptionId: row.subscription_id,
    data: row.data,
  } as unknown as CommercialEvent;
  const { id, destination, endpoint_id: endpointId, attempts } = row;
  return { id, destination, endpointId, attempts, event };
}

const TAKE = `
  UPDATE commercial.event_deliveries d
  SET attempts = d.attempts + 1, leased_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
  FROM commercial.events e`;

const TAKEN = `
  RETURNING d.id, d.destination, d.endpoint_id, d.attempts, e.id AS event_id, e.sequence, e.type, e.account_id,
    e.subscription_id, e.data, e.created_at`;

/** An earlier one of the same stream that isn't settled, in hand or waiting to be tried again, holds the later back. */
const CLAIM = `${TAKE}
  WHERE e.id = d.event_id AND d.id IN (
    SELECT due.id FROM commercial.event_deliveries due
    LEFT JOIN commercial.webhook_endpoints w ON w.id = due.endpoint_id
    WHERE due.destination = $1 AND due.status = 'pending' AND due.due_at <= $2 AND coalesce(w.enabled, true)
      AND (due.leased_until IS NULL OR due.leased_until < clock_timestamp())
      AND (NOT due.in_order OR NOT EXISTS (
        SELECT FROM commercial.event_deliveries earlier
        WHERE earlier.destination = due.destination AND earlier.stream = due.stream
          AND earlier.status = 'pending' AND earlier.in_order AND earlier.sequence < due.sequence))
    ORDER BY due.due_at, due.sequence LIMIT $3
    FOR UPDATE OF due SKIP LOCKED)${TAKEN}`;

const CLAIM_ONE = `${TAKE}
  WHERE e.id = d.event_id AND d.id = $1 AND d.status = 'pending'
    AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp())${TAKEN}`;

const SETTLE = `
  UPDATE commercial.event_deliveries
  SET status = $3, due_at = $4, response_status = $5, last_error = $6, delivered_at = $7, leased_until = NULL
  WHERE id = $1 AND attempts = $2 AND status = 'pending'`;
