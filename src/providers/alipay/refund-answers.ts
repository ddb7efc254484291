import { z } from 'zod';
import { yuanFromFen, fenFromYuan } from '../../money/fen.js';
import { parseBeijingDateTime } from '../beijing-time.js';
import type { RefundFacts, RefundOrder, RefundQuery, RefundResult } from '../payment-provider.js';
import { unknown, type AlipayAnswer } from './alipay-gateway.js';
import { refusesRefund, refusalPasses, TRADE_NOT_EXIST } from './error-codes.js';

const refundAnswer = z.object({
  out_trade_no: z.string(),
  /** `Y` where this very call moved money; `N` at a replay, or where it is still under way. */
  fund_change: z.string().optional(),
  gmt_refund_pay: z.string().optional(),
  /** All refunds of the trade so far. */
  refund_fee: z.string().optional(),
});

const refundQueryAnswer = z.object({
  out_trade_no: z.string().optional(),
  out_request_no: z.string().optional(),
  refund_amount: z.string().optional(),
  refund_status: z.string().optional(),
  gmt_refund_pay: z.string().optional(),
});

/** Reads the answer of `alipay.trade.refund`. */
export function readRefund(answer: AlipayAnswer, refund: RefundOrder): RefundResult {
  if (answer.kind === 'unknown') return unknown(answer);
  if (answer.kind === 'error') {
    const { code, message } = answer;
    if (refusesRefund(code))
      return { outcome: 'failed', code, message, ...(refusalPasses(code) ? { passes: true } : {}) };
    return { outcome: 'unknown', reason: `${answer.code} ${answer.message}` };
  }
  const fields = refundAnswer.safeParse(answer.fields);
  if (!fields.success) return { outcome: 'unknown', reason: 'the answer to the refund lacks fields' };
  if (fields.data.out_trade_no !== refund.orderId) return answersAnother('refund');
  const { fund_change: fundChange, gmt_refund_pay: at, refund_fee: sum } = fields.data;
  const orderRefundedFen = amountOf(sum);
  const facts = orderRefundedFen === null ? {} : { orderRefundedFen };
  if (fundChange === 'Y') return succeeded(at, facts);
  return {
    outcome: 'pending',
    reason: 'accepted without fund_change=Y; a query tells whether money moved',
    ...facts,
  };
}

/**
 * Reads the answer of `alipay.trade.fastpay.refund.query`. A success without `refund_status`, be the number in it or
 * not, means that the refund was not received or that it failed; asked for too early it can mean that as well.
 * Repeating the refund under its number is safe in all of these cases.
 */
export function readRefundQuery(answer: AlipayAnswer, refund: RefundQuery): RefundResult {
  if (answer.kind === 'unknown') return unknown(answer);
  if (answer.kind === 'error') {
    if (answer.code === TRADE_NOT_EXIST) return { outcome: 'absent' };
    return { outcome: 'unknown', reason: `${answer.code} ${answer.message}` };
  }
  const parsed = refundQueryAnswer.safeParse(answer.fields);
  if (!parsed.success) return { outcome: 'unknown', reason: 'the answer to the refund query is malformed' };
  const fields = parsed.data;
  if (isAnother(fields.out_request_no, refund.refundNo) || isAnother(fields.out_trade_no, refund.orderId)) {
    return answersAnother('refund query');
  }
  if (!fields.refund_status) return { outcome: 'absent' };
  if (!fields.out_request_no || !fields.out_trade_no) return answersAnother('refund query');
  const amountFen = amountOf(fields.refund_amount);
  if (amountFen === null || (refund.amountFen !== null && amountFen !== refund.amountFen)) {
    const asked = refund.amountFen === null ? 'an amount' : yuanFromFen(refund.amountFen);
    return {
      outcome: 'unknown',
      reason: `the channel knows this refund with ${fields.refund_amount} in place of ${asked}`,
    };
  }
  if (fields.refund_status === 'REFUND_SUCCESS') return succeeded(fields.gmt_refund_pay, { amountFen });
  return { outcome: 'pending', reason: `refund_status ${fields.refund_status}`, amountFen };
}

/** Alipay leaves out what it doesn't know. */
function isAnother(told: string | undefined, ours: string): boolean {
  return Boolean(told) && told !== ours;
}

function amountOf(yuan: string | undefined): number | null {
  try {
    return fenFromYuan(yuan ?? '');
  } catch {
    return null;
  }
}

function succeeded(at: string | undefined, facts: RefundFacts): RefundResult {
  return { outcome: 'succeeded', refundedAt: parseBeijingDateTime(at ?? ''), ...facts };
}

function answersAnother(call: string): RefundResult {
  return { outcome: 'unknown', reason: `the answer to the ${call} is about another order` };
}
