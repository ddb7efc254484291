import type { RefundOrder, RefundQuery } from './payment-provider.js';
import type { PaymentOrder } from './payment-order.js';

const ORDER_ID = /^[0-9A-Za-z]{6,32}$/;
const REFUND_NO = /^[0-9A-Za-z_-]{1,64}$/;

/** Ids go into paths unencoded, and both channels share them: 32 characters is the shorter limit of the two. */
export function assertOrderId(orderId: string): void {
  if (!ORDER_ID.test(orderId)) {
    throw new RangeError(`an order id is 6 to 32 of 0-9, A-Z, a-z; got ${JSON.stringify(orderId)}`);
  }
}

/** @throws RangeError for what no channel could take: a slip of the caller, not an answer of the channel. */
export function assertPayable(order: PaymentOrder): void {
  assertOrderId(order.orderId);
  assertAmount(order.amountFen, order.currency);
}

/** The order's method, or the provider's default. @throws RangeError for one that the provider doesn't name. */
export function methodOf<M extends string>(order: PaymentOrder, methods: readonly [M, ...M[]]): M {
  if (order.method === null) return methods[0];
  const method = methods.find((name) => name === order.method);
  if (method === undefined) {
    throw new RangeError(`the method is one of ${methods.join(', ')}; got ${JSON.stringify(order.method)}`);
  }
  return method;
}

/** @returns why no channel could be asked for this refund; null where it can */
export function refundQueryFault(refund: RefundQuery): string | null {
  try {
    assertRefundQuery(refund);
    return null;
  } catch (error) {
    return (error as RangeError).message;
  }
}

/** @throws RangeError as `assertPayable` does */
export function assertRefundQuery(refund: RefundQuery): void {
  assertOrderId(refund.orderId);
  if (!REFUND_NO.test(refund.refundNo)) {
    throw new RangeError(
      `a refund number is 1 to 64 of 0-9, A-Z, a-z, _ and -; got ${JSON.stringify(refund.refundNo)}`,
    );
  }
  assertAmount(refund.orderAmountFen, refund.currency);
  if (refund.amountFen !== null) assertAmount(refund.amountFen, refund.currency);
}

/** @throws RangeError as `assertPayable` does */
export function assertRefundable(refund: RefundOrder): void {
  assertRefundQuery(refund);
  if (refund.amountFen > refund.orderAmountFen) {
    throw new RangeError(`a refund of ${refund.amountFen} fen exceeds its order's ${refund.orderAmountFen}`);
  }
}

/** @throws RangeError for anything but a day as `YYYY-MM-DD` */
export function assertBillDate(date: string): void {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date))) {
    throw new RangeError(`a bill's date is YYYY-MM-DD; got ${JSON.stringify(date)}`);
  }
}

function assertAmount(fen: number, currency: string): void {
  if (!Number.isSafeInteger(fen) || fen < 1)
    throw new RangeError(`an amount is a whole number of fen, 1 or more; got ${fen}`);
  if (currency !== 'CNY') throw new RangeError(`this channel takes CNY alone; got ${currency}`);
}
