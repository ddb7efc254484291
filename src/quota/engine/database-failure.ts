import { sqlState } from '../../database/transaction.js';
import { isDatabaseUnavailable } from '../../database/unavailable.js';

/**
 * What a failed statement says about itself (SQLSTATE: PostgreSQL, Appendix A).
 * - `transient`: rolled back for a reason that passes; it may simply run again
 * - `unreached`: no connection was made, so that nothing was sent
 * - `lost`: the connection went, so that nobody knows whether it was committed
 * - `member`: rolled back for a value in it, which may be one caller's alone
 * - `fault`: rolled back for a reason that has nothing to do with the callers
 */
export type FailureKind = 'transient' | 'unreached' | 'lost' | 'member' | 'fault';

const TRANSIENT = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '55P03', // lock_not_available
]);

const UNREACHED = new Set([
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** pg's own words where a connection took too long to make. */
const NO_CONNECTION = /^timeout exceeded when trying to connect/;

/** data_exception and integrity_constraint_violation. */
const VALUES = /^2[23]/;

export function failureKind(error: unknown): FailureKind {
  const code = sqlState(error) ?? '';
  if (TRANSIENT.has(code)) return 'transient';
  if (VALUES.test(code)) return 'member';
  if (!isDatabaseUnavailable(error)) return 'fault';
  return UNREACHED.has(code) || NO_CONNECTION.test((error as Error).message) ? 'unreached' : 'lost';
}
