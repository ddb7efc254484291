import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { Problem } from '../../../problems/problem.js';

/** A counter in the database, and so over every process: `points` within `duration` seconds of the first. */
export function limiter(
  dataSource: DataSource,
  { keyPrefix, points, duration }: { keyPrefix: string; points: number; duration: number },
): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: dataSource,
    // Takes the connection pool from the DataSource at each use, so it may still be closed now.
    storeType: 'typeorm',
    schemaName: 'commercial',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix,
    points,
    duration,
    // One of them for all, since they share the table.
    clearExpiredByTimeout: keyPrefix === 'login-account',
  });
}

/** @throws Problem TOO_MANY_ATTEMPTS where the points are used up. */
export async function consume(counter: RateLimiterAbstract, key: string): Promise<void> {
  const seconds = await secondsToWait(counter, key);
  if (seconds === null) return;
  throw new Problem('TOO_MANY_ATTEMPTS', { params: { seconds }, retryAfterSeconds: seconds });
}

/** Counts. @returns null, or how long it takes until there are points again. */
export async function secondsToWait(counter: RateLimiterAbstract, key: string): Promise<number | null> {
  try {
    await counter.consume(key);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.ceil(refused.msBeforeNext / 1000);
  }
}

/** The table's keys are short, and needn't tell who tried what from where. */
export function keyOf(...who: string[]): string {
  return createHash('sha256').update(who.join(' ')).digest('base64url');
}
