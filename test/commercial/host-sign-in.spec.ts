import { Controller, Get, Post, Req, type INestApplication } from '@nestjs/common';
import { CurrentUser } from '../../src/auth/identity/caller/current-user.decorator.js';
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import { RequireQuota } from '../../src/quota/api/guard/require-quota.decorator.js';
import type { CommercialOptions } from '../../src/commercial/commercial-options.js';
import { PASSWORD } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { FakeChannel } from '../support/fake-channel.js';
import { fieldsAtFault, statuses, type Call } from '../support/http-client.js';
import { startPlainHost, type PlainHost } from '../support/plain-host.js';

const PLANS: CommercialOptions['plans'] = [
  {
    code: 'free',
    name: '免费版',
    description: '',
    price: '0.00',
    billingCycle: 'monthly',
    quotas: [{ quotaType: 'processing_count', quotaLimit: 10 }],
  },
  {
    code: 'pro',
    name: '专业版',
    description: '',
    price: '99.00',
    billingCycle: 'monthly',
    quotas: [{ quotaType: 'processing_count', quotaLimit: 100 }],
  },
];

@Controller('work')
class WorkController {
  @Post()
  @RequireQuota('dicom_processing')
  work(@CurrentUser() user: AuthenticatedUser, @Req() request: { user?: unknown }): object {
    return { user, hosts: request.user };
  }

  @Get('open')
  open(@CurrentUser() user: AuthenticatedUser | undefined): object {
    return { user: user ?? null };
  }
}

/** What the host's own sign-in knows a request by, as its own guard or middleware leaves it at `request.user`. */
interface HostRequest {
  headers: Record<string, string | undefined>;
  user?: { login: string };
}

function signIn(app: INestApplication): void {
  app.use((request: HostRequest & { raw?: HostRequest }, _response: unknown, next: () => void) => {
    const login = request.headers['x-login'];
    if (login !== undefined) request.user = { login };
    next();
  });
}

/** Fastify's middleware sees the raw request beneath. */
const loginOf = (request: HostRequest & { raw?: HostRequest }) => (request.user ?? request.raw?.user)?.login;

