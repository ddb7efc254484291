import { z } from 'zod';
import { parseRfc3339 } from '../beijing-time.js';
import type { RefundFacts, RefundOrder, RefundQuery, RefundResult } from '../payment-provider.js';
import { refusalPasses, refusesRefund, saysRefundUnknown } from './error-codes.js';
import { unknown, type WechatAnswer } from './wechat-pay-client.js';

/** The API's form; notifications name the status `refund_status`. Amounts in fen. */
const refundAnswer = z.object({
  out_trade_no: z.string(),
  out_refund_no: z.string(),
  status: z.string(),
  success_time: z.string().nullish(),
  create_time: z.string().nullish(),
  amount: z.object({ refund: z.int(), total: z.int() }),
});

/** What a refund's status means. ABNORMAL is not final: the channel tries again, or the merchant sees to it there. */
export function readRefundStatus(
  status: string,
  successTime: string | null | undefined,
  facts: RefundFacts = {},
): RefundResult {
  switch (status) {
    case 'SUCCESS':
      return { outcome: 'succeeded', refundedAt: parseRfc3339(successTime ?? ''), ...facts };
    case 'CLOSED':
      return {
        outcome: 'failed',
        code: 'CLOSED',
        message: 'the channel closed the refund without moving money',
      };
    case 'PROCESSING':
    case 'ABNORMAL':
      return { outcome: 'pending', reason: `status ${status}`, ...facts };
    default:
      return { outcome: 'unknown', reason: `refund status ${status}` };
  }
}

/** Reads the answer to a request for a refund. */
export function readRefund(answer: WechatAnswer, refund: RefundOrder): RefundResult {
  if (answer.kind === 'error' && refusesRefund(answer.code)) {
    const { code, message } = answer;
    return { outcome: 'failed', code, message, ...(refusalPasses(code) ? { passes: true } : {}) };
  }
  return readRefundAnswer(answer, refund);
}

/** Reads the answer to a query for a refund. */
export function readRefundQuery(answer: WechatAnswer, refund: RefundQuery): RefundResult {
  if (answer.kind === 'error' && answer.status === 404 && saysRefundUnknown(answer.code))
    return { outcome: 'absent' };
  return readRefundAnswer(answer, refund);
}

function readRefundAnswer(answer: WechatAnswer, refund: RefundQuery): RefundResult {
  if (answer.kind === 'unknown') return unknown(answer);
  if (answer.kind === 'error') return { outcome: 'unknown', reason: `${answer.code} ${answer.message}` };
  const parsed = refundAnswer.safeParse(answer.data);
  if (!parsed.success) return { outcome: 'unknown', reason: 'the answer lacks fields of a refund' };
  const { out_trade_no: orderId, out_refund_no: refundNo, amount, status, success_time: at } = parsed.data;
  if (orderId !== refund.orderId || refundNo !== refund.refundNo) {
    return { outcome: 'unknown', reason: 'the answer is about another refund' };
  }
  const isAnother = refund.amountFen !== null && amount.refund !== refund.amountFen;
  if (isAnother || amount.total !== refund.orderAmountFen) {
    return {
      outcome: 'unknown',
      reason: `the channel knows this refund as ${amount.refund} of ${amount.total} fen`,
    };
  }
  const acceptedAt = parseRfc3339(parsed.data.create_time ?? '');
  return readRefundStatus(status, at, { amountFen: amount.refund, ...(acceptedAt ? { acceptedAt } : {}) });
}
