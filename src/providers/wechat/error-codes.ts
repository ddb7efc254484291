import type { BillAbsence } from '../bill-unavailable.error.js';

/**
 * What the `code` of a 4xx answer proves, from the channel's documents of Native orders, their query and close, and
 * of refunds. Such answers are not signed, so nothing here says that money came in. A code that is not listed proves
 * nothing.
 */

/** The channel's own trouble, whatever the HTTP status: the work may have been done. */
const UNCERTAIN = new Set([
  'SYSTEM_ERROR',
  'SYSTEMERROR',
  'BANK_ERROR',
  'BANKERROR',
  'FREQUENCY_LIMITED',
  'RATELIMIT_EXCEEDED',
]);

const ORDER_UNKNOWN = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST']);
const ORDER_PAID = new Set(['ORDERPAID', 'ORDER_PAID']);
const ORDER_CLOSED = new Set(['ORDER_CLOSED', 'ORDERCLOSED']);
const REFUND_UNKNOWN = new Set(['RESOURCE_NOT_EXISTS', 'REFUND_NOT_EXISTS', 'REFUNDNOTEXIST']);

/** For these the documents say that the refund was not made. */
const REFUND_REFUSALS = new Set([
  'NOT_ENOUGH',
  'INVALID_REQUEST',
  'PARAM_ERROR',
  'USER_ACCOUNT_ABNORMAL',
  'RESOURCE_NOT_EXISTS',
  'ORDER_NOT_EXIST',
  'MCH_NOT_EXISTS',
  'NO_AUTH',
]);

/** Refusals whose cause may pass: the same number may be accepted later. */
const PASSING_REFUND_REFUSALS = new Set(['NOT_ENOUGH', 'USER_ACCOUNT_ABNORMAL']);

/** What the channel says where the merchant's signature, its serial or its key isn't right. */
const SIGNATURE_REFUSALS = new Set(['SIGN_ERROR', 'SIGNERROR']);

/** NO_STATEMENT_EXIST: nothing happened on that day; STATEMENT_CREATING: before 10:00 of the next. */
const BILL_ABSENCE: ReadonlyMap<string, BillAbsence> = new Map([
  ['NO_STATEMENT_EXIST', 'none'],
  ['NOT_FOUND', 'none'],
  ['STATEMENT_CREATING', 'not_yet'],
]);

export const isUncertain = (code: string): boolean => UNCERTAIN.has(code);
export const saysOrderUnknown = (code: string): boolean => ORDER_UNKNOWN.has(code);
export const saysOrderPaid = (code: string): boolean => ORDER_PAID.has(code);
export const saysOrderClosed = (code: string): boolean => ORDER_CLOSED.has(code);
export const billAbsence = (code: string): BillAbsence | null => BILL_ABSENCE.get(code) ?? null;
export const saysRefundUnknown = (code: string): boolean => REFUND_UNKNOWN.has(code);
export const refusesRefund = (code: string): boolean => REFUND_REFUSALS.has(code);
export const refusalPasses = (code: string): boolean => PASSING_REFUND_REFUSALS.has(code);
export const refusesOurSignature = (code: string): boolean => SIGNATURE_REFUSALS.has(code);
