import { observeTransaction, wechatTransaction } from './trade-state.js';

const now = new Date('2026-03-02T00:00:00Z');
const base = {
  appid: 'wx1',
  mchid: '1600000001',
  out_trade_no: 'abcdef123456',
  transaction_id: '4200000001',
  success_time: '2026-03-01T08:00:00+08:00',
  amount: { total: 1999, payer_total: 999, currency: 'CNY' },
};
const observe = (fields: object) => observeTransaction(wechatTransaction.parse({ ...base, ...fields }), now);
const trade = {
  orderId: 'abcdef123456',
  tradeNo: '4200000001',
  amountFen: 1999,
  currency: 'CNY',
  paidAt: new Date('2026-03-01T00:00:00Z'),
};

it.each([
  ['SUCCESS', { outcome: 'paid', trade }],
  ['REFUND', { outcome: 'refunded', trade, refundedFen: null }],
  ['NOTPAY', { outcome: 'pending' }],
  ['USERPAYING', { outcome: 'pending' }],
  ['ACCEPT', { outcome: 'pending' }],
  ['PAYERROR', { outcome: 'pending' }],
  ['CLOSED', { outcome: 'closed' }],
  ['REVOKED', { outcome: 'closed' }],
  ['SOMETHING_NEW', { outcome: 'unknown', reason: 'trade_state SOMETHING_NEW' }],
  ['constructor', { outcome: 'unknown', reason: 'trade_state constructor' }],
])('%s', (trade_state, expected) => {
  expect(observe({ trade_state })).toEqual(expected);
});

it('takes the present for a payment without its time: it must not be lost', () => {
  expect(observe({ trade_state: 'SUCCESS', success_time: undefined })).toMatchObject({
    trade: { paidAt: now },
  });
});

it.each(['transaction_id', 'amount'])('does not believe a payment without %s', (name) => {
  expect(observe({ trade_state: 'SUCCESS', [name]: undefined }).outcome).toBe('unknown');
});

it.each([0, -1, 19.99, '1999'])('refuses the amount %j', (total) => {
  const fields = { ...base, trade_state: 'SUCCESS', amount: { total } };
  expect(wechatTransaction.safeParse(fields).success).toBe(false);
});
