import { z } from 'zod';
import { yuanFromFen, fenFromYuan } from '../../money/fen.js';
import { parseBeijingDateTime } from '../beijing-time.js';
import type { RefundOrder, RefundResult } from '../payment-provider.js';
import type { AlipayAnswer } from './alipay-gateway.js';
import { refusesRefund, TRADE_NOT_EXIST } from './error-codes.js';

const refundAnswer = z.object({
  out_trade_no: z.string(),
  /** `Y` where this very call moved money; `N` at a replay, or where it is still under way. */
  fund_change: z.string().optional(),
  gmt_refund_pay: z.string().optional(),
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
  if (answer.kind === 'unknown') return { outcome: 'unknown', reason: answer.reason };
  if (answer.kind === 'error') {
    if (refusesRefund(answer.code)) return { outcome: 'failed', code: answer.code, message: answer.message };
    return { outcome: 'unknown', reason: `${answer.code} ${answer.message}` };
  }
  const fields = refundAnswer.safeParse(answer.fields);
  if (!fields.success) return { outcome: 'unknown', reason: 'the answer to the refund lacks fields' };
  if (fields.data.out_trade_no !== refund.orderId) return answersAnother('refund');
  if (fields.data.fund_change === 'Y') return succeeded(fields.data.gmt_refund_pay);
  return { outcome: 'pending', reason: 'accepted without fund_change=Y; a query tells whether money moved' };
}

/**
 * Reads the answer of `alipay.trade.fastpay.refund.query`. A success without the refund's fields means that no
 * refund of this number is known; asked for too early it can mean that as well, and repeating the refund under
 * its number is safe in both cases.
 */
export function readRefundQuery(answer: AlipayAnswer, refund: RefundOrder): RefundResult {
  if (answer.kind === 'unknown') return { outcome: 'unknown', reason: answer.reason };
  if (answer.kind === 'error') {
    if (answer.code === TRADE_NOT_EXIST) return { outcome: 'absent' };
    return { outcome: 'unknown', reason: `${answer.code} ${answer.message}` };
  }
  const parsed = refundQueryAnswer.safeParse(answer.fields);
  if (!parsed.success) return { outcome: 'unknown', reason: 'the answer to the refund query is malformed' };
  const fields = parsed.data;
  if (!fields.out_request_no && !fields.refund_status) return { outcome: 'absent' };
  if (fields.out_request_no !== refund.refundNo || fields.out_trade_no !== refund.orderId) {
    return answersAnother('refund query');
  }
  if (!isAmount(fields.refund_amount, refund.amountFen)) {
    return {
      outcome: 'unknown',
      reason: `the channel knows this refund with ${fields.refund_amount} in place of ${yuanFromFen(refund.amountFen)}`,
    };
  }
  if (fields.refund_status === 'REFUND_SUCCESS') return succeeded(fields.gmt_refund_pay);
  return { outcome: 'pending', reason: `refund_status ${fields.refund_status ?? 'not told'}` };
}

function isAmount(yuan: string | undefined, fen: number): boolean {
  if (yuan === undefined) return false;
  try {
    return fenFromYuan(yuan) === fen;
  } catch {
    return false;
  }
}

function succeeded(at: string | undefined): RefundResult {
  return { outcome: 'succeeded', refundedAt: parseBeijingDateTime(at ?? '') };
}

function answersAnother(call: string): RefundResult {
  return { outcome: 'unknown', reason: `the answer to the ${call} is about another order` };
}
