import { assertOrderId, assertPayable, assertRefundable } from './order-rules.js';
import type { RefundOrder } from './payment-provider.js';
import type { PaymentOrder } from './payment-order.js';

const order: PaymentOrder = {
  orderId: 'a'.repeat(32),
  amountFen: 9900,
  currency: 'CNY',
  subject: '专业版',
  expiresAt: new Date('2026-03-01T00:00:00Z'),
  notifyUrl: 'https://shop.example/webhooks/alipay',
  returnUrl: null,
  method: null,
  payer: { ip: null, openId: null },
};

const refund: RefundOrder = {
  orderId: order.orderId,
  refundNo: 'r-1_A',
  amountFen: 1,
  orderAmountFen: 9900,
  currency: 'CNY',
  reason: null,
  notifyUrl: order.notifyUrl,
};

it('takes what both channels take', () => {
  expect(() => assertPayable(order)).not.toThrow();
  expect(() => assertRefundable(refund)).not.toThrow();
});

it.each(['short', '../../refunds', 'abcdef?mchid=1', 'abc-def-ghi', 'a'.repeat(33), 'abcdef\n'])(
  'refuses the order id %j before it reaches a path',
  (orderId) => {
    expect(() => assertOrderId(orderId)).toThrow(RangeError);
  },
);

it.each([0, -1, 0.5, Number.NaN, Infinity])('refuses an amount of %d fen', (amountFen) => {
  expect(() => assertPayable({ ...order, amountFen })).toThrow(RangeError);
  expect(() => assertRefundable({ ...refund, amountFen })).toThrow(RangeError);
});

it('refuses other currencies, refund numbers that need encoding, and more than was paid', () => {
  expect(() => assertPayable({ ...order, currency: 'USD' })).toThrow('CNY');
  expect(() => assertRefundable({ ...refund, refundNo: 'a/b' })).toThrow('refund number');
  expect(() => assertRefundable({ ...refund, amountFen: 9901 })).toThrow('exceeds');
});
