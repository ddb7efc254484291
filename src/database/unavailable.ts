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

/** Whether the database can't be reached at the moment: nothing is wrong with the request, which may be sent again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, message, errors } = error as Partial<AggregateError>;
  if (Array.isArray(errors) && errors.some(isDatabaseUnavailable)) return true;
  const code = sqlState(error) ?? '';
  if (SERVER_STATES.has(code) || CONNECTION_EXCEPTION.test(code) || NETWORK.has(code)) return true;
  return LOST.test(message ?? '') || name === RELEASED;
}
