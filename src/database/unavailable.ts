import { sqlState } from './transaction.js';

/**
 * https://www.postgresql.org/docs/current/errcodes-appendix.html: the server ends, starts, has no connection left, or
 * became a standby that doesn't write yet.
 */
const SERVER_STATES = new Set(['57P01', '57P02', '57P03', '57P05', '53300', '25006']);
const CONNECTION_EXCEPTION = /^08/;

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** pg says these without a code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

/** A transaction whose connection broke between two statements. */
const RELEASED = 'QueryRunnerAlreadyReleasedError';

/**
 * Others were in the way for longer than a statement may wait: query_canceled (by `statement_timeout`),
 * lock_not_available, and, after every further attempt, serialization_failure and deadlock_detected.
 */
const GIVEN_UP = new Set(['57014', '55P03', '40001', '40P01']);

/** Whether the database gave the work up, with nothing done, for a reason that passes. */
export function isGivenUp(error: unknown): boolean {
  return GIVEN_UP.has(sqlState(error) ?? '');
}

/** Whether the database can't be reached at the moment: nothing is wrong with the request, which may be sent again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, message, errors } = error as Partial<AggregateError>;
  if (Array.isArray(errors) && errors.some(isDatabaseUnavailable)) return true;
  const code = sqlState(error) ?? '';
  if (SERVER_STATES.has(code) || CONNECTION_EXCEPTION.test(code) || NETWORK.has(code)) return true;
  return LOST.test(message ?? '') || name === RELEASED;
}
