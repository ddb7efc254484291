import {
  buy,
  order,
  payAtCashier,
  register,
  startApp,
  untilPayment,
  visitCashier,
  type CommercialApp,
} from '../support/app.js';
import { fieldsAtFault } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('plans and subscriptions', () => {
  let app: CommercialApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  it('lists the three plans to anyone, the cheapest first', async () => {
    const { status, body } = await app.call('GET', '/plans');
    expect(status).toBe(200);
    const plan = (code: string, name: string, price: string, quotaLimit: number, features: object) => ({
      id: expect.stringMatching(UUID),
      code,
      name,
      description: expect.any(String),
      price,
      currency: 'CNY',
      billingCycle: 'monthly',
      quotas: [{ quotaType: 'processing_count', quotaLimit, quotaPeriod: 'month' }],
      features,
      trialDays: 0,
    });
    expect(body).toEqual({
      items: [
        plan('free', '免费版', '0.00', 10, { max_concurrent: 1, priority: 'low' }),
        plan('pro', '专业版', '99.00', 100, { max_concurrent: 3, priority: 'medium' }),
        plan('enterprise', '企业版', '999.00', 999_999, {
          max_concurrent: 10,
          priority: 'high',
          custom_support: true,
        }),
      ],
    });
  });

  it('gives a new user the free plan', async () => {
    const anna = await register(app, 'anna');
    const { status, body } = await anna.call('GET', '/subscriptions/current');
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(UUID),
      plan: expect.objectContaining({ code: 'free' }),
      status: 'active',
      currentPeriodStart: expect.stringMatching(TIME),
      currentPeriodEnd: expect.stringMatching(TIME),
      trialEndsAt: null,
      cancelAtPeriodEnd: false,
      graceUntil: null,
      scheduledPlanCode: null,
      quotas: [
        {
          quotaType: 'processing_count',
          used: 0,
          limit: 10,
          remaining: 10,
          resetsAt: body.currentPeriodEnd,
        },
      ],
    });
    const again = await anna.call('POST', '/subscriptions', { body: { planCode: 'free' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'ALREADY_SUBSCRIBED' } });
  });

  it.each([
    ['alipay', { paymentUrl: expect.stringMatching(/^http/), qrCode: null, method: 'page' }],
    ['wechat', { paymentUrl: null, qrCode: expect.any(String), method: 'native' }],
  ] as const)('orders a paid plan through %s', async (provider, links) => {
    const bert = await register(app, `bert-${provider}`);
    const { status, body } = await bert.call('POST', '/subscriptions', {
      body: { planCode: 'pro', provider, returnUrl: 'https://shop.example/back' },
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      subscription: {
        id: expect.stringMatching(UUID),
        plan: expect.objectContaining({ code: 'pro', price: '99.00' }),
        status: 'pending',
        currentPeriodStart: null,
        currentPeriodEnd: null,
        trialEndsAt: null,
        cancelAtPeriodEnd: false,
        graceUntil: null,
        scheduledPlanCode: null,
      },
      payment: {
        orderId: expect.stringMatching(/^[0-9A-Za-z]{32}$/),
        provider,
        amount: '99.00',
        currency: 'CNY',
        status: 'pending',
        ...links,
        prepay: null,
        expiresAt: expect.stringMatching(TIME),
      },
    });
  });

  it('keeps the plan in force while another waits for its money, then begins with nothing used', async () => {
    const carl = await register(app, 'carl');
    await carl.call('POST', '/quota/consume', { body: { resourceType: 'dicom_processing', cost: 4 } });
    const { orderId } = await order(carl, 'wechat');
    const before = (await carl.call('GET', '/subscriptions/current')).body;
    expect(before).toMatchObject({ plan: { code: 'free' }, quotas: [{ used: 4 }] });
    await payAtCashier(app, orderId);
    await untilPayment(app, orderId, 'paid');
    const after = (await carl.call('GET', '/subscriptions/current')).body;
    expect(after).toMatchObject({ plan: { code: 'pro' }, quotas: [{ used: 0, limit: 100, remaining: 100 }] });
    expect((await carl.call('GET', '/quota')).body.items).toEqual(after.quotas);
  });

  it('refuses the plan already held, and one that is cheaper than what is paid for', async () => {
    const dora = await register(app, 'dora');
    await buy(app, dora, 'alipay', 'enterprise');
    for (const [planCode, code] of [
      ['enterprise', 'ALREADY_SUBSCRIBED'],
      ['pro', 'PLAN_CHANGE_REFUSED'],
      ['free', 'PLAN_CHANGE_REFUSED'],
    ]) {
      const answer = await dora.call('POST', '/subscriptions', { body: { planCode, provider: 'alipay' } });
      expect(answer).toMatchObject({ status: 409, body: { code } });
    }
  });

  it.each(['alipay', 'wechat'] as const)(
    'replaces the order that still waits for the same plan, and closes it at %s',
    async (provider) => {
      const emil = await register(app, `emil-${provider}`);
      const first = await order(emil, provider);
      await visitCashier(app, first.orderId);
      const second = await order(emil, provider);
      expect(second.orderId).not.toBe(first.orderId);
      expect((await emil.call('GET', `/payments/${first.orderId}`)).body.status).toBe('closed');
      expect((await payAtCashier(app, first.orderId)).status).toBeGreaterThanOrEqual(400);
      expect((await emil.call('GET', `/payments/${second.orderId}`)).body.status).toBe('pending');
    },
  );

  it('leaves an order for another plan alone', async () => {
    const fred = await register(app, 'fred');
    const pro = await order(fred, 'wechat', 'pro');
    await order(fred, 'wechat', 'enterprise');
    expect((await fred.call('GET', `/payments/${pro.orderId}`)).body.status).toBe('pending');
  });

  it.each([
    [{}, ['planCode']],
    [{ planCode: 'pro' }, ['provider']],
    [{ planCode: 'pro', provider: 'Alipay!' }, ['provider']],
    [{ planCode: ['pro'], provider: 'alipay' }, ['planCode']],
    [{ planCode: 'pro', provider: 'alipay', returnUrl: 'javascript:alert(1)' }, ['returnUrl']],
    [{ planCode: 'pro', provider: 'alipay', amount: '0.01' }, ['amount']],
  ])('refuses the body %j', async (body, fields) => {
    const gina = await register(app, `gina-${Math.random().toString(36).slice(2)}`);
    expect(fieldsAtFault(await gina.call('POST', '/subscriptions', { body }))).toEqual(fields);
  });

  it('knows no other plans and no other channels', async () => {
    const hans = await register(app, 'hans');
    const plan = await hans.call('POST', '/subscriptions', {
      body: { planCode: 'gold', provider: 'alipay' },
    });
    expect(plan).toMatchObject({ status: 404, body: { code: 'PLAN_NOT_FOUND' } });
    const channel = await hans.call('POST', '/subscriptions', {
      body: { planCode: 'pro', provider: 'paypal' },
    });
    expect(fieldsAtFault(channel)).toEqual(['provider']);
  });

  it('goes on for a grace of three days after the paid month, then gives way to the free plan', async () => {
    const late = await startApp();
    try {
      const ida = await register(late, 'ida');
      const { key: apiKey } = (await ida.call('POST', '/api-keys', { body: { name: 'stays' } })).body;
      await buy(late, ida, 'alipay');
      const current = async () => (await late.call('GET', '/subscriptions/current', { apiKey })).body;
      const { currentPeriodEnd } = await current();
      late.clock.to(currentPeriodEnd);
      const graceUntil = new Date(Date.parse(currentPeriodEnd) + 72 * 3600_000).toISOString();
      expect(await current()).toMatchObject({ plan: { code: 'pro' }, currentPeriodEnd, graceUntil });
      const body = { resourceType: 'dicom_processing', cost: 11 };
      const used = await late.call('POST', '/quota/consume', { apiKey, body });
      expect(used.body).toMatchObject({ quota: { used: 11, limit: 100, resetsAt: graceUntil } });
      late.clock.to(graceUntil);
      const refused = await late.call('POST', '/quota/consume', { apiKey, body });
      expect(refused).toMatchObject({ status: 402, body: { code: 'QUOTA_EXCEEDED', quota: { limit: 10 } } });
      expect(await current()).toMatchObject({ plan: { code: 'free' }, status: 'active', graceUntil: null });
      await expectInvariants(late.dataSource);
    } finally {
      await late.close();
    }
  });

  it('gives no plan at the start where the host wants it so', async () => {
    const bare = await startApp({ commercial: { freePlanOnRegister: false } });
    try {
      const jana = await register(bare, 'jana');
      expect((await jana.call('GET', '/subscriptions/current')).status).toBe(404);
      expect((await jana.call('GET', '/quota')).body).toEqual({ items: [] });
      const check = await jana.call('POST', '/quota/check', { body: { resourceType: 'dicom_processing' } });
      expect(check).toMatchObject({ status: 402, body: { code: 'SUBSCRIPTION_REQUIRED' } });
    } finally {
      await bare.close();
    }
  });
});
