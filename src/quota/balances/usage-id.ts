import { randomFillSync } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { sqlState } from '../../database/transaction.js';

/** The index that refuses an id twice is the partition's: usage_logs_2026_11_pkey, usage_logs_default_pkey. */
const PRIMARY_KEY = /^usage_logs_\w+_pkey$/;

/** Whether an insert failed because a usage under this id is there already. */
export function isUsageIdTaken(error: unknown): boolean {
  const driverError = (error as { driverError?: { constraint?: unknown } } | null)?.driverError ?? error;
  const constraint = (driverError as { constraint?: unknown } | null)?.constraint;
  return sqlState(error) === '23505' && typeof constraint === 'string' && PRIMARY_KEY.test(constraint);
}

const BYTES_PER_ID = 16;
/** Asking the system for randomness once for each id costs more than all else of it. */
const pool = new Uint8Array(256 * BYTES_PER_ID);
let taken = pool.length;

/** @returns a UUIDv7 */
export function newUsageId(): string {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  const random = pool.subarray(taken, (taken += BYTES_PER_ID));
  return uuid({ random });
}
