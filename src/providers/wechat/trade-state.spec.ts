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

it.each([undefined, null])('takes the present for a payment at %j: it must not be lost', (success_time) => {
  expect(observe({ trade_state: 'SUCCESS', success_time })).toMatchObject({ trade: { paidAt: now } });
});

it.each([undefined, null])('takes a payment at %j for unknown where nothing stands in', (success_time) => {
  const transaction = wechatTransaction.parse({ ...base, trade_state: 'SUCCESS', success_time });
  expect(observeTransaction(transaction, null).outcome).toBe('unknown');
});

it.each(['transaction_id', 'amount'])('does not believe a payment without %s', (name) => {
  for (const nothing of [undefined, null])
    expect(observe({ trade_state: 'SUCCESS', [name]: nothing }).outcome).toBe('unknown');
});

it('takes an amount without its currency for yuan', () => {
  const amount = { total: 1999, currency: null };
  expect(observe({ trade_state: 'SUCCESS', amount })).toEqual({ outcome: 'paid', trade });
});

it.each([0, -1, 19.99, '1999'])('refuses the amount %j', (total) => {
  const fields = { ...base, trade_state: 'SUCCESS', amount: { total } };
  expect(wechatTransaction.safeParse(fields).success).toBe(false);
});
