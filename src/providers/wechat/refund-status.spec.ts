import type { RefundOrder } from '../payment-provider.js';
import { readRefund, readRefundQuery } from './refund-status.js';
import type { WechatAnswer } from './wechat-pay-client.js';

const refund: RefundOrder = {
  orderId: 'abcdef123456',
  refundNo: 'R-1',
  amountFen: 500,
  orderAmountFen: 1999,
  currency: 'CNY',
  reason: null,
  notifyUrl: 'https://shop.example/webhooks/wechat',
};
const answer = {
  out_trade_no: 'abcdef123456',
  out_refund_no: 'R-1',
  status: 'SUCCESS',
  success_time: '2026-03-01T08:00:00+08:00',
  create_time: '2026-02-28T23:59:00+08:00',
  amount: { refund: 500, total: 1999 },
};
const ok = (fields: object): WechatAnswer => ({ kind: 'ok', data: { ...answer, ...fields } });
const error = (status: number, code: string): WechatAnswer => ({
  kind: 'error',
  status,
  code,
  message: 'why',
});
const unknown = { outcome: 'unknown', reason: expect.any(String) };
const facts = { amountFen: 500, acceptedAt: new Date('2026-02-28T15:59:00Z') };
const pending = { outcome: 'pending', reason: expect.any(String), ...facts };
const succeeded = { outcome: 'succeeded', refundedAt: new Date('2026-03-01T00:00:00Z'), ...facts };

describe.each([
  ['the request', readRefund],
  ['the query', readRefundQuery],
])('an answer to %s', (_, read) => {
  it.each([
    ['done', ok({}), succeeded],
    [
      'done at a time that is not told',
      ok({ success_time: null }),
      { outcome: 'succeeded', refundedAt: null, ...facts },
    ],
    [
      'done, taken on at a time that is not told',
      ok({ create_time: null }),
      { outcome: 'succeeded', refundedAt: new Date('2026-03-01T00:00:00Z'), amountFen: 500 },
    ],
    ['accepted', ok({ status: 'PROCESSING', success_time: undefined }), pending],
    ['abnormal, which is not final', ok({ status: 'ABNORMAL' }), pending],
    ['closed', ok({ status: 'CLOSED' }), { outcome: 'failed', code: 'CLOSED', message: expect.any(String) }],
    ['of a new kind', ok({ status: 'SOMETHING_NEW' }), unknown],
    ['about another order', ok({ out_trade_no: 'other1' }), unknown],
    ['about another refund', ok({ out_refund_no: 'R-2' }), unknown],
    ['of another amount', ok({ amount: { refund: 501, total: 1999 } }), unknown],
    ["of another order's total", ok({ amount: { refund: 500, total: 500 } }), unknown],
    ['without an amount', ok({ amount: undefined }), unknown],
    ['without content', { kind: 'ok', data: null } satisfies WechatAnswer, unknown],
    ['a refused signature', error(401, 'SIGN_ERROR'), unknown],
    ['one that can not be trusted', { kind: 'unknown', reason: 'x' } satisfies WechatAnswer, unknown],
  ])('%s', (_name, given, expected) => {
    expect(read(given, refund)).toEqual(expected);
  });
});

it.each(['INVALID_REQUEST', 'RESOURCE_NOT_EXISTS'])('a request refused with %s failed', (code) => {
  expect(readRefund(error(403, code), refund)).toEqual({ outcome: 'failed', code, message: 'why' });
});

it('a request refused for want of money may be accepted later', () => {
  const failed = { outcome: 'failed', code: 'NOT_ENOUGH', message: 'why', passes: true };
  expect(readRefund(error(403, 'NOT_ENOUGH'), refund)).toEqual(failed);
});

it('a query by the number alone tells the amount, and never that of another order', () => {
  const query = { ...refund, amountFen: null };
  expect(readRefundQuery(ok({ amount: { refund: 700, total: 1999 } }), query)).toEqual({
    ...succeeded,
    amountFen: 700,
  });
  expect(readRefundQuery(ok({ amount: { refund: 700, total: 700 } }), query)).toEqual(unknown);
});

it('a query answers that no such refund is known', () => {
  expect(readRefundQuery(error(404, 'RESOURCE_NOT_EXISTS'), refund)).toEqual({ outcome: 'absent' });
  expect(readRefundQuery(error(400, 'RESOURCE_NOT_EXISTS'), refund)).toEqual(unknown);
  expect(readRefundQuery(error(403, 'NOT_ENOUGH'), refund)).toEqual(unknown);
});
