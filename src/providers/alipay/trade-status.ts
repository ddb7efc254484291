import { z } from 'zod';
import { fenFromYuan } from '../../money/fen.js';
import { parseBeijingDateTime } from '../beijing-time.js';
import { channelNumber } from '../channel-number.js';
import type { PaidTrade, PaymentObservation } from '../payment-observation.js';

const yuan = z.string().transform((text, context) => {
  try {
    return fenFromYuan(text);
  } catch {
    context.addIssue({ code: 'custom', message: `not an amount in yuan: ${text}` });
    return z.NEVER;
  }
});

/** The fields that a notification and an answer of `alipay.trade.query` have in common. Amounts become fen. */
export const alipayTrade = z.object({
  out_trade_no: channelNumber,
  trade_no: channelNumber,
  trade_status: z.string().min(1),
  total_amount: yuan,
  /** When the buyer paid: in notifications. */
  gmt_payment: z.string().optional(),
  /** When the buyer paid: in answers. */
  send_pay_date: z.string().optional(),
  gmt_refund: z.string().optional(),
  /** All refunds of the trade so far. */
  refund_fee: z.preprocess((value) => (value === '' ? undefined : value), yuan.optional()),
});

export type AlipayTrade = z.infer<typeof alipayTrade>;

/**
 * What a trade's status means for the order.
 *
 * @param now stands in for the time of payment where a paid trade has none; null: such a trade is `unknown`
 */
export function observeTrade(trade: AlipayTrade, now: Date | null): PaymentObservation {
  switch (trade.trade_status) {
    case 'WAIT_BUYER_PAY':
      return { outcome: 'pending' };
    case 'TRADE_SUCCESS':
    // FINISHED is SUCCESS past the time for refunds: the first word of a payment where the earlier ones were lost.
    case 'TRADE_FINISHED': {
      const refundedFen = trade.refund_fee ?? 0;
      return refundedFen === 0 ? paid(trade, now) : refunded(trade, now, refundedFen);
    }
    case 'TRADE_CLOSED':
      // A trade that was paid closes only when all of it went back.
      if (!wasPaid(trade)) return { outcome: 'closed' };
      return refunded(trade, now, refundedOfClosed(trade));
    default:
      return { outcome: 'unknown', reason: `trade_status ${trade.trade_status}` };
  }
}

/** True for a notice of a refund, partial or full, which repeats the trade's status. */
export function tellsOfRefund(trade: AlipayTrade): boolean {
  const refunded = Boolean(trade.gmt_refund) || (trade.refund_fee ?? 0) > 0;
  return refunded && (trade.trade_status === 'TRADE_SUCCESS' || trade.trade_status === 'TRADE_CLOSED');
}

/** The sum of all refunds that such a notice tells of; null where it tells none. */
export function refundedInTotal(trade: AlipayTrade): number | null {
  return trade.trade_status === 'TRADE_CLOSED' ? refundedOfClosed(trade) : (trade.refund_fee ?? null);
}

function refundedOfClosed(trade: AlipayTrade): number {
  return trade.refund_fee || trade.total_amount;
}

function wasPaid(trade: AlipayTrade): boolean {
  // Not by gmt_payment: a notice that a trade timed out may carry it, and money must not be taken for returned.
  return Boolean(trade.send_pay_date || trade.gmt_refund || trade.refund_fee);
}

function paid(trade: AlipayTrade, now: Date | null): PaymentObservation {
  const facts = paidTrade(trade, now);
  return facts === null ? WITHOUT_TIME : { outcome: 'paid', trade: facts };
}

function refunded(trade: AlipayTrade, now: Date | null, refundedFen: number): PaymentObservation {
  const facts = paidTrade(trade, now);
  return facts === null ? WITHOUT_TIME : { outcome: 'refunded', trade: facts, refundedFen };
}

const WITHOUT_TIME = { outcome: 'unknown', reason: 'a paid trade without its time of payment' } as const;

function paidTrade(trade: AlipayTrade, now: Date | null): PaidTrade | null {
  const paidAt = parseBeijingDateTime(trade.gmt_payment ?? trade.send_pay_date ?? '') ?? now;
  return (
    paidAt && {
      orderId: trade.out_trade_no,
      tradeNo: trade.trade_no,
      amountFen: trade.total_amount,
      currency: 'CNY',
      paidAt,
    }
  );
}
