import {
  administrator,
  order,
  PASSWORD,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import type { Answer } from '../support/http-client.js';
import { makeCustomer, startService, type Service } from '../support/service.js';

const MINUTE_MS = 60_000;

describe('a link into the portal', () => {
  let app: CommercialApp;
  let admin: Person;
  let service: Service;
  let people = 0;

  beforeAll(async () => {
    app = await startApp();
    admin = await administrator(app);
    service = await startService(app, undefined, admin);
  });
  afterAll(() => app.close());

  const open = (url: string, { origin = app.url } = {}): Promise<Answer> =>
    app.call('POST', '/portal/session/link', {
      body: { token: new URLSearchParams(new URL(url).hash.slice(1)).get('token') },
      headers: { origin },
    });
  const cookieOf = ({ headers }: Answer) => (headers.get('set-cookie') ?? '').split(';')[0]!;
  const refresh = (cookie: string) =>
    app.call('POST', '/portal/session/refresh', { headers: { origin: app.url, cookie } });
  /** Does it so many minutes later, and comes back. */
  const later = async <Result>(minutes: number, act: () => Promise<Result>): Promise<Result> => {
    app.clock.forward(minutes * MINUTE_MS);
    try {
      return await act();
    } finally {
      app.clock.forward(-minutes * MINUTE_MS);
    }
  };
  const newUser = () => register(app, `linked${(people += 1)}`);
  const linkFor = async (person: Person, body: object = {}) => {
    const answer = await person.call('POST', '/portal-sessions', { body });
    expect(answer.status).toBe(201);
    return answer.body as { url: string; expiresAt: string };
  };
  const opened = async (person: Person) => {
    const answer = await open((await linkFor(person)).url);
    expect(answer.status).toBe(200);
    return { token: answer.body.accessToken as string, cookie: cookieOf(answer) };
  };

  it('opens its flow once, without a password, for an hour', async () => {
    const person = await newUser();
    const before = app.clock.now().getTime();
    const { url, expiresAt } = await linkFor(person, {
      flow: 'cancel',
      returnUrl: 'https://host.example.com/me',
    });
    expect(url).toMatch(new RegExp(`^${app.url}/portal/link#token=ipl_[\\w-]{43}$`));
    expect(Date.parse(expiresAt) - before).toBeGreaterThanOrEqual(5 * MINUTE_MS);
    expect(Date.parse(expiresAt) - before).toBeLessThan(6 * MINUTE_MS);
    const answer = await open(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^portal-session=ips_[\w-]{43}; Path=\/portal; HttpOnly; Secure; SameSite=Strict; Max-Age=3600$/,
    );
    expect(answer.body).toMatchObject({
      tokenType: 'Bearer',
      portal: { flow: 'cancel', returnUrl: 'https://host.example.com/me' },
    });
    expect(JSON.stringify(answer.body)).not.toContain('ips_');
    const { accessToken: token } = answer.body;
    expect((await app.call('GET', '/subscriptions/current', { token })).body.plan.code).toBe('free');
    const stored = JSON.stringify(await app.sql('SELECT * FROM commercial.portal_sessions'));
    expect(stored).not.toMatch(/ipl_|ips_/);
    expect(await open(url)).toMatchObject({ status: 400, body: { code: 'INVALID_LINK' } });
  });

  it('opens for one of many at the same time', async () => {
    const { url } = await linkFor(await newUser());
    const answers = await Promise.all(Array.from({ length: 8 }, () => open(url)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400, 400, 400]);
  });

  it('opens for nobody who forged it, comes late or from another site', async () => {
    const person = await newUser();
    const { url } = await linkFor(person);
    const refused = { status: 400, body: { code: 'INVALID_LINK' } };
    expect(await open(`${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`)).toMatchObject(refused);
    expect(await open(url.replace('ipl_', 'ips_'))).toMatchObject(refused);
    const foreign = await open(url, { origin: 'https://evil.example.com' });
    expect(foreign).toMatchObject({ status: 400, body: { code: 'REQUEST_REFUSED' } });
    expect(foreign.headers.get('set-cookie')).toBeNull();
    await later(5, async () => expect(await open(url)).toMatchObject(refused));
    for (const body of [{}, { token: 7 }, { token: 'x'.repeat(101) }]) {
      const answer = await app.call('POST', '/portal/session/link', { body, headers: { origin: app.url } });
      expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    }
  });

  it('is refreshed by its cookie, and over after an hour', async () => {
    const { cookie } = await opened(await newUser());
    const again = await refresh(cookie);
    expect(again).toMatchObject({ status: 200, body: { portal: { flow: 'overview', returnUrl: null } } });
    const last = await later(59, () => refresh(cookie));
    expect(last.body.expiresIn).toBeLessThanOrEqual(60);
    const [late, over] = await later(60, async (): Promise<[Answer, Answer]> => [
      await app.call('GET', '/quota', { token: last.body.accessToken }),
      await refresh(cookie),
    ]);
    expect(late.status).toBe(401);
    expect(over).toMatchObject({ status: 401, body: { code: 'INVALID_REFRESH_TOKEN' } });
    expect(cookieOf(over)).toBe('portal-session=');
  });

  it('ends with the sign-out, its access token too', async () => {
    const { token, cookie } = await opened(await newUser());
    const answer = await app.call('DELETE', '/portal/session', { headers: { origin: app.url, cookie } });
    expect(answer.status).toBe(204);
    expect((await refresh(cookie)).status).toBe(401);
    while ((await app.call('GET', '/quota', { token })).status !== 401) await new Promise(setImmediate);
  });

  it('ends, opened or not, when the user changes the password or is deactivated', async () => {
    const changes: ((person: Person) => Promise<Answer>)[] = [
      (person) =>
        person.call('POST', '/users/me/password', {
          body: { currentPassword: PASSWORD, newPassword: `${PASSWORD} again` },
        }),
      (person) => admin.call('POST', `/admin/users/${person.id}/deactivate`, { body: { reason: 'test' } }),
    ];
    for (const change of changes) {
      const person = await newUser();
      const { token, cookie } = await opened(person);
      const { url } = await linkFor(person);
      expect((await change(person)).status).toBeLessThan(300);
      expect((await refresh(cookie)).status).toBe(401);
      expect((await open(url)).status).toBe(400);
      while ((await app.call('GET', '/quota', { token })).status !== 401) await new Promise(setImmediate);
    }
  });

  it('lets its session look and buy, and do nothing else', async () => {
    const person = await newUser();
    const { token } = await opened(person);
    const other = await order(await newUser(), 'alipay');
    const status = async (method: string, path: string, body?: object) =>
      (await app.call(method, path, { token, ...(body && { body }) })).status;
    for (const path of ['/quota', '/usage', '/usage/summary?groupBy=day', '/payments', '/entitlements']) {
      expect([path, await status('GET', path)]).toEqual([path, 200]);
    }
    expect(await status('POST', '/subscriptions', { planCode: 'pro', provider: 'alipay' })).toBe(201);
    expect(await status('GET', `/payments/${other.orderId}`)).toBe(404);
    const forbidden: [string, string, object?][] = [
      ['POST', '/api-keys', { name: 'x' }],
      ['GET', '/api-keys'],
      ['GET', '/sessions'],
      ['GET', '/users/me/export'],
      ['PUT', '/users/me', { displayName: 'x' }],
      ['POST', '/users/me/password', { currentPassword: PASSWORD, newPassword: `${PASSWORD}!` }],
      ['DELETE', '/users/me', { password: PASSWORD }],
      ['POST', '/quota/consume', { resourceType: 'dicom_processing' }],
      ['POST', '/organizations', { name: 'x' }],
      ['POST', '/portal-sessions', {}],
      ['GET', '/admin/users'],
    ];
    for (const [method, path, body] of forbidden) {
      expect([method, path, await status(method, path, body)]).toEqual([method, path, 403]);
    }
  });

  it('gives no administrator’s rights to an administrator’s own session', async () => {
    const { token } = await opened(admin);
    expect((await app.call('GET', '/admin/users', { token })).status).toBe(403);
    const organization = (await admin.call('POST', '/organizations', { body: { name: 'Clinic' } })).body.id;
    const headers = { 'x-account-id': organization };
    expect((await app.call('GET', '/quota', { token, headers })).status).toBe(403);
    expect((await admin.call('POST', '/portal-sessions', { body: {}, headers })).status).toBe(403);
  });

  it('is made by an application for its customer, named in the header or the body', async () => {
    const customer = await makeCustomer(service);
    const make = (apiKey: string, body: object, headers: Record<string, string> = {}) =>
      app.call('POST', '/portal-sessions', { apiKey, body, headers });
    const portal = await startService(app, ['portal'], admin);
    const byBody = await make(portal.key, { customer, flow: 'plans' });
    expect(byBody.status).toBe(201);
    const { body } = await open(byBody.body.url);
    expect(body.portal.flow).toBe('plans');
    const quota = await app.call('GET', '/quota', { token: body.accessToken });
    expect(quota.body.items[0].limit).toBe(10);
    const header = { 'x-customer-id': customer };
    expect((await make(portal.key, {}, header)).status).toBe(201);
    expect((await make(portal.key, { customer: 'another' }, header)).status).toBe(400);
    expect(await make(portal.key, {})).toMatchObject({ status: 400, body: { code: 'CUSTOMER_REQUIRED' } });
    expect((await make(portal.key, { customer: 'unknown' })).status).toBe(404);
    expect((await make((await startService(app, ['quota'], admin)).key, {}, header)).status).toBe(403);
    const person = await newUser();
    expect((await person.call('POST', '/portal-sessions', { body: { customer } })).status).toBe(403);
    const { body: key } = await person.call('POST', '/api-keys', { body: { name: 'x' } });
    expect((await make(key.key, {})).status).toBe(403);
    expect((await make('', {})).status).toBe(401);
  });

  it('ends with the customer', async () => {
    const externalId = await makeCustomer(service);
    const headers = { 'x-customer-id': externalId };
    const portal = await startService(app, ['portal', 'customers'], admin);
    const make = () => app.call('POST', '/portal-sessions', { apiKey: portal.key, headers, body: {} });
    const answer = await open((await make()).body.url);
    const { url } = (await make()).body;
    expect((await app.call('DELETE', `/customers/${externalId}`, { apiKey: portal.key })).status).toBe(204);
    expect((await refresh(cookieOf(answer))).status).toBe(401);
    expect((await open(url)).status).toBe(400);
    const token = answer.body.accessToken;
    while ((await app.call('GET', '/quota', { token })).status !== 401) await new Promise(setImmediate);
  });

  it.each([
    [{ flow: 'console' }, 'flow'],
    [{ flow: 7 }, 'flow'],
    [{ returnUrl: 'javascript:alert(1)' }, 'returnUrl'],
    [{ returnUrl: '//evil.example.com' }, 'returnUrl'],
    [{ returnUrl: `https://example.com/${'x'.repeat(256)}` }, 'returnUrl'],
    [{ customer: 'a b' }, 'customer'],
    [{ customer: 7 }, 'customer'],
    [{ more: 1 }, 'more'],
  ])('refuses %j', async (body, field) => {
    const answer = field === 'customer' ? null : await admin.call('POST', '/portal-sessions', { body });
    if (answer) expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
    const portal = await startService(app, ['portal'], admin);
    const byService = await app.call('POST', '/portal-sessions', { apiKey: portal.key, body });
    expect(byService.status).toBeGreaterThanOrEqual(400);
    expect(byService.status).toBeLessThan(500);
  });
});
