/** Of Alipay: a mobile website, a code. Of WeChat Pay: a mobile browser, a page inside WeChat. */
export type SandboxMethod = 'wap' | 'qr' | 'h5' | 'jsapi';

export type SandboxChannel = 'alipay' | 'wechat';

/** A refund at the gateway. Times are RFC 3339 in UTC. */
export interface SandboxRefund {
  /** The merchant's number: Alipay's `out_request_no`, WeChat's `out_refund_no`. */
  readonly refundNo: string;
  /** The channel's own number. */
  readonly channelRefundNo: string;
  readonly amountFen: number;
  readonly reason: string | null;
  readonly notifyUrl: string | null;
  readonly state: 'processing' | 'succeeded';
  readonly createdAt: string;
  readonly succeededAt: string | null;
}

/** An order at the gateway: a value; every change makes a new one. Times are RFC 3339 in UTC. */
export interface SandboxOrder {
  readonly channel: SandboxChannel;
  /** The way to pay; absent for the channel's first. */
  readonly method?: SandboxMethod;
  /** The merchant's number, `out_trade_no` on the wire. */
  readonly outTradeNo: string;
  /** The channel's own number: Alipay's `trade_no`, WeChat's `transaction_id`. */
  readonly channelTradeNo: string;
  readonly amountFen: number;
  readonly subject: string;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
  /** What the merchant gets back unread: Alipay's `passback_params`, WeChat's `attach`. */
  readonly attachment: string | null;
  readonly state: 'unpaid' | 'paid' | 'closed';
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly paidAt: string | null;
  readonly closedAt: string | null;
  readonly refunds: readonly SandboxRefund[];
}

/** The states move one way only: unpaid → paid, or unpaid → closed. */
export function pay(order: SandboxOrder, at: Date): SandboxOrder {
  return { ...leaveUnpaid(order), state: 'paid', paidAt: at.toISOString() };
}

export function close(order: SandboxOrder, at: Date): SandboxOrder {
  return { ...leaveUnpaid(order), state: 'closed', closedAt: at.toISOString() };
}

/** Adds a refund or replaces the one of the same number. */
export function putRefund(order: SandboxOrder, refund: SandboxRefund): SandboxOrder {
  const others = order.refunds.filter(({ refundNo }) => refundNo !== refund.refundNo);
  const refunds = [...others, refund];
  if (sum(refunds) > order.amountFen)
    throw new RangeError(`the refunds of ${order.outTradeNo} exceed its amount`);
  return { ...order, refunds };
}

export function findRefund(order: SandboxOrder, refundNo: string): SandboxRefund | null {
  return order.refunds.find((refund) => refund.refundNo === refundNo) ?? null;
}

/** What has gone back or is on its way, in fen. */
export function refundedFen(order: SandboxOrder): number {
  return sum(order.refunds);
}

/** What has gone back, in fen. */
export function returnedFen(order: SandboxOrder): number {
  return sum(order.refunds.filter(({ state }) => state === 'succeeded'));
}

export function hasExpired(order: SandboxOrder, now: Date): boolean {
  return order.state === 'unpaid' && now.getTime() >= Date.parse(order.expiresAt);
}

function leaveUnpaid(order: SandboxOrder): SandboxOrder {
  if (order.state !== 'unpaid') throw new Error(`order ${order.outTradeNo} is ${order.state} already`);
  return order;
}

function sum(refunds: readonly SandboxRefund[]): number {
  return refunds.reduce((total, { amountFen }) => total + amountFen, 0);
}