describe.each(['express', 'fastify'] as const)('a host on %s with users of its own', (platform) => {
  let database: TestDatabase;
  let host: PlainHost;
  let asked = 0;
  let serviceKey: string;

  async function identify(request: HostRequest) {
    asked += 1;
    const login = loginOf(request);
    if (login === 'breaks') throw new Error('the host’s directory is down');
    if (login === undefined || login === 'nobody') return null;
    if (login === 'odd') return { externalId: 'not an id' };
    if (login === 'odd-mail') return { externalId: 'odd-mail', email: 'nowhere' };
    const [externalId, email, displayName] = login.split('|');
    return { externalId: externalId!, ...(email && { email }), ...(displayName && { displayName }) };
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    host = await startPlainHost(platform, {
      database,
      controllers: [WorkController],
      prepare: signIn,
      options: {
        identify,
        plans: PLANS,
        payments: { others: [new FakeChannel('north')] },
        administrator: { externalId: 'the-boss' },
      },
    });
    const made = await as('the-boss').call('POST', '/admin/service-keys', {
      body: { name: 'backend', scopes: ['customers', 'quota'] },
    });
    expect(made.status).toBe(201);
    serviceKey = made.body.key;
  });
  afterAll(async () => {
    await host.close();
    await database.drop();
  });

  const as = (login: string) => ({
    call: (method: string, path: string, call: Call = {}) =>
      host.call(method, path, { ...call, headers: { 'x-login': login, ...call.headers } }),
  });
  const used = async () => Number((await host.sql('SELECT count(*) FROM commercial.usage_logs'))[0].count);
  const customers = (externalId: string) =>
    host.sql(
      `SELECT c.*, (SELECT count(*)::int FROM commercial.subscriptions s WHERE s.account_id = c.account_id) AS plans
       FROM commercial.customers c WHERE external_id = $1`,
      [externalId],
    );

  it('answers 401 where its sign-in finds nobody, and makes nobody', async () => {
    const before = await host.sql('SELECT count(*) FROM commercial.customers');
    for (const path of ['/users/me', '/quota', '/subscriptions/current', '/payments']) {
      expect((await host.call('GET', path)).status).toBe(401);
      expect((await as('nobody').call('GET', path)).status).toBe(401);
    }
    expect(await as('nobody').call('POST', '/work')).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHENTICATED' },
    });
    expect(await host.sql('SELECT count(*) FROM commercial.customers')).toEqual(before);
  });

  it('has the account made at the first touch, with the free plan', async () => {
    const { status, body } = await as('first|first@example.com|Li Wei').call('POST', '/work');
    expect(status).toBe(201);
    const [customer] = await customers('first');
    expect(customer).toMatchObject({ email: 'first@example.com', display_name: 'Li Wei', plans: 1 });
    expect(body.user).toEqual({
      id: customer.id,
      accountId: customer.account_id,
      accountRole: null,
      role: 'user',
      via: 'host',
      sessionId: null,
      apiKeyId: null,
      scopes: null,
    });
    const { body: current } = await as('first').call('GET', '/subscriptions/current');
    expect(current).toMatchObject({ plan: { code: 'free' }, quotas: [{ used: 1, limit: 10 }] });
  });

  it('keeps what it has at request.user, and is asked once for each request', async () => {
    asked = 0;
    const { body } = await as('asked').call('POST', '/work');
    // Fastify's own request has none; its middleware writes to the raw one.
    expect(body.hosts).toEqual(platform === 'express' ? { login: 'asked' } : undefined);
    expect(asked).toBe(1);
  });

  it('has one account made by many first touches at once', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => as('crowd').call('POST', '/work')));
    expect(statuses(answers)).toEqual({ 201: 10, 402: 30 });
    const found = await customers('crowd');
    expect(found).toHaveLength(1);
    expect(found[0].plans).toBe(1);
  });

  it.each([
    ['breaks', 'the host’s directory is down'],
    ['odd', 'externalId must be a text of 1 to 128'],
    ['odd-mail', 'the email of odd-mail is not an e-mail address'],
  ])('answers 500 where its sign-in %s, logs why and debits nothing', async (login, reason) => {
    const before = await used();
    host.said.error.length = 0;
    const answers = [
      await as(login).call('POST', '/work'),
      await as(login).call('POST', '/quota/consume', { body: { resourceType: 'dicom_processing' } }),
      await as(login).call('GET', '/quota'),
      await as(login).call('GET', '/quota', { headers: { 'x-customer-id': 'first' } }),
    ];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(500);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(body.code).toBe('INTERNAL_ERROR');
      expect(JSON.stringify(body)).not.toContain(reason);
    }
    expect(host.said.error).toHaveLength(4);
    for (const line of host.said.error) expect(line).toContain(reason);
    expect(await used()).toBe(before);
  });

  it('follows what its sign-in says of a user', async () => {
    await as('moves|old@example.com|Old').call('GET', '/quota');
    await as('moves|New@Example.com').call('GET', '/quota');
    expect((await customers('moves'))[0]).toMatchObject({ email: 'new@example.com', display_name: 'Old' });
    const { body } = await as('moves').call('GET', '/users/me');
    expect(body).toEqual({
      id: expect.any(String),
      email: 'new@example.com',
      displayName: 'Old',
      role: 'user',
      locale: 'zh-CN',
      createdAt: expect.any(String),
    });
  });

  it('lets its users see and change themselves', async () => {
    const user = as('changes');
    expect((await user.call('GET', '/users/me')).body).toMatchObject({ email: null, displayName: null });
    const changed = await user.call('PUT', '/users/me', { body: { displayName: 'Anna', locale: 'en' } });
    expect(changed).toMatchObject({ status: 200, body: { displayName: 'Anna', locale: 'en' } });
    expect((await user.call('GET', '/users/me')).body).toMatchObject({ displayName: 'Anna', locale: 'en' });
    const refused = await user.call('PUT', '/users/me', { body: { locale: 'fr' } });
    expect(fieldsAtFault(refused)).toEqual(['locale']);
  });

  it('sells to its users, and keeps their Idempotency-Keys apart', async () => {
    const order = (login: string, key: string) =>
      as(login).call('POST', '/subscriptions', {
        body: { planCode: 'pro', provider: 'north' },
        headers: { 'idempotency-key': key },
      });
    const first = await order('buyer', 'one');
    expect(first).toMatchObject({ status: 201, body: { payment: { provider: 'north', status: 'pending' } } });
    expect((await order('buyer', 'one')).body).toEqual(first.body);
    expect((await order('other', 'one')).body.payment.orderId).not.toBe(first.body.payment.orderId);
    const { orderId } = first.body.payment;
    expect((await as('buyer').call('GET', `/payments/${orderId}`)).status).toBe(200);
    expect((await as('other').call('GET', `/payments/${orderId}`)).status).toBe(404);
  });

  it.each([
    ['POST', '/users/me/password', { currentPassword: PASSWORD, newPassword: `${PASSWORD}!` }],
    ['DELETE', '/users/me', { password: PASSWORD }],
    ['GET', '/users/me/export', undefined],
    ['GET', '/sessions', undefined],
    ['DELETE', '/sessions', undefined],
    ['GET', '/api-keys', undefined],
    ['POST', '/api-keys', { name: 'x' }],
    ['GET', '/organizations', undefined],
    ['POST', '/organizations', { name: 'x' }],
    ['POST', '/invitations/accept', { token: 'x' }],
    ['POST', '/auth/register', { email: 'new@example.com', password: PASSWORD }],
    ['GET', '/admin/plans', undefined],
    ['POST', '/quota/consume', { resourceType: 'dicom_processing' }, { 'x-customer-id': 'first' }],
    ['GET', '/quota', undefined, { 'x-account-id': '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11' }],
  ] as const)('refuses its users %s %s', async (method, path, body, headers = undefined) => {
    const { status, body: problem } = await as('first').call(method, path, {
      ...(body && { body }),
      ...(headers && { headers }),
    });
    expect([status, problem.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('lets in as an administrator whom its options name', async () => {
    expect((await as('the-boss').call('GET', '/admin/plans')).status).toBe(200);
    expect((await as('the-boss').call('GET', '/users/me')).body.role).toBe('admin');
    const { body } = await as('the-boss').call('POST', '/admin/coupons', {
      body: { code: 'SPRING', percentOff: 10 },
    });
    expect([body.code, body.status]).not.toContain('INTERNAL_ERROR');
  });

  it('lets other backends act for its users by a service key', async () => {
    const headers = { 'x-customer-id': 'first' };
    const consumed = await host.call('POST', '/quota/consume', {
      apiKey: serviceKey,
      headers,
      body: { resourceType: 'dicom_processing' },
    });
    expect(consumed.status).toBe(200);
    expect((await host.call('GET', '/customers/first', { apiKey: serviceKey })).status).toBe(200);
  });

  it('makes a user anew who was erased', async () => {
    await as('leaves').call('POST', '/work');
    const [before] = await customers('leaves');
    expect((await host.call('DELETE', '/customers/leaves', { apiKey: serviceKey })).status).toBe(204);
    const { body } = await as('leaves').call('POST', '/work');
    expect(body.user.accountId).not.toBe(before.account_id);
    expect((await customers('leaves'))[0].plans).toBe(1);
  });

  it('leaves a handler open that no guard stands before', async () => {
    expect((await as('first').call('GET', '/work/open')).status).toBe(200);
  });
});

describe('a host with users of its own and an administrator of the package', () => {
  let database: TestDatabase;
  let host: PlainHost;

  beforeAll(async () => {
    database = await createTestDatabase();
    host = await startPlainHost('express', {
      database,
      asynchronous: true,
      controllers: [WorkController],
      options: {
        identify: ({ headers }: HostRequest) =>
          headers['x-login'] ? { externalId: headers['x-login'] } : null,
        plans: PLANS,
        administrator: { email: 'Boss@example.com', password: PASSWORD },
      },
    });
  });
  afterAll(async () => {
    await host.close();
    await database.drop();
  });

  it('lets that administrator in by a token, and nobody else’s token', async () => {
    const login = { body: { email: 'boss@example.com', password: PASSWORD } };
    const { status, body } = await host.call('POST', '/auth/login', login);
    expect(status).toBe(200);
    expect((await host.call('GET', '/admin/plans', { token: body.accessToken })).status).toBe(200);
    await host.sql(`UPDATE commercial.users SET role = 'user'`);
    const again = await host.call('POST', '/auth/login', login);
    expect((await host.call('GET', '/quota', { token: again.body.accessToken })).status).toBe(401);
    expect((await host.call('POST', '/work', { token: again.body.accessToken })).status).toBe(401);
    await host.sql(`UPDATE commercial.users SET role = 'admin'`);
  });

  it('believes its sign-in, whatever else a request carries', async () => {
    const { status, body } = await host.call('POST', '/work', {
      token: 'a token of the host’s own'.replaceAll(/[^ -~]/g, ''),
      headers: { 'x-login': 'anna' },
    });
    expect([status, body.user.via]).toEqual([201, 'host']);
  });
});

describe('an administrator by an address that the host proves', () => {
  it('is the user for whom the host’s sign-in answers it', async () => {
    const database = await createTestDatabase();
    const host = await startPlainHost('fastify', {
      database,
      options: {
        identify: ({ headers }: HostRequest) =>
          headers['x-login']
            ? { externalId: headers['x-login'], email: `${headers['x-login']}@example.com` }
            : null,
        plans: PLANS,
        administrator: { email: ' Anna@example.com' },
      },
    });
    const admin = (login: string) =>
      host.call('GET', '/admin/plans', { headers: { 'x-login': login } }).then(({ status }) => status);
    expect([await admin('anna'), await admin('ben')]).toEqual([200, 403]);
    await host.close();
    await database.drop();
  });
});
