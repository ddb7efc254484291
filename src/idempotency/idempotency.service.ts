import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { COMMERCIAL_DATA_SOURCE } from '../database/tokens.js';
import { Problem } from '../problems/problem.js';

export interface KeyedRequest {
  userId: string;
  /** The handler: two paths of one route, e.g. of two orders, share it. */
  route: string;
  key: string;
  /** What has to be the same for the same answer: the path and the body. */
  fingerprint: Buffer;
}

export type Claim =
  /** This run is the one: carry the operation out under this id, then complete or abandon it. */
  | { outcome: 'run'; operationId: string; leaseId: string }
  | { outcome: 'replay'; status: number; body: unknown };

/** How long a run may take before its key is taken to belong to a process that died. */
const LEASE_SECONDS = 50;

/** How many forgotten keys one statement removes, so that none holds many locks for long. */
const PURGED_AT_ONCE = 5_000;

/**
 * Idempotency keys (after the IETF draft "The Idempotency-Key HTTP Header Field"). The first request with a key takes
 * a lease on it; its answer is kept and replayed. The operation's id stays with the key over a crash, and whatever the
 * operation makes is stored under it, so a second run finds the first one's work instead of doing it twice.
 */
@Injectable()
export class IdempotencyService {
  constructor(@Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** @throws Problem IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_IN_USE */
  async claim(request: KeyedRequest): Promise<Claim> {
    const { userId, route, key, fingerprint } = request;
    const leaseId = randomUUID();
    // The conflict branch takes over a lease that ran out or was given back; a finished key is left alone.
    const taken: { operation_id: string }[] = await this.dataSource.query(
      `INSERT INTO commercial.idempotency_keys AS k
         (user_id, route, key, request_hash, operation_id, lease_id, leased_until)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp() + make_interval(secs => $7))
       ON CONFLICT (user_id, route, key) DO UPDATE
         SET lease_id = excluded.lease_id, leased_until = excluded.leased_until
         WHERE k.answer_status IS NULL AND k.request_hash = excluded.request_hash
           AND k.leased_until < clock_timestamp()
       RETURNING operation_id`,
      [userId, route, key, fingerprint, uuid(), leaseId, LEASE_SECONDS],
    );
    if (taken[0]) return { outcome: 'run', operationId: taken[0].operation_id, leaseId };
    const rows: { request_hash: Buffer; answer_status: number | null; answer_body: unknown }[] =
      await this.dataSource.query(
        `SELECT request_hash, answer_status, answer_body FROM commercial.idempotency_keys
         WHERE user_id = $1 AND route = $2 AND key = $3`,
        [userId, route, key],
      );
    const kept = rows[0];
    if (kept && !kept.request_hash.equals(fingerprint)) throw new Problem('IDEMPOTENCY_KEY_REUSED');
    if (kept?.answer_status == null) throw new Problem('IDEMPOTENCY_KEY_IN_USE', { retryAfterSeconds: 1 });
    return { outcome: 'replay', status: kept.answer_status, body: kept.answer_body };
  }

  /** Keeps the answer. A run that lost its lease to another keeps nothing. */
  async complete(request: KeyedRequest, leaseId: string, status: number, body: unknown): Promise<void> {
    await this.dataSource.query(
      `UPDATE commercial.idempotency_keys SET answer_status = $5, answer_body = $6::json, leased_until = NULL
       WHERE user_id = $1 AND route = $2 AND key = $3 AND lease_id = $4 AND answer_status IS NULL`,
      [request.userId, request.route, request.key, leaseId, status, JSON.stringify(body ?? null)],
    );
  }

  /** Frees the key at once for a retry, after a failure that isn't an answer. */
  async abandon(request: KeyedRequest, leaseId: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE commercial.idempotency_keys SET leased_until = '-infinity'
       WHERE user_id = $1 AND route = $2 AND key = $3 AND lease_id = $4 AND answer_status IS NULL`,
      [request.userId, request.route, request.key, leaseId],
    );
  }

  /** Forgets the keys that are older than 24 hours, by the database's time. @returns how many. */
  async purge(): Promise<number> {
    for (let purged = 0; ;) {
      const [, count] = (await this.dataSource.query(
        `DELETE FROM commercial.idempotency_keys WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM commercial.idempotency_keys
           WHERE created_at < now() - interval '24 hours' LIMIT ${PURGED_AT_ONCE}))`,
      )) as [unknown, number];
      purged += count;
      if (count < PURGED_AT_ONCE) return purged;
    }
  }
}

/** SHA-256 over path and body; members in any order count as the same body. */
export function fingerprint(path: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(path)
    .update('\n')
    .update(JSON.stringify(sorted(body)) ?? '')
    .digest();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
