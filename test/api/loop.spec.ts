import {
  administrator,
  consume,
  order,
  payAtCashier,
  register,
  startApp,
  untilPayment,
  type CommercialApp,
} from '../support/app.js';
import { expectInvariants } from '../support/invariants.js';

/** Where the months of a subscription end that began on 31 January. */
const MONTH_ENDS = (
  '2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30 2026-07-31 ' +
  '2026-08-31 2026-09-30 2026-10-31 2026-11-30 2026-12-31 2027-01-31'
).split(' ');

/** The service's main job, as its customers live through it. */
describe('the commercial loop', () => {
  let app: CommercialApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  it.each(['alipay', 'wechat'] as const)(
    'registers, uses up the free plan, buys through %s, goes on, and is refunded',
    async (provider) => {
      const anna = await register(app, `anna-${provider}`);
      for (let study = 1; study <= 10; study += 1) {
        const answer = await consume(anna, { resourceId: `张三_2026030${study}` });
        expect(answer).toMatchObject({
          status: 200,
          body: { quota: { quotaType: 'processing_count', used: study, limit: 10, remaining: 10 - study } },
        });
      }
      const refused = await consume(anna);
      expect(refused).toMatchObject({
        status: 402,
        body: { code: 'QUOTA_EXCEEDED', quota: { used: 10, limit: 10, remaining: 0 } },
      });

      const { orderId, paymentUrl, qrCode } = await order(anna, provider);
      expect([paymentUrl, qrCode].filter((link) => link !== null)).toHaveLength(1);
      expect((await anna.call('GET', '/subscriptions/current')).body.plan.code).toBe('free');
      expect((await consume(anna)).status).toBe(402);

      expect((await payAtCashier(app, orderId)).status).toBe(204);
      await untilPayment(app, orderId, 'paid');
      const current = (await anna.call('GET', '/subscriptions/current')).body;
      expect(current).toMatchObject({
        status: 'active',
        plan: { code: 'pro' },
        quotas: [{ quotaType: 'processing_count', used: 0, limit: 100, remaining: 100 }],
      });
      expect((await consume(anna)).body.quota.remaining).toBe(99);

      const admin = await administrator(app);
      const refund = await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} });
      expect(refund).toMatchObject({ status: 201, body: { amount: '99.00' } });
      await untilPayment(app, orderId, 'refunded');
      expect((await anna.call('GET', `/payments/${orderId}`)).body.refundedAmount).toBe('99.00');
      expect(await anna.call('GET', '/subscriptions/current')).toMatchObject({
        status: 404,
        body: { code: 'NO_SUBSCRIPTION' },
      });
      expect(await consume(anna)).toMatchObject({ status: 402, body: { code: 'SUBSCRIPTION_REQUIRED' } });
      expect((await anna.call('POST', '/subscriptions', { body: { planCode: 'free' } })).status).toBe(201);
    },
  );

  it('lives through a year of months with its quota', async () => {
    const year = await startApp();
    try {
      year.clock.to('2026-01-31T10:00:00.000Z');
      const bert = await register(year, 'bert');
      // An access token would expire with the first month; a key stays.
      const { key } = (await bert.call('POST', '/api-keys', { body: { name: 'for a year' } })).body;
      const use = (cost: number) =>
        year.call('POST', '/quota/consume', {
          apiKey: key,
          body: { resourceType: 'dicom_processing', cost },
        });
      for (const end of MONTH_ENDS) {
        const used = await use(10);
        expect(used.body.quota).toMatchObject({ used: 10, resetsAt: expect.stringContaining(`${end}T10:`) });
        year.clock.to(`${end}T09:59:00.000Z`);
        expect((await use(1)).status).toBe(402);
        year.clock.to(`${end}T10:59:00.000Z`);
      }
      await expectInvariants(year.dataSource);
    } finally {
      await year.close();
    }
  });

  it('finds a payment whose notification was lost', async () => {
    const deaf = await startApp({ notifications: false });
    try {
      for (const provider of ['alipay', 'wechat'] as const) {
        const carl = await register(deaf, `carl-${provider}`);
        const { orderId } = await order(carl, provider);
        expect((await carl.call('GET', `/payments/${orderId}`)).body.status).toBe('pending');
        await payAtCashier(deaf, orderId);
        const paid = await carl.call('GET', `/payments/${orderId}`);
        expect(paid.body).toMatchObject({ status: 'paid', providerTradeNo: expect.any(String) });
        expect((await carl.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
      }
      await expectInvariants(deaf.dataSource);
    } finally {
      await deaf.close();
    }
  });
});
