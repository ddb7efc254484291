import { administrator, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { fieldsAtFault } from '../support/http-client.js';

/** Every route of the contract, with who may call it. */
const ROUTES: readonly [method: string, path: string, who: 'anyone' | 'user' | 'person' | 'admin'][] = [
  ['POST', '/auth/register', 'anyone'],
  ['POST', '/auth/login', 'anyone'],
  ['POST', '/auth/refresh', 'anyone'],
  ['POST', '/auth/logout', 'anyone'],
  ['GET', '/users/me', 'user'],
  ['PUT', '/users/me', 'user'],
  ['POST', '/users/me/password', 'person'],
  ['POST', '/api-keys', 'person'],
  ['GET', '/api-keys', 'person'],
  ['DELETE', '/api-keys/{id}', 'person'],
  ['GET', '/plans', 'anyone'],
  ['POST', '/subscriptions', 'user'],
  ['GET', '/subscriptions/current', 'user'],
  ['GET', '/payments', 'user'],
  ['GET', '/payments/{orderId}', 'user'],
  ['POST', '/payments/{orderId}/close', 'user'],
  ['POST', '/payments/{orderId}/refunds', 'admin'],
  ['POST', '/webhooks/alipay', 'anyone'],
  ['POST', '/webhooks/wechat', 'anyone'],
  ['GET', '/quota', 'user'],
  ['POST', '/quota/check', 'user'],
  ['POST', '/quota/consume', 'user'],
  ['GET', '/usage', 'user'],
  ['GET', '/health/live', 'anyone'],
  ['GET', '/health/ready', 'anyone'],
  ['GET', '/metrics', 'anyone'],
  ['POST', '/sandbox/payments/{orderId}/pay', 'anyone'],
  ['GET', '/sandbox/cashier/{orderId}', 'anyone'],
];

const LISTS = ['/payments', '/usage', '/api-keys'];

function concrete(path: string): string {
  return path.replace('{orderId}', '0'.repeat(32)).replace('{id}', '00000000-0000-4000-8000-000000000000');
}

describe('the routes of the contract', () => {
  let app: CommercialApp;
  let anna: Person;
  let apiKey: string;

  beforeAll(async () => {
    app = await startApp();
    anna = await register(app, 'anna');
    apiKey = (await anna.call('POST', '/api-keys', { body: { name: 'all of mine' } })).body.key;
  });
  afterAll(() => app.close());

  it('are all in the OpenAPI document', async () => {
    const { status, body } = await app.call('GET', '/docs-json');
    expect(status).toBe(200);
    expect(body.openapi).toMatch(/^3\./);
    const missing = ROUTES.filter(([method, path]) => !body.paths[path]?.[method.toLowerCase()]);
    expect(missing).toEqual([]);
  });

  it('serves Swagger UI', async () => {
    const page = await app.call('GET', '/docs');
    expect(page.status).toBe(200);
    expect(page.body).toContain('swagger-ui');
  });

  it.each(ROUTES)('%s %s answers alike with a trailing slash', async (method, path, who) => {
    const token = who === 'anyone' ? undefined : anna.token;
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    const [plain, slashed] = await Promise.all(
      ['', '/'].map((slash) => app.call(method, concrete(path) + slash, { token, body })),
    );
    expect(slashed!.status).toBe(plain!.status);
    expect(slashed!.body?.code).toBe(plain!.body?.code);
    expect(plain!.status).not.toBe(405);
    expect(plain!.status).toBeLessThan(500);
  });

  it.each(ROUTES.filter(([, , who]) => who !== 'anyone'))(
    '%s %s takes somebody who is signed in',
    async (method, path) => {
      for (const call of [{}, { token: 'nonsense' }, { apiKey: 'nonsense' }, { token: `${anna.token}x` }]) {
        const answer = await app.call(method, concrete(path), call);
        expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED', status: 401 } });
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
    },
  );

  it.each(ROUTES.filter(([, , who]) => who === 'user'))('%s %s takes an API key', async (method, path) => {
    const body = method === 'GET' ? undefined : {};
    expect([401, 403]).not.toContain((await app.call(method, concrete(path), { apiKey, body })).status);
  });

  it.each(ROUTES.filter(([, , who]) => who === 'person'))('%s %s takes no API key', async (method, path) => {
    const answer = await app.call(method, concrete(path), { apiKey });
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  it.each(ROUTES.filter(([, , who]) => who === 'admin'))(
    '%s %s takes an administrator',
    async (method, path) => {
      expect((await anna.call(method, concrete(path), { body: {} })).body.code).toBe('FORBIDDEN');
      const admin = await administrator(app);
      expect((await admin.call(method, concrete(path), { body: {} })).body.code).toBe('NOT_FOUND');
    },
  );

  it.each(LISTS)('%s takes limits from 1 to 100 and cursors of its own', async (path) => {
    for (const good of ['', '?limit=1', '?limit=100']) {
      const { status, body } = await anna.call('GET', path + good);
      expect(status).toBe(200);
      expect(body).toEqual({ items: expect.any(Array), nextCursor: null });
    }
    for (const limit of ['0', '101', '-1', 'abc', '', '1.5', '0x10', '1e1', '99999999999999999999']) {
      expect(fieldsAtFault(await anna.call('GET', `${path}?limit=${limit}`))).toEqual(['limit']);
    }
    expect(fieldsAtFault(await anna.call('GET', `${path}?limit=1&limit=2`))).toEqual(['limit']);
    const forged = Buffer.from('2026-01-01T00:00:00.000Z not-a-uuid').toString('base64url');
    for (const cursor of ['x', '', '%00', 'a'.repeat(201), forged]) {
      expect(fieldsAtFault(await anna.call('GET', `${path}?cursor=${cursor}`))).toEqual(['cursor']);
    }
    expect(fieldsAtFault(await anna.call('GET', `${path}?sort=asc`))).toEqual(['sort']);
  });

  it('refuses ids that aren’t one', async () => {
    for (const orderId of [
      'x',
      '0'.repeat(31),
      '0'.repeat(33),
      `${'0'.repeat(31)}%00`,
      `${'0'.repeat(31)}-`,
    ]) {
      for (const [method, suffix] of [
        ['GET', ''],
        ['POST', '/close'],
      ] as const) {
        const answer = await anna.call(method, `/payments/${orderId}${suffix}`);
        expect(fieldsAtFault(answer)).toEqual(['orderId']);
      }
    }
    for (const id of ['x', '00000000-0000-0000-0000', '%00', `00000000-0000-4000-8000-00000000000g`]) {
      expect(fieldsAtFault(await anna.call('DELETE', `/api-keys/${id}`))).toEqual(['id']);
    }
  });

  it('answers problems in the language asked for, Chinese by default', async () => {
    const title = async (language?: string) =>
      (await app.call('GET', '/users/me', { headers: { 'accept-language': language ?? '*' } })).body.title;
    expect(await title()).toBe('未登录');
    expect(await title('zh')).toBe('未登录');
    expect(await title('de, fr;q=0.5')).toBe('未登录');
    expect(await title('en-US,en;q=0.9')).toBe('Not signed in');
    const answer = await app.call('GET', '/users/me');
    expect(answer.headers.get('content-language')).toBe('en');
  });

  it('answers a path that nobody serves, and a method that a path doesn’t take', async () => {
    expect(await app.call('GET', '/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    const wrong = await app.call('DELETE', '/plans');
    expect([404, 405]).toContain(wrong.status);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
  });

  it('shows health, and metrics in Prometheus’ text format', async () => {
    expect(await app.call('GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await app.call('GET', '/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const metrics = await app.call('GET', '/metrics');
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(metrics.body).toContain('# TYPE commercial_payment_notifications_total counter');
    expect(metrics.body).toContain('process_cpu_seconds_total');
  });

  it('gives each answer a request id, the caller’s where it is a plain one', async () => {
    const idOf = async (given?: string) =>
      (await app.call('GET', '/plans', { headers: given ? { 'x-request-id': given } : {} })).headers.get(
        'x-request-id',
      );
    expect(await idOf('abc-123')).toBe('abc-123');
    expect(await idOf('<script>')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf()).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('without its database', () => {
  it('is alive but not ready, and comes back', async () => {
    const app = await startApp();
    try {
      await app.dataSource.destroy();
      expect((await app.call('GET', '/health/live')).status).toBe(200);
      expect(await app.call('GET', '/health/ready')).toMatchObject({
        status: 503,
        body: { code: 'SERVICE_UNAVAILABLE' },
      });
      expect((await app.call('GET', '/plans')).status).toBe(500);
      await app.dataSource.initialize();
      expect((await app.call('GET', '/health/ready')).status).toBe(200);
      expect((await app.call('GET', '/plans')).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});

describe('without the sandbox', () => {
  it('serves neither gateways nor cashier', async () => {
    const app = await startApp();
    const beside = await startApp({ beside: app });
    try {
      for (const path of ['/sandbox/payments/x/pay', '/sandbox/alipay/gateway.do', '/sandbox/cashier/x']) {
        expect((await beside.call('POST', path)).body.code).toBe('NOT_FOUND');
      }
      expect(Object.keys((await beside.call('GET', '/docs-json')).body.paths).join()).not.toContain(
        'sandbox',
      );
    } finally {
      await beside.close();
      await app.close();
    }
  });
});
