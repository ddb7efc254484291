import { randomUUID } from 'node:crypto';
import { alipayForm } from '../../support/alipay-stub.js';
import {
  order,
  payAtCashier,
  paymentRow,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../../support/app.js';
import { statuses, type Answer } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';
import { rsaPair } from '../../support/rsa-pair.js';
import { books, counted, recorded } from '../../support/webhooks.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const stranger = rsaPair();

describe('notifications of Alipay', () => {
  let app: CommercialApp;
  let buyer: Person;
  let orderId: string;
  let people = 0;

  beforeAll(async () => {
    app = await startApp({ notifications: false });
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  beforeEach(async () => {
    buyer = await register(app, `buyer${(people += 1)}`);
    ({ orderId } = await order(buyer, 'alipay'));
  });

  /** What Alipay sends when the order of this test was paid, with some fields as the test wants them. */
  const fields = (change: Record<string, string> = {}): Record<string, string> => ({
    notify_id: randomUUID(),
    notify_time: '2026-11-22 18:00:01',
    notify_type: 'trade_status_sync',
    sign_type: 'RSA2',
    app_id: app.keys.gateway.alipay.appId,
    charset: 'utf-8',
    version: '1.0',
    trade_no: `2026112222001${orderId.replace(/\D/g, '').padEnd(15, '0').slice(0, 15)}`,
    out_trade_no: orderId,
    buyer_id: '2088000000000001',
    seller_id: app.keys.gateway.alipay.sellerId,
    trade_status: 'TRADE_SUCCESS',
    total_amount: '99.00',
    receipt_amount: '98.00',
    buyer_pay_amount: '98.00',
    subject: '专业版 & 100%',
    gmt_create: '2026-11-22 17:59:00',
    gmt_payment: '2026-11-22 18:00:00',
    ...change,
  });
  const signed = (change?: Record<string, string>) =>
    alipayForm(fields(change), app.keys.gateway.alipay.privateKey);
  const post = (body: Uint8Array | string, headers: Record<string, string> = FORM): Promise<Answer> =>
    app.call('POST', '/webhooks/alipay', { body, headers });

  async function expectRefused(send: () => Promise<Answer>, outcome: string): Promise<void> {
    const before = { books: await books(app), count: await counted(app, 'alipay', outcome) };
    const answer = await send();
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).not.toBe('success');
    expect(await books(app)).toEqual(before.books);
    expect(await counted(app, 'alipay', outcome)).toBe(before.count + 1);
  }

  it('honours a payment and acknowledges it with the seven letters', async () => {
    const answer = await post(signed());
    expect(answer).toMatchObject({ status: 200, body: 'success' });
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect((await buyer.call('GET', `/payments/${orderId}`)).body).toMatchObject({
      status: 'paid',
      providerTradeNo: fields().trade_no,
      paidAt: '2026-11-22T10:00:00.000Z',
    });
    expect((await buyer.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
    expect(await recorded(app, orderId)).toEqual([{ outcome: 'settled', copies: 1 }]);
  });

  it.each([
    ['TRADE_FINISHED as the first word', { trade_status: 'TRADE_FINISHED' }],
    ['an amount written otherwise', { total_amount: '99.0' }],
    ['a day late', { notify_time: '2026-11-21 10:00:00' }],
  ])('honours a payment told by %s', async (_what, change) => {
    expect((await post(signed(change))).body).toBe('success');
    expect((await paymentRow(app, orderId)).status).toBe('paid');
  });

  it('settles once what comes eight times at once', async () => {
    const body = signed();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(body)));
    expect(answers.map((answer) => answer.body)).toEqual(Array(8).fill('success'));
    expect(await recorded(app, orderId)).toEqual([{ outcome: 'settled', copies: 8 }]);
    const after = await books(app);
    await post(body);
    expect(await books(app)).toEqual(after);
  });

  it('acknowledges WAIT_BUYER_PAY, before the payment and after it', async () => {
    expect((await post(signed({ trade_status: 'WAIT_BUYER_PAY' }))).body).toBe('success');
    expect((await paymentRow(app, orderId)).status).toBe('pending');
    await post(signed());
    const paid = await books(app);
    expect((await post(signed({ trade_status: 'WAIT_BUYER_PAY' }))).body).toBe('success');
    expect(await books(app)).toEqual(paid);
  });

  it.each(['TRADE_FINISHED', 'TRADE_SUCCESS'])('changes nothing on a later %s', async (trade_status) => {
    await post(signed());
    const paid = await books(app);
    expect((await post(signed({ trade_status }))).body).toBe('success');
    expect(await books(app)).toEqual(paid);
  });

  it('closes what timed out, honours money all the same, and does not close what is paid', async () => {
    const closed = { trade_status: 'TRADE_CLOSED', gmt_close: '2026-11-22 18:30:00' };
    await post(signed(closed));
    expect((await paymentRow(app, orderId)).status).toBe('closed');
    await post(signed());
    expect((await paymentRow(app, orderId)).status).toBe('paid');
    expect((await buyer.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
    expect((await post(signed(closed))).body).toBe('success');
    expect((await paymentRow(app, orderId)).status).toBe('paid');
  });

  it('enters refunds that were made at the channel, in part and in full, once', async () => {
    await post(signed());
    const refund = (fee: string, no: string, more: Record<string, string> = {}) =>
      signed({ refund_fee: fee, out_biz_no: no, gmt_refund: '2026-11-22 19:00:00.123', ...more });
    const part = refund('10.00', 'theirs-1');
    expect(statuses(await Promise.all([post(part), post(part), post(part)]))).toEqual({ 200: 3 });
    expect((await buyer.call('GET', `/payments/${orderId}`)).body).toMatchObject({
      status: 'partially_refunded',
      refundedAmount: '10.00',
    });
    expect((await buyer.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
    await post(refund('99.00', 'theirs-2', { trade_status: 'TRADE_CLOSED' }));
    expect((await paymentRow(app, orderId)).status).toBe('refunded');
    expect((await buyer.call('GET', '/subscriptions/current')).body.plan.code).toBe('free');
    // Out of order: the smaller total comes again.
    expect((await post(refund('10.00', 'theirs-1'))).body).toBe('success');
    expect((await paymentRow(app, orderId)).refunded_fen).toBe(9900);
  });

  it('refuses a refund of what it does not know as paid', () =>
    expectRefused(
      () => post(signed({ refund_fee: '99.00', gmt_refund: '2026-11-22 19:00:00', out_biz_no: 'x' })),
      'mismatch',
    ));

  it.each([
    ['signed by a stranger', () => alipayForm(fields(), stranger.privateKey)],
    ['signed by the merchant’s own key', () => alipayForm(fields(), app.keys.merchant.alipay.privateKey)],
    ['without a signature', () => new URLSearchParams(fields()).toString()],
    ['with its amount changed', () => changed('total_amount', '0.01')],
    ['with its order changed', () => changed('out_trade_no', '0'.repeat(32))],
    ['with its status changed', () => changed('trade_status', 'TRADE_CLOSED')],
    ['with a field added', () => `${signed().toString()}&passback_params=x`],
    ['with sign_type RSA', () => changed('sign_type', 'RSA')],
    ['with sign_type MD5', () => changed('sign_type', 'MD5')],
    ['with a signature that isn’t base64', () => changed('sign', '%%%')],
    ['with nothing', () => ''],
    ['in JSON', () => JSON.stringify(fields())],
  ])('refuses a notification %s', (_what, make) => expectRefused(() => post(make()), 'bad_signature'));

  function changed(name: string, value: string): string {
    const form = new URLSearchParams(signed().toString());
    form.set(name, value);
    return form.toString();
  }

  it.each([
    ['another app', 'foreign', { app_id: '2021000000000000' }],
    ['another seller', 'foreign', { seller_id: '2088999999999999' }],
    ['a smaller amount', 'mismatch', { total_amount: '98.99' }],
    ['a larger amount', 'mismatch', { total_amount: '9900.00' }],
    ['an amount that is none', 'unclear', { total_amount: '99.001' }],
    ['no amount', 'unclear', { total_amount: '' }],
    ['no number of the trade', 'unclear', { trade_no: '' }],
    ['no id', 'malformed', { notify_id: '' }],
    ['an order that doesn’t exist', 'unknown_order', { out_trade_no: 'f'.repeat(32) }],
    ['another charset', 'malformed', { charset: 'GBK' }],
  ])('refuses a well signed notification for %s', (_what, outcome, change) =>
    expectRefused(() => post(signed(change as Record<string, string>)), outcome),
  );

  const without = (name: string, change: Record<string, string> = {}) => {
    const { [name]: _, ...rest } = fields(change);
    return alipayForm(rest, app.keys.gateway.alipay.privateKey);
  };

  it.each(['seller_id', 'app_id', 'sign_type', 'gmt_payment', 'total_amount', 'trade_no'])(
    'asks Alipay at once where a notification has no %s, and honours what it answers',
    async (name) => {
      expect((await payAtCashier(app, orderId)).status).toBe(204);
      expect((await post(without(name))).body).toBe('success');
      expect((await paymentRow(app, orderId)).status).toBe('paid');
    },
  );

  it('lets a notification that says too little come again while Alipay is away, or knows of no payment', async () => {
    await expectRefused(() => post(without('seller_id')), 'unclear');
    await app.call('POST', '/sandbox/faults', { body: { kind: 'outage', channel: 'alipay', times: 1 } });
    await expectRefused(() => post(without('seller_id')), 'unclear');
  });

  it('asks about no unsigned notification', () =>
    expectRefused(() => {
      const form = new URLSearchParams(without('seller_id').toString());
      form.set('trade_no', '1');
      return post(form.toString());
    }, 'bad_signature'));

  it('enters a refund that was made at the console with the time that Alipay tells', async () => {
    await post(signed());
    const gone = { refund_fee: '10.00', out_biz_no: 'theirs-3', gmt_refund: '2026-11-22 19:00:00.123' };
    await post(signed(gone));
    await post(signed({ refund_fee: '15.00', gmt_refund: '2026-11-22 20:00:00' }));
    const rows = await app.sql(
      `SELECT r.amount_fen, r.settled_at FROM commercial.payment_refunds r
       JOIN commercial.orders p ON p.id = r.payment_id WHERE p.order_id = $1 ORDER BY r.settled_at`,
      [orderId],
    );
    expect(rows).toEqual([
      { amount_fen: 1000, settled_at: new Date('2026-11-22T11:00:00.123Z') },
      { amount_fen: 500, settled_at: new Date('2026-11-22T12:00:00Z') },
    ]);
  });

  it('asks about a refund whose sum a notification doesn’t tell', async () => {
    await payAtCashier(app, orderId);
    await buyer.call('GET', `/payments/${orderId}`);
    const made = await app.call('POST', `/sandbox/console/${orderId}/refunds`, { body: { amount: '20.00' } });
    expect(made.status).toBe(201);
    const { provider_trade_no: trade_no } = await paymentRow(app, orderId);
    const about = { trade_no, gmt_refund: '2026-11-22 19:00:00' };
    expect((await post(signed({ ...about, out_biz_no: made.body.refundNo }))).body).toBe('success');
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 2000 });
    await expectRefused(() => post(signed({ ...about, out_biz_no: '' })), 'unclear');
  });

  it('records a signed notification of an order that doesn’t exist', async () => {
    const out_trade_no = randomUUID().replaceAll('-', '');
    expect((await post(signed({ out_trade_no }))).status).toBe(404);
    expect(await recorded(app, out_trade_no)).toEqual([{ outcome: 'unknown_order', copies: 1 }]);
  });

  it('refuses a notification for an order that is paid through WeChat', async () => {
    const other = await order(buyer, 'wechat', 'enterprise');
    const body = signed({ out_trade_no: other.orderId, total_amount: '999.00' });
    await expectRefused(() => post(body), 'mismatch');
  });

  it.each([
    ['out_trade_no', () => 'f'.repeat(32)],
    ['total_amount', () => '0.01'],
    ['sign', () => 'x'],
    ['app_id', () => app.keys.gateway.alipay.appId],
  ])('refuses a repeated field, here %s', (name, value) =>
    expectRefused(
      () => post(`${signed().toString()}&${new URLSearchParams({ [name]: value() })}`),
      'malformed',
    ),
  );

  it.each([
    ['no content type', {}, 415],
    ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['JSON', { 'content-type': 'application/json' }, 400],
  ])('refuses a form sent as %s', async (_what, headers, status) => {
    const before = await books(app);
    const body = signed();
    const answer = await app.call('POST', '/webhooks/alipay', {
      body: new Uint8Array(body),
      headers: { 'content-type': 'application/octet-stream', ...headers },
    });
    expect(answer.status).toBe(status);
    expect(await books(app)).toEqual(before);
  });

  it('takes bytes that are no text, escapes that are none and a body of 1 MiB and more', async () => {
    for (const body of [
      new Uint8Array([0, 255, 254, 38, 61, 0]),
      '%E0%A4%A&%&%%%=%u0000',
      '&&&===',
      'constructor=y&toString=x&sign=z',
    ]) {
      await expectRefused(() => post(body), 'bad_signature');
    }
    expect((await post(`a=${'x'.repeat(1024 * 1024)}`)).status).toBe(413);
  });

  it('answers with a trailing slash too', async () => {
    const answer = await app.call('POST', '/webhooks/alipay/', { body: signed(), headers: FORM });
    expect(answer).toMatchObject({ status: 200, body: 'success' });
  });

  it('keeps the answer from a caller who asks for another', async () => {
    const answer = await post(signed(), { ...FORM, accept: 'application/json', 'accept-language': 'zh-CN' });
    expect(answer.body).toBe('success');
  });
});
