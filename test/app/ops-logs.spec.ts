import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { queryRow, until } from '../support/embedded-process.js';
import { send } from '../support/http-client.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

const HOOKS = fileURLToPath(new URL('../support/typescript-hooks.mjs', import.meta.url));
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Each unlike anything that a log has reason to hold. */
const CANARY = {
  jwtSecret: 'canary-jwt-4bb1e0c2-5d2f-4a1e-9d0c-7d1f3a9b2c4d',
  adminPassword: 'canary-admin-pass-81f2',
  password: 'canary-user-pass-5c1d',
  wrongPassword: 'canary-wrong-pass-0e7a',
  bearer: 'canary-bearer-19ab',
  apiKey: 'canary-api-key-77cd',
  cookie: 'canary-cookie-42ef',
  basic: 'canary-basic-90aa',
  refreshToken: 'canary-refresh-3b3b',
  query: 'canary-query-6d6d',
  webhook: 'canary-webhook-2f2f',
  idempotencyKey: 'canary-idempotency-8e8e',
};

describe('the log, at its most talkative', () => {
  let database: TestDatabase;
  let folder: TemporaryFolder;
  let child: ChildProcess;
  let url: string;
  const lines: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await createTemporaryFolder();
    child = spawn(process.execPath, ['--import', HOOKS, MAIN], {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: database.url,
        DATA_DIR: folder.dataDir,
        PORT: '0',
        LOG_LEVEL: 'trace',
        TRUST_PROXY: 'loopback',
        JWT_SECRET: CANARY.jwtSecret,
        ADMIN_EMAIL: 'admin@example.com',
        ADMIN_PASSWORD: CANARY.adminPassword,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => lines.push(line));
    }
    await until(async () => lines.some((line) => /^\s+API\s/.test(line)));
    url = /http:\S+/.exec(lines.find((line) => /^\s+API\s/.test(line))!)![0];
  }, 90_000);
  afterAll(async () => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
    await database.drop();
    await folder.remove();
  });

  /** One line with that id is written when the request has ended; everything about it stands before. */
  async function logged(requestId: string): Promise<Record<string, any>[]> {
    const named = `"id":"${requestId}"`;
    await until(async () => lines.some((line) => line.includes(named) && line.includes('responseTime')));
    return lines.filter((line) => line.includes(named)).map((line) => JSON.parse(line));
  }

  /** The line that ends a request; a mail that follows it has the same id. */
  const endOf = async (id: string) => (await logged(id)).find((line) => 'responseTime' in line)!;

  async function call(id: string, method: string, path: string, options: Parameters<typeof send>[2] = {}) {
    const headers = { 'x-request-id': id, ...options.headers };
    return send(url + path, method, { ...options, headers });
  }

  it('names each request by its id, method, path, status and time', async () => {
    await call('one-request', 'GET', `/plans?q=${CANARY.query}`);
    expect(await logged('one-request')).toEqual([
      expect.objectContaining({
        level: 30,
        req: { id: 'one-request', method: 'GET', path: '/plans', remoteAddress: '127.0.0.1' },
        res: { statusCode: 200 },
        responseTime: expect.any(Number),
      }),
    ]);
  });

  it('names the client’s address instead of the proxy’s, and the caller by ids', async () => {
    const body = { email: 'traced@example.com', password: CANARY.password };
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    const { user, accessToken: token } = (await call('t1', 'POST', '/auth/register', { body, headers })).body;
    const { key, id: apiKeyId } = (
      await call('t2', 'POST', '/api-keys', { body: { name: 'k' }, token, headers })
    ).body;
    await call('t3', 'GET', '/users/me', { apiKey: key, headers });
    // Recognised and refused, and not recognised.
    await call('t4', 'GET', '/admin/users', { token, headers });
    await call('t5', 'GET', '/users/me', { token: CANARY.bearer, headers });
    const lines = await Promise.all(['t1', 't2', 't3', 't4', 't5'].map(async (id) => await endOf(id)));
    expect(lines.map(({ req }) => req.remoteAddress)).toEqual(Array(5).fill('203.0.113.7'));
    const ids = { userId: user.id, accountId: expect.any(String) };
    const byToken = { ...ids, sessionId: expect.any(String) };
    expect(lines.map(({ caller }) => caller)).toEqual([
      undefined,
      byToken,
      { ...ids, apiKeyId },
      byToken,
      undefined,
    ]);
    expect(lines.map(({ res }) => res.statusCode)).toEqual([201, 201, 200, 403, 401]);
    const { accessToken: admin } = (
      await call('t6', 'POST', '/auth/login', {
        body: { email: 'admin@example.com', password: CANARY.adminPassword },
      })
    ).body;
    const service = (
      await call('t7', 'POST', '/admin/service-keys', {
        token: admin,
        body: { name: 'backend', scopes: ['customers', 'quota'] },
      })
    ).body;
    await call('t8', 'GET', '/customers', { apiKey: service.key });
    expect(await endOf('t8')).toMatchObject({ caller: { serviceKeyId: service.id } });
    await call('t9', 'PUT', '/customers/c-1', { apiKey: service.key, body: {} });
    await call('t10', 'GET', '/quota', { apiKey: service.key, headers: { 'x-customer-id': 'c-1' } });
    expect(await endOf('t10')).toMatchObject({
      caller: { serviceKeyId: service.id, accountId: expect.any(String) },
    });
  });

  it('can’t be made to hold a line of somebody else’s (log injection)', async () => {
    const before = lines.length;
    await call('injected', 'GET', '/plans%0a{"level":60,"msg":"forged"}');
    await logged('injected');
    for (const line of lines.slice(before)) expect(JSON.parse(line).level).not.toBe(60);
  });

  it('names nobody: no e-mail address and no name, though users and administrators come and go', async () => {
    const body = { email: 'clara.clear@example.com', password: CANARY.password, displayName: 'Clara Clear' };
    const { accessToken: token } = (await call('n1', 'POST', '/auth/register', { body })).body;
    await call('n2', 'POST', '/auth/register', { body });
    const { email } = body;
    await call('n3', 'POST', '/auth/login', { body: { email, password: CANARY.wrongPassword } });
    await call('n5', 'GET', `/admin/users?search=${encodeURIComponent(email)}`, { token });
    await call('n6', 'PUT', '/users/me', { token, body: { displayName: 'Clara C. Clear' } });
    await call('n7', 'GET', '/users/me/export', { token });
    await call('n8', 'DELETE', '/users/me', { token, body: { password: CANARY.password } });
    await logged('n8');
    // What isn't JSON greets whoever starts the service, and tells them which address to sign in with.
    // Nor is a mail a line of the log in production, or where a server sends it.
    const log = lines.filter((line) => line.startsWith('{') && !line.includes('SMTP_URL is not set'));
    expect(log.filter((line) => /clara|clear|admin@example\.com/i.test(line))).toEqual([]);
  });

  it('holds no secret, wherever one was sent', async () => {
    const body = { email: 'anna@example.com', password: CANARY.password };
    const registered = await call('r1', 'POST', '/auth/register', { body });
    const { accessToken, refreshToken } = registered.body;
    await call('r2', 'POST', '/auth/login', { body: { ...body, password: CANARY.wrongPassword } });
    await call('r3', 'POST', '/auth/login', { body: { ...body, [CANARY.password]: CANARY.wrongPassword } });
    await call('r4', 'POST', '/auth/login', { body: `{"password":"${CANARY.wrongPassword}` });
    await call('r5', 'POST', '/auth/refresh', { body: { refreshToken: CANARY.refreshToken } });
    await call('r6', 'POST', '/auth/refresh', { body: { refreshToken } });
    await call('r7', 'GET', '/users/me', { token: CANARY.bearer });
    await call('r8', 'GET', '/users/me', { apiKey: CANARY.apiKey });
    await call('r9', 'GET', '/users/me', {
      headers: { cookie: `session=${CANARY.cookie}`, authorization: `Basic ${CANARY.basic}` },
    });
    const { key } = (await call('r10', 'POST', '/api-keys', { body: { name: 'k' }, token: accessToken }))
      .body;
    await call('r11', 'GET', '/users/me', { apiKey: key });
    const order = { body: { planCode: 'pro', provider: 'alipay' }, token: accessToken };
    const ordered = await call('r12', 'POST', '/subscriptions', {
      ...order,
      headers: { 'idempotency-key': CANARY.idempotencyKey },
    });
    const { paymentUrl } = ordered.body.payment;
    await call('r13', 'POST', '/webhooks/alipay', {
      body: new URLSearchParams({ out_trade_no: 'x', sign: CANARY.webhook }),
    });
    await call('r14', 'POST', '/webhooks/wechat', { body: { resource: { ciphertext: CANARY.webhook } } });
    const newPassword = `${CANARY.password}-new`;
    const change = { body: { currentPassword: CANARY.password, newPassword }, token: accessToken };
    await call('r15', 'POST', '/users/me/password', change);

    // A failing statement carries its parameters into the error that is logged.
    for (const table of ['users', 'sessions', 'api_keys', 'usage_logs']) {
      await queryRow(database.url, `ALTER TABLE commercial.${table} RENAME TO ${table}_gone`);
    }
    for (const [id, method, path, options] of [
      ['f1', 'POST', '/auth/register', { body: { ...body, email: 'bert@example.com' } }],
      ['f2', 'POST', '/auth/login', { body }],
      ['f3', 'POST', '/auth/refresh', { body: { refreshToken } }],
      ['f4', 'GET', '/users/me', { apiKey: key }],
    ] as const) {
      expect((await call(id, method, path, options)).status).toBe(500);
    }
    await Promise.all(['r15', 'f1', 'f2', 'f3', 'f4'].map(logged));
    const failures = lines.filter((line) => line.includes('"level":50'));
    expect(failures.length).toBeGreaterThan(3);

    const databasePassword = new URL(database.url).password;
    const sign = new URL(paymentUrl ?? 'http://x/?sign=none-in-this-link').searchParams.get('sign')!;
    const secrets = { ...CANARY, accessToken, refreshToken, key, databasePassword, sign };
    const log = lines.join('\n');
    for (const [name, secret] of Object.entries(secrets)) {
      expect([name, log.includes(secret)]).toEqual([name, false]);
    }
    expect(lines.filter((line) => /BEGIN (RSA )?PRIVATE KEY|\$argon2/.test(line))).toEqual([]);
  });
});
