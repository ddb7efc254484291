import { alipayTrade, observeTrade, refundedInTotal, tellsOfRefund } from './trade-status.js';

const now = new Date('2026-03-02T00:00:00Z');
const paidAt = new Date('2026-03-01T00:00:00Z');
const facts = { orderId: 'abcdef123456', tradeNo: '2026030122', amountFen: 1999, currency: 'CNY', paidAt };

function trade(fields: Record<string, string>) {
  return alipayTrade.parse({
    out_trade_no: 'abcdef123456',
    trade_no: '2026030122',
    total_amount: '19.99',
    ...fields,
  });
}

const paid = { gmt_payment: '2026-03-01 08:00:00' };
const answered = { send_pay_date: '2026-03-01 08:00:00' };

it.each([
  ['WAIT_BUYER_PAY', {}, { outcome: 'pending' }],
  ['TRADE_SUCCESS', paid, { outcome: 'paid', trade: facts }],
  ['TRADE_SUCCESS', answered, { outcome: 'paid', trade: facts }],
  ['TRADE_SUCCESS', { ...paid, refund_fee: '' }, { outcome: 'paid', trade: facts }],
  ['TRADE_SUCCESS', { ...paid, refund_fee: '0.00' }, { outcome: 'paid', trade: facts }],
  ['TRADE_SUCCESS', { ...paid, refund_fee: '5.00' }, { outcome: 'refunded', trade: facts, refundedFen: 500 }],
  ['TRADE_FINISHED', paid, { outcome: 'paid', trade: facts }],
  [
    'TRADE_FINISHED',
    { ...paid, refund_fee: '5.00' },
    { outcome: 'refunded', trade: facts, refundedFen: 500 },
  ],
  ['TRADE_CLOSED', {}, { outcome: 'closed' }],
  ['TRADE_CLOSED', { refund_fee: '0.00' }, { outcome: 'closed' }],
  ['TRADE_CLOSED', paid, { outcome: 'closed' }],
  ['TRADE_CLOSED', answered, { outcome: 'refunded', trade: facts, refundedFen: 1999 }],
  [
    'TRADE_CLOSED',
    { ...paid, refund_fee: '19.99' },
    { outcome: 'refunded', trade: facts, refundedFen: 1999 },
  ],
  ['TRADE_SOMETHING_NEW', paid, { outcome: 'unknown', reason: 'trade_status TRADE_SOMETHING_NEW' }],
])('%s with %j', (trade_status, fields, expected) => {
  expect(observeTrade(trade({ trade_status, ...fields }), now)).toEqual(expected);
});

it('takes the present for a payment without its time: it must not be lost', () => {
  const observation = observeTrade(trade({ trade_status: 'TRADE_SUCCESS' }), now);
  expect(observation).toMatchObject({ outcome: 'paid', trade: { paidAt: now } });
});

it.each<Record<string, string>>([{}, { refund_fee: '5.00' }])(
  'takes a payment without its time, %j, for unknown where none stands in',
  (fields) => {
    expect(observeTrade(trade({ trade_status: 'TRADE_SUCCESS', ...fields }), null)).toMatchObject({
      outcome: 'unknown',
    });
  },
);

it.each([
  ['TRADE_SUCCESS', {}, false],
  ['TRADE_SUCCESS', { refund_fee: '0.00' }, false],
  ['TRADE_SUCCESS', { gmt_refund: '2026-03-01 09:00:00.123' }, true],
  ['TRADE_SUCCESS', { refund_fee: '5.00' }, true],
  ['TRADE_CLOSED', {}, false],
  ['TRADE_CLOSED', { refund_fee: '19.99' }, true],
  // The end of the time for refunds, which repeats what went back before, is no refund.
  ['TRADE_FINISHED', { refund_fee: '5.00', gmt_refund: '2026-03-01 09:00:00' }, false],
])('%s with %j tells of a refund: %j', (trade_status, fields, expected) => {
  expect(tellsOfRefund(trade({ trade_status, ...paid, ...fields }))).toBe(expected);
});

it.each([
  ['TRADE_SUCCESS', { refund_fee: '5.00' }, 500],
  ['TRADE_SUCCESS', { gmt_refund: '2026-03-01 09:00:00' }, null],
  ['TRADE_CLOSED', { gmt_refund: '2026-03-01 09:00:00' }, 1999],
])('%s with %j means %j fen in all', (trade_status, fields, expected) => {
  expect(refundedInTotal(trade({ trade_status, ...fields }))).toBe(expected);
});

it.each(['19.999', '-1.00', '1e3', 'NaN', '', ' 1.00'])('refuses the amount %j', (total_amount) => {
  const fields = { out_trade_no: 'abcdef', trade_no: '1', trade_status: 'TRADE_SUCCESS', total_amount };
  expect(alipayTrade.safeParse(fields).success).toBe(false);
});
