import { returnedFen, type SandboxOrder } from '../records/sandbox-order.js';

export type AlipayTradeStatus = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_FINISHED' | 'TRADE_CLOSED';

/** A year after payment the trade is finished: nothing can be refunded any more. */
const REFUNDABLE_MS = 365 * 24 * 3_600_000;

export function tradeStatus(order: SandboxOrder, now: Date): AlipayTradeStatus {
  if (order.state === 'unpaid') return 'WAIT_BUYER_PAY';
  if (order.state === 'closed' || returnedFen(order) === order.amountFen) return 'TRADE_CLOSED';
  const age = now.getTime() - Date.parse(order.paidAt ?? order.createdAt);
  return age < REFUNDABLE_MS ? 'TRADE_SUCCESS' : 'TRADE_FINISHED';
}
