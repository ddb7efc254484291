import { DateTime } from 'luxon';
import { consume, NOWHERE, order, payAtCashier, register, untilPayment } from '../support/app.js';
import { startBuiltApp, type BuiltApp } from '../support/built-app.js';
import { expectInvariants } from '../support/invariants.js';

// Whole processes load: several seconds each, on a busy machine many.
jest.setTimeout(120_000);

/** The service's main job, as its customers live through it, on what was built. */
describe('the commercial loop', () => {
  let app: BuiltApp;

  beforeAll(async () => {
    app = await startBuiltApp();
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
      const receipt = await anna.call('GET', `/payments/${orderId}/receipt.pdf`);
      expect(receipt).toMatchObject({ status: 200, body: expect.stringMatching(/^%PDF-/) });

      const refund = await app.administrator.call('POST', `/payments/${orderId}/refunds`, { body: {} });
      expect(refund).toMatchObject({ status: 201, body: { amount: '99.00' } });
      await untilPayment(app, orderId, 'refunded');
      expect((await anna.call('GET', `/payments/${orderId}`)).body.refundedAmount).toBe('99.00');
      expect((await anna.call('GET', '/subscriptions/current')).body.plan.code).toBe('free');
      expect(await consume(anna)).toMatchObject({
        status: 402,
        body: { code: 'QUOTA_EXCEEDED', quota: { used: 11, limit: 10, remaining: 0 } },
      });
    },
  );

  it('finds a payment whose notification was lost', async () => {
    const deaf = await startBuiltApp({ PUBLIC_URL: NOWHERE });
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

  // Last: the business time goes a year ahead, and never back.
  it('lives through a year of months with its quota, from the end of January', async () => {
    const now = DateTime.utc();
    const january = DateTime.utc(now.year, 1, 31, 10);
    const start = january > now ? january : january.plus({ years: 1 });
    await app.passTo(start.toJSDate());
    const bert = await register(app, 'bert');
    const use = (cost: number) => consume(bert, { cost });
    for (let month = 1; month <= 12; month += 1) {
      const end = start.plus({ months: month });
      const used = await use(10);
      expect(used.body.quota).toMatchObject({
        used: 10,
        resetsAt: expect.stringContaining(end.toFormat("yyyy-MM-dd'T10:'")),
      });
      await app.passTo(end.minus({ minutes: 1 }).toJSDate());
      expect((await use(1)).status).toBe(402);
      await app.passTo(end.plus({ minutes: 59 }).toJSDate());
    }
  });
});
