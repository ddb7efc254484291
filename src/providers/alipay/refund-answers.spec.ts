import type { RefundOrder } from '../payment-provider.js';
import type { AlipayAnswer } from './alipay-gateway.js';
import { readRefund, readRefundQuery } from './refund-answers.js';

const refund: RefundOrder = {
  orderId: 'abcdef123456',
  refundNo: 'R-1',
  amountFen: 500,
  orderAmountFen: 1999,
  currency: 'CNY',
  reason: null,
  notifyUrl: 'https://shop.example/webhooks/alipay',
};

const ok = (fields: Record<string, unknown>): AlipayAnswer => ({ kind: 'ok', fields });
const error = (code: string): AlipayAnswer => ({ kind: 'error', code, message: 'because' });
const unknown = { outcome: 'unknown', reason: expect.any(String) };

describe('alipay.trade.refund', () => {
  const about = { out_trade_no: refund.orderId };

  it.each([
    ['moved money', ok({ ...about, fund_change: 'Y' }), { outcome: 'succeeded', refundedAt: null }],
    [
      'tells the sum of all refunds of the order',
      ok({ ...about, fund_change: 'Y', refund_fee: '15.00' }),
      { outcome: 'succeeded', refundedAt: null, orderRefundedFen: 1500 },
    ],
    [
      'moved money at a time',
      ok({ ...about, fund_change: 'Y', gmt_refund_pay: '2026-03-01 08:00:00' }),
      { outcome: 'succeeded', refundedAt: new Date('2026-03-01T00:00:00Z') },
    ],
    [
      'was a replay or is under way',
      ok({ ...about, fund_change: 'N' }),
      { outcome: 'pending', reason: expect.any(String) },
    ],
    ['does not say', ok(about), { outcome: 'pending', reason: expect.any(String) }],
    ['is about another order', ok({ out_trade_no: 'other1', fund_change: 'Y' }), unknown],
    ['lacks the order', ok({ fund_change: 'Y' }), unknown],
    [
      'refuses for want of money',
      error('ACQ.SELLER_BALANCE_NOT_ENOUGH'),
      { outcome: 'failed', code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH', message: 'because', passes: true },
    ],
    [
      'refuses a trade past its time',
      error('ACQ.TRADE_HAS_FINISHED'),
      { outcome: 'failed', code: 'ACQ.TRADE_HAS_FINISHED', message: 'because' },
    ],
    ['is a fault of the system', error('ACQ.SYSTEM_ERROR'), unknown],
    ['knows the number with another amount', error('ACQ.DISCORDANT_REPEAT_REQUEST'), unknown],
    ['can not be trusted', { kind: 'unknown', reason: 'no answer' } satisfies AlipayAnswer, unknown],
  ])('an answer that %s', (_, answer, expected) => {
    expect(readRefund(answer, refund)).toEqual(expected);
  });
});

describe('alipay.trade.fastpay.refund.query', () => {
  const found = { out_trade_no: refund.orderId, out_request_no: 'R-1', refund_amount: '5.00' };

  it.each([
    [
      'success',
      ok({ ...found, refund_status: 'REFUND_SUCCESS' }),
      { outcome: 'succeeded', refundedAt: null, amountFen: 500 },
    ],
    [
      'a status that is not final',
      ok({ ...found, refund_status: 'REFUND_PROCESSING' }),
      { outcome: 'pending', reason: expect.any(String), amountFen: 500 },
    ],
    ['the number without a status: not received, or failed', ok(found), { outcome: 'absent' }],
    ['the number with an empty status', ok({ ...found, refund_status: '' }), { outcome: 'absent' }],
    ['another number without a status', ok({ ...found, out_request_no: 'R-2' }), unknown],
    [
      'a status without the number',
      ok({ ...found, out_request_no: '', refund_status: 'REFUND_SUCCESS' }),
      unknown,
    ],
    ['nothing known of the number', ok({ out_trade_no: refund.orderId }), { outcome: 'absent' }],
    ['an empty success', ok({}), { outcome: 'absent' }],
    ['a trade that does not exist', error('ACQ.TRADE_NOT_EXIST'), { outcome: 'absent' }],
    ['another refund', ok({ ...found, out_request_no: 'R-2', refund_status: 'REFUND_SUCCESS' }), unknown],
    ['another order', ok({ ...found, out_trade_no: 'other1', refund_status: 'REFUND_SUCCESS' }), unknown],
    ['another amount', ok({ ...found, refund_amount: '5.01', refund_status: 'REFUND_SUCCESS' }), unknown],
    ['no amount', ok({ ...found, refund_amount: undefined, refund_status: 'REFUND_SUCCESS' }), unknown],
    ['a fault of the system', error('ACQ.SYSTEM_ERROR'), unknown],
    ['an answer that can not be trusted', { kind: 'unknown', reason: 'x' } satisfies AlipayAnswer, unknown],
  ])('%s', (_, answer, expected) => {
    expect(readRefundQuery(answer, refund)).toEqual(expected);
  });

  it('tells the amount of a refund that is known by its number alone', () => {
    const answer = ok({ ...found, refund_status: 'REFUND_SUCCESS' });
    expect(readRefundQuery(answer, { ...refund, amountFen: null })).toEqual({
      outcome: 'succeeded',
      refundedAt: null,
      amountFen: 500,
    });
  });
});
