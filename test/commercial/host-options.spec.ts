import { Controller, Get } from '@nestjs/common';
import type { PlanDefinition } from '../../src/billing/options/plan-definition.js';
import { RequireQuota } from '../../src/quota/api/guard/require-quota.decorator.js';
import { addressOf } from '../../src/commercial/routes.js';
import { JWT_KEY, PASSWORD } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { FakeChannel } from '../support/fake-channel.js';
import { startPlainHost, type PlainHost, type PlainHostSetup, type Platform } from '../support/plain-host.js';

const plan = (code: string, price: string, quotaLimit: number): PlanDefinition => ({
  code,
  name: code,
  description: '',
  price,
  billingCycle: 'monthly',
  quotas: [{ quotaType: 'processing_count', quotaLimit }],
});

@Controller('users')
class OwnUsersController {
  @Get('me')
  me(): object {
    return { mine: true };
  }

  @Get('work')
  @RequireQuota('dicom_processing')
  work(): object {
    return {};
  }
}

describe('the options of a host', () => {
  let database: TestDatabase;
  const started: PlainHost[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const host of started.splice(0)) await host.close();
    await database.drop();
  });

  async function start(
    setup: Partial<PlainHostSetup> = {},
    platform: Platform = 'express',
  ): Promise<PlainHost> {
    const host = await startPlainHost(platform, { database, ...setup });
    started.push(host);
    return host;
  }

  const versions = (host: PlainHost) =>
    host.sql(
      'SELECT code, version, price_fen, status FROM commercial.subscription_plans ORDER BY code, version',
    );

  describe.each(['express', 'fastify'] as const)('on %s: routes', (platform) => {
    it.each([false, true])(
      'stand under their prefix, and leave the rest to the host (async: %s)',
      async (asynchronous) => {
        const channel = new FakeChannel('north');
        const host = await start(
          {
            asynchronous,
            routes: { prefix: '/billing/v1/' },
            controllers: [OwnUsersController],
            options: {
              plans: [plan('free', '0.00', 10), plan('pro', '9.00', 100)],
              payments: { others: [channel] },
            },
          },
          platform,
        );
        for (const path of ['/plans', '/quota', '/webhooks/north', '/auth/login']) {
          expect((await host.call('GET', path)).status).toBe(404);
        }
        expect((await host.call('GET', '/users/me')).body).toEqual({ mine: true });
        expect((await host.call('GET', '/billing/v1/plans')).body.items).toHaveLength(2);
        const registered = await host.call('POST', '/billing/v1/auth/register', {
          body: { email: 'anna@example.com', password: PASSWORD },
        });
        const token = registered.body.accessToken;
        expect((await host.call('GET', '/users/work', { token })).headers.get('x-quota-remaining')).toBe('9');
        const ordered = await host.call('POST', '/billing/v1/subscriptions', {
          token,
          body: { planCode: 'pro', provider: 'north' },
        });
        const { orderId } = ordered.body.payment;
        channel.pay(orderId, 900);
        const observation = { outcome: 'paid', trade: channel.trade(orderId) };
        const heard = await host.call('POST', '/billing/v1/webhooks/north', {
          body: { outcome: 'payment', notificationId: 'one', orderId, observation },
        });
        expect(heard.status).toBe(200);
        const { body } = await host.call('GET', `/billing/v1/payments/${orderId}`, { token });
        expect(body.status).toBe('paid');
      },
    );
  });

  it.each([
    ['https://a.example', '', 'https://a.example'],
    ['https://a.example/', 'billing', 'https://a.example/billing'],
    ['https://a.example/api/', 'billing/v1', 'https://a.example/api/billing/v1'],
    ['https://a.example/billing', 'billing', 'https://a.example/billing'],
    ['https://a.example/billing/', 'billing', 'https://a.example/billing'],
    ['https://a.example/mybilling', 'billing', 'https://a.example/mybilling/billing'],
  ])('channels reach %s with the prefix %j at %s', (publicUrl, prefix, address) => {
    expect(addressOf(publicUrl, prefix)).toBe(address);
  });

  it('mounts none of them where routes is false', async () => {
    const host = await start({ routes: false, controllers: [OwnUsersController] });
    expect((await host.call('GET', '/plans')).status).toBe(404);
    expect((await host.call('GET', '/users/work')).status).toBe(401);
  });

  it.each(['express', 'fastify'] as const)(
    'answer in the default language on %s, each host its own',
    async (platform) => {
      const english = await start({ options: { defaultLocale: 'en' } }, platform);
      const chinese = await start({}, platform);
      const titled = async (host: PlainHost, language: string) => {
        const { headers } = await host.call('GET', '/quota', { headers: { 'accept-language': language } });
        return headers.get('content-language');
      };
      expect([await titled(english, '*'), await titled(chinese, '*')]).toEqual(['en', 'zh-CN']);
      expect([await titled(english, 'fr'), await titled(chinese, 'fr')]).toEqual(['en', 'zh-CN']);
      expect([await titled(english, 'zh'), await titled(chinese, 'en')]).toEqual(['zh-CN', 'en']);
      const { body } = await english.call('POST', '/auth/register', {
        body: { email: 'anna@example.com', password: PASSWORD },
        headers: { 'accept-language': 'fr' },
      });
      expect(body.user.locale).toBe('en');
    },
  );

  it('put plans on sale once, however many processes start together', async () => {
    const plans = [plan('free', '0.00', 10), plan('pro', '9.00', 100)];
    const first = await start({ options: { plans } });
    const others = [1, 2, 3].map(() =>
      start({ options: { plans: [plan('free', '0.00', 10), plan('pro', '12.00', 100)] } }),
    );
    await Promise.all(others);
    expect(await versions(first)).toEqual([
      { code: 'free', version: 1, price_fen: 0, status: 'active' },
      { code: 'pro', version: 1, price_fen: 900, status: 'active' },
      { code: 'pro', version: 2, price_fen: 1200, status: 'active' },
    ]);
    // The code of before starts once more, and an administrator's word is the last.
    await start({ options: { plans } });
    await first.sql(`UPDATE commercial.subscription_plans SET status = 'archived' WHERE code = 'pro'`);
    await start({ options: { plans } });
    expect(await versions(first)).toHaveLength(3);
    expect(
      await first.sql(`SELECT count(*)::int AS n FROM commercial.audit_log WHERE action LIKE 'plan.%'`),
    ).toEqual([{ n: 3 }]);
    expect((await first.call('GET', '/plans')).body.items.map(({ code }: { code: string }) => code)).toEqual([
      'free',
    ]);
  });

  it('name the plan that a new account gets', async () => {
    const host = await start({
      options: { plans: [plan('starter', '0.00', 3)], freePlan: 'starter', jwt: { secret: JWT_KEY } },
    });
    const { body } = await host.call('POST', '/auth/register', {
      body: { email: 'anna@example.com', password: PASSWORD },
    });
    const current = await host.call('GET', '/subscriptions/current', { token: body.accessToken });
    expect(current.body).toMatchObject({ plan: { code: 'starter' }, quotas: [{ limit: 3 }] });
    expect(host.said.warn).toEqual([]);
  });

  it('make the first administrator, one between processes that start together', async () => {
    const administrator = { email: 'Boss@example.com', password: PASSWORD };
    const plans = [plan('free', '0.00', 10)];
    const first = await start({ options: { plans } });
    await Promise.all([1, 2, 3].map(() => start({ options: { plans, administrator } })));
    const login = await first.call('POST', '/auth/login', {
      body: { email: 'boss@example.com', password: PASSWORD },
    });
    expect(login.body.user.role).toBe('admin');
    expect(await first.sql('SELECT count(*)::int AS n FROM commercial.users')).toEqual([{ n: 1 }]);
    expect(
      (await first.call('GET', '/subscriptions/current', { token: login.body.accessToken })).status,
    ).toBe(200);
  });
});
