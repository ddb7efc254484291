import { randomUUID } from 'node:crypto';
import { administrator, consume, PASSWORD, register, startApp, type CommercialApp } from '../support/app.js';
import { statuses, type Answer } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { LoginLimits } from '../../src/auth/identity/limits/login-limits.js';
import { MAX_WAITING } from '../../src/auth/identity/passwords/bounded-turns.js';

function expectLimited(answer: Answer, seconds: number): void {
  expect(answer).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
  const wait = Number(answer.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(seconds);
}

describe('limits that are set', () => {
  let app: CommercialApp;

  beforeEach(async () => {
    app = await startApp({
      commercial: { limits: { registrationsPerHour: 4, ordersPerMinute: 3, writesPerMinute: 12 } },
    });
  });
  afterEach(async () => {
    await expectInvariants(app.dataSource);
    await app.close();
  });

  const registration = (email: string) =>
    app.call('POST', '/auth/register', { body: { email, password: PASSWORD } });

  it('count registrations from a network, those of taken addresses too, and make nobody beyond', async () => {
    await register(app, 'anna');
    expect((await registration('anna@example.com')).body.code).toBe('EMAIL_TAKEN');
    expect((await registration('anna@example.com')).body.code).toBe('EMAIL_TAKEN');
    // What isn't valid was no try.
    expect((await registration('nonsense')).status).toBe(400);
    expect((await registration('bert@example.com')).status).toBe(201);
    // Nobody learns any more who is registered.
    expectLimited(await registration('anna@example.com'), 3600);
    expectLimited(await registration('carl@example.com'), 3600);
    expect(await app.sql('SELECT email FROM commercial.users ORDER BY email')).toEqual([
      { email: 'anna@example.com' },
      { email: 'bert@example.com' },
    ]);
    // Who is registered signs in all the same.
    const login = { body: { email: 'anna@example.com', password: PASSWORD } };
    expect((await app.call('POST', '/auth/login', login)).status).toBe(200);
  });

  it('hold for registrations at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => registration(`crowd${index}@example.com`)),
    );
    expect(statuses(answers)).toEqual({ 201: 4, 429: 6 });
  });

  it('count an account’s orders, whatever is bought, and write nothing down beyond', async () => {
    const anna = await register(app, 'anna');
    const bert = await register(app, 'bert');
    const admin = await administrator(app);
    const pack = { code: 'ten', name: 'x', quotaType: 'processing_count', amount: 10, price: '1.00' };
    await admin.call('POST', '/admin/topups', { body: { ...pack, validDays: 3 } });
    const orders = [
      ['/subscriptions', { planCode: 'pro', provider: 'alipay' }],
      ['/topups', { packCode: 'ten', provider: 'alipay' }],
      ['/topups', { packCode: 'ten', provider: 'alipay' }],
    ] as const;
    for (const [path, body] of orders) expect((await anna.call('POST', path, { body })).status).toBe(201);
    const before = (await anna.call('GET', '/payments')).body.items;
    const headers = { 'idempotency-key': randomUUID() };
    for (const [path, body] of [
      ...orders,
      ['/subscriptions/current/change', { planCode: 'enterprise', provider: 'alipay' }] as const,
      ['/subscriptions/current/renew', { provider: 'alipay' }] as const,
    ]) {
      expectLimited(await anna.call('POST', path, { body, headers }), 60);
    }
    expect((await anna.call('GET', '/payments')).body.items).toEqual(before);
    const [path, body] = orders[0];
    expect((await bert.call('POST', path, { body })).status).toBe(201);
    // The refusal isn't kept under the key.
    await app.sql(`DELETE FROM commercial.rate_limits WHERE key LIKE 'orders%'`);
    const again = await anna.call('POST', path, { body: orders[0][1], headers });
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBeNull();
  });

  it('count an account’s requests that change something, and neither reads nor the use of quota', async () => {
    const anna = await register(app, 'anna');
    const bert = await register(app, 'bert');
    const change = () => anna.call('PUT', '/users/me', { body: { displayName: 'Anna' } });
    for (let made = 0; made < 12; made += 1) expect((await change()).status).toBe(200);
    expectLimited(await change(), 60);
    expectLimited(await anna.call('POST', '/api-keys', { body: { name: 'x' } }), 60);
    expect((await anna.call('GET', '/users/me')).status).toBe(200);
    expect((await consume(anna)).status).toBe(200);
    expect((await bert.call('PUT', '/users/me', { body: { displayName: 'Bert' } })).status).toBe(200);
  });
});

describe('without limits', () => {
  let app: CommercialApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('registrations, orders and writes are limited by nothing', async () => {
    const anna = await register(app, 'anna');
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => anna.call('PUT', '/users/me', { body: { locale: 'en' } })),
    );
    expect(statuses(answers)).toEqual({ 200: 70 });
    expect(await app.sql(`SELECT key FROM commercial.rate_limits WHERE key LIKE 'register%'`)).toEqual([]);
  });

  it('logins wait in bounds all the same: 503 with Retry-After, and nothing is counted', async () => {
    let open!: () => void;
    const gate = new Promise<null>((resolve) => (open = () => resolve(null)));
    const limits = app.app.get(LoginLimits, { strict: false });
    const crowd = Array.from({ length: MAX_WAITING + 5 }, (_, index) =>
      limits.attempt(`crowd${index}@example.com`, `192.0.2.${index % 200}`, () => gate).catch(() => null),
    );
    await new Promise(setImmediate);
    const answer = await app.call('POST', '/auth/login', {
      body: { email: 'anna@example.com', password: PASSWORD },
    });
    expect(answer).toMatchObject({ status: 503, body: { code: 'OVERLOADED' } });
    expect(answer.headers.get('retry-after')).toBe('5');
    open();
    await Promise.all(crowd);
    const login = { body: { email: 'anna@example.com', password: PASSWORD } };
    expect((await app.call('POST', '/auth/login', login)).status).toBe(200);
  });
});

describe('origins of returnUrl that are set', () => {
  let app: CommercialApp;

  beforeAll(async () => {
    app = await startApp({ commercial: { returnUrlOrigins: ['https://app.idoctor.cn'] } });
  });
  afterAll(() => app.close());

  it('are the only ones, wherever an order is made', async () => {
    const anna = await register(app, 'anna');
    const body = { planCode: 'pro', packCode: 'x', provider: 'alipay' };
    for (const [path, fields] of [
      ['/subscriptions', ['planCode', 'provider']],
      ['/subscriptions/current/change', ['planCode', 'provider']],
      ['/subscriptions/current/renew', ['provider']],
      ['/subscriptions/current/agreement', ['provider']],
      ['/topups', ['packCode', 'provider']],
    ] as const) {
      for (const returnUrl of [
        'https://evil.example/paid',
        'https://app.idoctor.cn.evil.example/',
        'http://app.idoctor.cn/',
        'https://app.idoctor.cn:8443/',
        'https://app.idoctor.cn@evil.example/',
      ]) {
        const picked = Object.fromEntries(fields.map((field) => [field, body[field as 'provider']]));
        const answer = await anna.call('POST', path, { body: { ...picked, returnUrl } });
        expect([path, answer.status, answer.body.errors?.[0].field]).toEqual([path, 400, 'returnUrl']);
      }
    }
    expect((await anna.call('GET', '/payments')).body.items).toEqual([]);
    const order = { planCode: 'pro', provider: 'alipay', returnUrl: 'https://app.idoctor.cn/paid?x=1' };
    expect((await anna.call('POST', '/subscriptions', { body: order })).status).toBe(201);
  });
});
