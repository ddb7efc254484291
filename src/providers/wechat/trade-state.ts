import { z } from 'zod';
import { parseRfc3339 } from '../beijing-time.js';
import { channelNumber } from '../channel-number.js';
import type { PaidTrade, PaymentObservation } from '../payment-observation.js';

/** The fields that a notification and an answer about an order have in common. */
export const wechatTransaction = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: channelNumber,
  trade_state: z.string().min(1),
  transaction_id: channelNumber.or(z.literal('')).nullish(),
  success_time: z.string().nullish(),
  /** Fen. `total` is the order's amount; `payer_total`, what the buyer paid after coupons, decides nothing. */
  amount: z.object({ total: z.int().positive(), currency: z.string().nullish() }).nullish(),
});

export type WechatTransaction = z.infer<typeof wechatTransaction>;

/** PAYERROR is an attempt that failed, not the order: the buyer may try again until it closes. */
const MEANING: ReadonlyMap<string, 'paid' | 'refunded' | 'pending' | 'closed'> = new Map([
  ['SUCCESS', 'paid'],
  ['REFUND', 'refunded'],
  ['NOTPAY', 'pending'],
  ['USERPAYING', 'pending'],
  ['ACCEPT', 'pending'],
  ['PAYERROR', 'pending'],
  ['CLOSED', 'closed'],
  ['REVOKED', 'closed'],
]);

/**
 * What a `trade_state` means for the order.
 *
 * @param now stands in for the time of payment where a paid order has none; null: such an order is `unknown`
 */
export function observeTransaction(transaction: WechatTransaction, now: Date | null): PaymentObservation {
  const meaning = MEANING.get(transaction.trade_state);
  if (meaning === undefined) return { outcome: 'unknown', reason: `trade_state ${transaction.trade_state}` };
  if (meaning === 'pending' || meaning === 'closed') return { outcome: meaning };
  const trade = paidTrade(transaction, now);
  if (trade === null) {
    return {
      outcome: 'unknown',
      reason: `trade_state ${transaction.trade_state} without transaction_id, amount or success_time`,
    };
  }
  return meaning === 'paid' ? { outcome: 'paid', trade } : { outcome: 'refunded', trade, refundedFen: null };
}

function paidTrade(transaction: WechatTransaction, now: Date | null): PaidTrade | null {
  const paidAt = parseRfc3339(transaction.success_time ?? '') ?? now;
  if (!transaction.transaction_id || !transaction.amount || paidAt === null) return null;
  return {
    orderId: transaction.out_trade_no,
    tradeNo: transaction.transaction_id,
    amountFen: transaction.amount.total,
    currency: transaction.amount.currency ?? 'CNY',
    paidAt,
  };
}
