import {
  administrator,
  buy,
  order,
  payAtCashier,
  paymentRow,
  register,
  startApp,
  untilPayment,
  visitCashier,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { fieldsAtFault } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const CHANNELS = ['alipay', 'wechat'] as const;

describe('payments and refunds', () => {
  let app: CommercialApp;
  let admin: Person;

  beforeAll(async () => {
    app = await startApp();
    admin = await administrator(app);
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  it.each(CHANNELS)('shows a payment through %s from pending to paid', async (provider) => {
    const anna = await register(app, `anna-${provider}`);
    const { orderId } = await order(anna, provider);
    const pending = (await anna.call('GET', `/payments/${orderId}`)).body;
    expect(pending).toMatchObject({
      orderId,
      provider,
      purpose: 'subscription',
      planCode: 'pro',
      amount: '99.00',
      currency: 'CNY',
      status: 'pending',
      refundedAmount: '0.00',
      providerTradeNo: null,
      paidAt: null,
      expiresAt: expect.stringMatching(TIME),
      createdAt: expect.stringMatching(TIME),
    });
    await payAtCashier(app, orderId);
    await untilPayment(app, orderId, 'paid');
    expect((await anna.call('GET', `/payments/${orderId}`)).body).toEqual({
      ...pending,
      status: 'paid',
      providerTradeNo: expect.stringMatching(/^\d{28}$/),
      paidAt: expect.stringMatching(TIME),
    });
  });

  it('shows another user’s payment to nobody but an administrator', async () => {
    const bert = await register(app, 'bert');
    const carl = await register(app, 'carl');
    const { orderId } = await order(bert, 'wechat');
    for (const [method, path] of [
      ['GET', `/payments/${orderId}`],
      ['POST', `/payments/${orderId}/close`],
    ] as const) {
      expect(await carl.call(method, path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
    expect((await carl.call('GET', '/payments')).body).toEqual({ items: [], nextCursor: null });
    expect((await admin.call('GET', `/payments/${orderId}`)).status).toBe(200);
    expect((await admin.call('GET', '/payments')).body.items[0].orderId).toBe(orderId);
    expect((await admin.call('GET', `/payments/${'0'.repeat(32)}`)).status).toBe(404);
  });

  it('lists payments in pages, newest first, each once', async () => {
    const dora = await register(app, 'dora');
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) made.unshift((await order(dora, 'alipay')).orderId);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await dora.call('GET', `/payments?limit=2${query}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map((item: { orderId: string }) => item.orderId));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(made);
  });

  it.each(CHANNELS)('closes a pending payment at %s, once', async (provider) => {
    const emil = await register(app, `emil-${provider}`);
    const { orderId } = await order(emil, provider);
    await visitCashier(app, orderId);
    const closed = await emil.call('POST', `/payments/${orderId}/close`);
    expect(closed).toMatchObject({ status: 200, body: { orderId, status: 'closed' } });
    expect((await payAtCashier(app, orderId)).status).toBeGreaterThanOrEqual(400);
    const again = await emil.call('POST', `/payments/${orderId}/close`);
    expect(again).toMatchObject({ status: 409, body: { code: 'PAYMENT_NOT_PENDING' } });
  });

  it.each(CHANNELS)('finds at closing that %s has the money already', async (provider) => {
    const deaf = await startApp({ notifications: false });
    try {
      const fred = await register(deaf, 'fred');
      const { orderId } = await order(fred, provider);
      await payAtCashier(deaf, orderId);
      const answer = await fred.call('POST', `/payments/${orderId}/close`);
      expect(answer).toMatchObject({ status: 409, body: { code: 'PAYMENT_NOT_PENDING' } });
      expect((await paymentRow(deaf, orderId)).status).toBe('paid');
      expect((await fred.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
      await expectInvariants(deaf.dataSource);
    } finally {
      await deaf.close();
    }
  });

  it.each(CHANNELS)(
    'refunds through %s in parts, and the rest, which ends the subscription',
    async (provider) => {
      const gina = await register(app, `gina-${provider}`);
      const orderId = await buy(app, gina, provider);
      const refund = (body?: object) => admin.call('POST', `/payments/${orderId}/refunds`, { body });
      const part = await refund({ amount: '9.90', reason: '重复购买' });
      expect(part).toMatchObject({
        status: 201,
        body: { refundId: expect.any(String), amount: '9.90', reason: '重复购买' },
      });
      await untilPayment(app, orderId, 'partially_refunded');
      expect((await gina.call('GET', `/payments/${orderId}`)).body.refundedAmount).toBe('9.90');
      expect((await gina.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
      expect(await refund({ amount: '89.11' })).toMatchObject({
        status: 409,
        body: { code: 'REFUND_EXCEEDS_PAYMENT' },
      });
      expect(await refund()).toMatchObject({ status: 201, body: { amount: '89.10', reason: null } });
      await untilPayment(app, orderId, 'refunded');
      expect((await gina.call('GET', '/subscriptions/current')).body.plan.code).toBe('free');
      expect((await refund({})).body.code).toBe('REFUND_EXCEEDS_PAYMENT');
      expect((await refund({ amount: '0.01' })).body.code).toBe('REFUND_EXCEEDS_PAYMENT');
    },
  );

  it('lets nobody but an administrator refund, and only what was paid', async () => {
    const hans = await register(app, 'hans');
    const { orderId } = await order(hans, 'alipay');
    const path = `/payments/${orderId}/refunds`;
    expect(await app.call('POST', path, { body: {} })).toMatchObject({ status: 401 });
    expect(await hans.call('POST', path, { body: {} })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    expect(await admin.call('POST', path, { body: {} })).toMatchObject({
      status: 409,
      body: { code: 'PAYMENT_NOT_PAID' },
    });
    expect((await admin.call('POST', `/payments/${'0'.repeat(32)}/refunds`, { body: {} })).status).toBe(404);
  });

  it.each([
    [{ amount: '0.00' }, ['amount']],
    [{ amount: '1.999' }, ['amount']],
    [{ amount: '-1.00' }, ['amount']],
    [{ amount: '1e2' }, ['amount']],
    [{ amount: 1 }, ['amount']],
    [{ amount: ['1.00'] }, ['amount']],
    [{ reason: 'a\nb' }, ['reason']],
    [{ reason: '' }, ['reason']],
    [{ refundNo: 'mine' }, ['refundNo']],
  ])('refuses the refund %j', async (body, fields) => {
    const path = `/payments/${'0'.repeat(32)}/refunds`;
    expect(fieldsAtFault(await admin.call('POST', path, { body }))).toEqual(fields);
  });

  describe('while the channel is away', () => {
    let stranded: CommercialApp;

    beforeAll(async () => {
      const nobody = 'http://127.0.0.1:9';
      stranded = await startApp({
        database: app.database,
        commercial: {
          payments: {
            alipay: { ...app.keys.merchant.alipay, gateway: `${nobody}/gateway.do` },
            wechat: { ...app.keys.merchant.wechat, baseUrl: nobody },
          },
        },
      });
    });
    afterAll(() => stranded.close());
    const through = (person: Person, method: string, path: string, body?: unknown) =>
      stranded.call(method, path, { token: person.token, body });

    it('answers 502 to a WeChat order, keeps it, and finds it later', async () => {
      const ida = await register(app, 'ida');
      const answer = await through(ida, 'POST', '/subscriptions', { planCode: 'pro', provider: 'wechat' });
      expect(answer).toMatchObject({ status: 502, body: { code: 'CHANNEL_UNAVAILABLE' } });
      const [kept] = (await ida.call('GET', '/payments')).body.items;
      expect(kept).toMatchObject({ status: 'pending', provider: 'wechat' });
      expect((await ida.call('GET', `/payments/${kept.orderId}`)).status).toBe(200);
    });

    it('answers 201 to an Alipay order, whose link is made here', async () => {
      const jana = await register(app, 'jana');
      const answer = await through(jana, 'POST', '/subscriptions', { planCode: 'pro', provider: 'alipay' });
      expect(answer).toMatchObject({ status: 201, body: { payment: { paymentUrl: expect.any(String) } } });
    });

    it.each(CHANNELS)(
      'answers a poll of %s with the state last known, and 502 to closing',
      async (provider) => {
        const karl = await register(app, `karl-${provider}`);
        const { orderId } = await order(karl, provider);
        const poll = await through(karl, 'GET', `/payments/${orderId}`);
        expect(poll).toMatchObject({ status: 200, body: { status: 'pending' } });
        const close = await through(karl, 'POST', `/payments/${orderId}/close`);
        expect(close).toMatchObject({ status: 502, body: { code: 'CHANNEL_UNAVAILABLE' } });
        expect((await karl.call('GET', `/payments/${orderId}`)).body.status).toBe('pending');
      },
    );

    it.each(CHANNELS)(
      'keeps a refund through %s pending under its number, then finds it',
      async (provider) => {
        const lara = await register(app, `lara-${provider}`);
        const orderId = await buy(app, lara, provider);
        const path = `/payments/${orderId}/refunds`;
        const answer = await through(admin, 'POST', path, { amount: '60.00' });
        expect(answer).toMatchObject({ status: 201, body: { status: 'pending', amount: '60.00' } });
        expect((await through(admin, 'POST', path, { amount: '40.00' })).body.code).toBe(
          'REFUND_EXCEEDS_PAYMENT',
        );
        const numbers = () =>
          app.sql(
            `SELECT r.refund_no FROM commercial.payment_refunds r
           JOIN commercial.orders p ON p.id = r.payment_id WHERE p.order_id = $1`,
            [orderId],
          );
        const before = await numbers();
        expect(before).toHaveLength(1);
        // The channel is back: the first look finds that it never heard of the refund, and asks for it again.
        await lara.call('GET', `/payments/${orderId}`);
        await untilPayment(app, orderId, 'partially_refunded');
        expect(await numbers()).toEqual(before);
      },
    );
  });

  it('answers 409 CHANNEL_NOT_CONFIGURED where the channel is not set', async () => {
    const { alipay } = app.keys.merchant;
    const half = await startApp({
      database: app.database,
      commercial: { payments: { alipay: { ...alipay, gateway: `${app.url}/sandbox/alipay/gateway.do` } } },
    });
    try {
      const mia = await register(app, 'mia');
      const { orderId } = await order(mia, 'wechat');
      const body = { planCode: 'enterprise', provider: 'wechat' };
      for (const answer of [
        await half.call('POST', '/subscriptions', { token: mia.token, body }),
        await half.call('POST', `/payments/${orderId}/close`, { token: mia.token }),
      ]) {
        expect(answer).toMatchObject({ status: 409, body: { code: 'CHANNEL_NOT_CONFIGURED' } });
      }
    } finally {
      await half.close();
    }
  });
});
