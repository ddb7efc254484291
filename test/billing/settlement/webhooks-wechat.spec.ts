import { randomUUID } from 'node:crypto';
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
import { wechatHeaders, wechatNotification, type NotificationParts } from '../../support/wechat-stub.js';
import { books, counted, recorded } from '../../support/webhooks.js';

type Content = Record<string, unknown>;
type Signed = { headers: Record<string, string>; body: Buffer };

const stranger = rsaPair();

describe('notifications of WeChat Pay', () => {
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
    ({ orderId } = await order(buyer, 'wechat'));
  });

  const signer = () => ({
    serial: app.keys.gateway.wechat.publicKeyId,
    privateKey: app.keys.gateway.wechat.privateKey,
  });

  /** What the decrypted resource says when the order of this test was paid. */
  const transaction = (change: Content = {}): Content => ({
    appid: app.keys.gateway.wechat.appId,
    mchid: app.keys.gateway.wechat.mchId,
    out_trade_no: orderId,
    transaction_id: `42000${orderId.replace(/\D/g, '').padEnd(23, '0').slice(0, 23)}`,
    trade_type: 'NATIVE',
    trade_state: 'SUCCESS',
    success_time: '2026-11-22T18:00:00+08:00',
    payer: { openid: 'o' },
    amount: { total: 9900, payer_total: 9800, currency: 'CNY', payer_currency: 'CNY' },
    ...change,
  });
  const refund = (change: Content = {}): Content => ({
    mchid: app.keys.gateway.wechat.mchId,
    transaction_id: transaction().transaction_id,
    out_trade_no: orderId,
    refund_id: '50300000000000000000000000001',
    out_refund_no: `theirs-${orderId}`,
    refund_status: 'SUCCESS',
    success_time: '2026-11-22T19:00:00+08:00',
    amount: { total: 9900, refund: 1000, payer_total: 9900, payer_refund: 1000 },
    ...change,
  });
  const signed = (content: unknown = transaction(), parts: Partial<NotificationParts> = {}): Signed =>
    wechatNotification({
      id: randomUUID(),
      eventType: 'TRANSACTION.SUCCESS',
      content,
      apiV3Key: app.keys.gateway.wechat.apiV3Key,
      signer: signer(),
      at: seconds(),
      ...parts,
    }) as Signed;
  const signedRefund = (change?: Content, eventType = 'REFUND.SUCCESS') =>
    signed(refund(change), { eventType, associatedData: 'refund' });
  const seconds = () => Math.floor(app.clock.now().getTime() / 1000);
  const post = ({ headers, body }: { headers: Record<string, string>; body: Uint8Array | string }) =>
    app.call('POST', '/webhooks/wechat', { body, headers });

  async function expectRefused(send: () => Promise<Answer>, outcome: string): Promise<void> {
    const before = { books: await books(app), count: await counted(app, 'wechat', outcome) };
    const answer = await send();
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toMatchObject({ code: 'FAIL', message: expect.any(String) });
    expect(await books(app)).toEqual(before.books);
    expect(await counted(app, 'wechat', outcome)).toBe(before.count + 1);
  }

  it('honours a payment and acknowledges it', async () => {
    expect([200, 204]).toContain((await post(signed())).status);
    expect((await buyer.call('GET', `/payments/${orderId}`)).body).toMatchObject({
      status: 'paid',
      providerTradeNo: transaction().transaction_id,
      paidAt: '2026-11-22T10:00:00.000Z',
    });
    expect((await buyer.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
    expect(await recorded(app, orderId)).toEqual([{ outcome: 'settled', copies: 1 }]);
  });

  it('honours a payment whose associated data is empty', async () => {
    expect((await post(signed(transaction(), { associatedData: '' }))).status).toBeLessThan(300);
    expect((await paymentRow(app, orderId)).status).toBe('paid');
  });

  it('settles once what comes eight times at once', async () => {
    const notification = signed();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(notification)));
    expect(answers.every(({ status }) => status < 300)).toBe(true);
    expect(await recorded(app, orderId)).toEqual([{ outcome: 'settled', copies: 8 }]);
    const after = await books(app);
    await post(notification);
    await post(signed());
    expect(await books(app)).toEqual(after);
  });

  it.each(['NOTPAY', 'USERPAYING', 'ACCEPT', 'PAYERROR'])(
    'takes %s for pending, before the payment and after it',
    async (trade_state) => {
      expect((await post(signed(transaction({ trade_state })))).status).toBeLessThan(300);
      expect((await paymentRow(app, orderId)).status).toBe('pending');
      await post(signed());
      const paid = await books(app);
      await post(signed(transaction({ trade_state })));
      expect(await books(app)).toEqual(paid);
    },
  );

  it.each(['CLOSED', 'REVOKED'])(
    'closes on %s, honours money all the same, and does not close what is paid',
    async (trade_state) => {
      const closed = () => signed(transaction({ trade_state, transaction_id: undefined, amount: undefined }));
      await post(closed());
      expect((await paymentRow(app, orderId)).status).toBe('closed');
      await post(signed());
      expect((await paymentRow(app, orderId)).status).toBe('paid');
      await post(closed());
      expect((await paymentRow(app, orderId)).status).toBe('paid');
      expect((await buyer.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
    },
  );

  it('enters refunds that were made at the channel, each once', async () => {
    await post(signed());
    const part = signedRefund();
    expect(statuses(await Promise.all([post(part), post(part), post(part)]))).toEqual({ 204: 3 });
    await post(signedRefund());
    expect((await buyer.call('GET', `/payments/${orderId}`)).body).toMatchObject({
      status: 'partially_refunded',
      refundedAmount: '10.00',
    });
    await post(signedRefund({ out_refund_no: `rest-${orderId}`, amount: { refund: 8900, total: 9900 } }));
    expect((await paymentRow(app, orderId)).status).toBe('refunded');
    expect((await buyer.call('GET', '/subscriptions/current')).body.plan.code).toBe('free');
  });

  it.each([
    ['REFUND.ABNORMAL', 'ABNORMAL'],
    ['REFUND.CLOSED', 'CLOSED'],
  ])('changes no amounts on %s', async (eventType, refund_status) => {
    await post(signed());
    const paid = await books(app);
    expect((await post(signedRefund({ refund_status }, eventType))).status).toBeLessThan(300);
    expect(await books(app)).toEqual(paid);
  });

  it('refuses refunds of what isn’t paid, and of more than was paid', async () => {
    await expectRefused(() => post(signedRefund()), 'mismatch');
    await post(signed());
    await expectRefused(() => post(signedRefund({ amount: { refund: 9901, total: 9900 } })), 'mismatch');
  });

  it.each(['success_time', 'appid', 'mchid', 'transaction_id', 'amount'])(
    'asks WeChat Pay at once where %s is null, and honours what it answers',
    async (name) => {
      expect((await payAtCashier(app, orderId)).status).toBe(204);
      expect((await post(signed(transaction({ [name]: null })))).status).toBeLessThan(300);
      expect((await paymentRow(app, orderId)).status).toBe('paid');
    },
  );

  it('lets a notification that says too little come again while WeChat Pay knows of no payment', () =>
    expectRefused(() => post(signed(transaction({ success_time: null }))), 'unclear'));

  it('asks about a refund whose notification doesn’t tell its amount', async () => {
    await payAtCashier(app, orderId);
    await buyer.call('GET', `/payments/${orderId}`);
    const made = await app.call('POST', `/sandbox/console/${orderId}/refunds`, { body: { amount: '20.00' } });
    const notice = (out_refund_no: string) => signedRefund({ out_refund_no, amount: undefined });
    await expectRefused(() => post(notice('never-made')), 'unclear');
    // A number with a character that no path may have can't be asked about.
    expect(made.body.refundNo).toContain('@');
    await expectRefused(() => post(notice(made.body.refundNo)), 'unclear');
    const { provider_trade_no: transaction_id } = await paymentRow(app, orderId);
    const told = { transaction_id, out_refund_no: made.body.refundNo, amount: { refund: 2000, total: 9900 } };
    expect((await post(signedRefund(told))).status).toBeLessThan(300);
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 2000 });
  });

  const NOT_SIGNED: [string, () => { headers: Record<string, string>; body: Uint8Array | string }][] = [
    ['signed by a stranger', () => signed(transaction(), { signer: { ...signer(), ...stranger } })],
    [
      'of an unknown serial',
      () => signed(transaction(), { signer: { ...signer(), serial: 'PUB_KEY_ID_0' } }),
    ],
    ['with a byte more', () => ({ ...signed(), body: `${signed().body.toString()} ` })],
    [
      'written anew',
      () => {
        const { headers, body } = signed();
        return { headers, body: JSON.stringify(JSON.parse(body.toString())) };
      },
    ],
    ['with the headers of another', () => ({ headers: signed().headers, body: signed().body })],
    ['without a signature', () => without('wechatpay-signature')],
    ['without a nonce', () => without('wechatpay-nonce')],
    ['without a serial', () => without('wechatpay-serial')],
    ['without a timestamp', () => without('wechatpay-timestamp')],
  ];

  function without(header: string) {
    const { headers, body } = signed();
    return { headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== header)), body };
  }

  it.each(NOT_SIGNED)('refuses a notification %s', (_what, make) =>
    expectRefused(() => post(make()), 'bad_signature'),
  );

  it('refuses the channel’s probe without alarm', () => {
    const { headers, body } = signed();
    const probe = {
      ...headers,
      'wechatpay-signature': `WECHATPAY/SIGNTEST/${headers['wechatpay-signature']}`,
    };
    return expectRefused(() => post({ headers: probe, body }), 'probe');
  });

  it.each([-301, 301, -86_400])('refuses a notification that is %d s off', (off) =>
    expectRefused(() => post(signed(transaction(), { at: seconds() + off })), 'stale'),
  );

  it.each([-290, 290])('honours a notification that is %d s off', async (off) => {
    expect((await post(signed(transaction(), { at: seconds() + off }))).status).toBeLessThan(300);
  });

  it.each([
    ['another merchant', 'foreign', { mchid: '1600000000' }],
    ['another app', 'foreign', { appid: 'wx0000000000000000' }],
    ['a smaller amount', 'mismatch', { amount: { total: 9899, payer_total: 9900, currency: 'CNY' } }],
    ['a larger amount', 'mismatch', { amount: { total: 99_000, currency: 'CNY' } }],
    ['another currency', 'mismatch', { amount: { total: 9900, currency: 'USD' } }],
    ['an amount that is none', 'unclear', { amount: { total: '9900' } }],
    ['half a fen', 'unclear', { amount: { total: 9900.5 } }],
    ['no order', 'malformed', { out_trade_no: undefined }],
    ['an order that doesn’t exist', 'unknown_order', { out_trade_no: 'f'.repeat(32) }],
  ])('refuses a well signed notification for %s', (_what, outcome, change) =>
    expectRefused(() => post(signed(transaction(change))), outcome),
  );

  it('refuses a notification for an order that is paid through Alipay', async () => {
    const other = await order(buyer, 'alipay', 'enterprise');
    const content = transaction({ out_trade_no: other.orderId, amount: { total: 99_900, currency: 'CNY' } });
    await expectRefused(() => post(signed(content)), 'mismatch');
  });

  it('refuses a refund of another merchant, and one under the number of another order’s', async () => {
    await post(signed());
    await post(signedRefund());
    await expectRefused(() => post(signedRefund({ mchid: '1600000000' })), 'foreign');
    const other = await order(buyer, 'wechat', 'enterprise');
    await expectRefused(() => post(signedRefund({ out_trade_no: other.orderId })), 'mismatch');
  });

  it.each([
    ['what another key encrypted', () => signed(transaction(), { apiV3Key: 'x'.repeat(32) })],
    ['a resource that is no JSON', () => signed('text')],
    ['another event', () => signed(transaction(), { eventType: 'COUPON.USE' })],
  ])('refuses %s', (_what, make) => expectRefused(() => post(make()), 'malformed'));

  it.each(['', 'null', '[]', '{}', 'text', '{"id":"x","resource":null}'])(
    'refuses the well signed body %j',
    async (body) => {
      const before = await books(app);
      const answer = await post({ headers: wechatHeaders(body, signer(), seconds()), body });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(await books(app)).toEqual(before);
    },
  );

  it.each([
    ['a form', 'application/x-www-form-urlencoded'],
    ['bytes', 'application/octet-stream'],
  ])('changes nothing on a forged body sent as %s', async (_what, type) => {
    const before = await books(app);
    const { headers, body } = signed(transaction(), { signer: { ...signer(), ...stranger } });
    const answer = await post({ headers: { ...headers, 'content-type': type }, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await books(app)).toEqual(before);
  });

  it('refuses a body of 1 MiB and more', async () => {
    const body = JSON.stringify({ x: 'x'.repeat(1024 * 1024) });
    expect((await post({ headers: wechatHeaders(body, signer(), seconds()), body })).status).toBe(413);
  });

  it('knows no other channels', async () => {
    const answer = await app.call('POST', '/webhooks/paypal', { body: {} });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});
