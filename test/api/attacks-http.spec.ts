import type { Server } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { createApp } from '../../src/app/create-app.js';
import { createHttpAdapter } from '../../src/app/http-adapter.js';
import { consume, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { send } from '../support/http-client.js';

/** What a spec says to a server byte by byte. @returns everything that it answers until it closes. */
function say(url: string, ...parts: string[]): Promise<string> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  for (const part of parts) socket.write(part, 'latin1');
  return text(socket);
}

describe('attacks over HTTP', () => {
  let app: CommercialApp;
  let anna: Person;
  let bert: Person;

  beforeAll(async () => {
    app = await startApp();
    anna = await register(app, 'anna');
    bert = await register(app, 'bert');
  });
  afterAll(() => app.close());

  it.each(['/plans', '/users/me', '/nothing', '/docs', '/docs-json', '/health/live', '/metrics'])(
    '%s forbids sniffing, framing and foreign content (ASVS 3.4)',
    async (path) => {
      const { headers } = await app.call('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')?.split(';').toSorted()).toEqual([
        "base-uri 'none'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
        "style-src 'self' 'unsafe-inline'",
      ]);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
    },
  );

  it('asks for HTTPS in future only where it is served by HTTPS (ASVS 3.4.1)', async () => {
    expect((await app.call('GET', '/plans')).headers.get('strict-transport-security')).toBeNull();
    const secure = await createApp({
      commercial: {
        dataSource: app.dataSource,
        jwt: { secret: 'a-key-of-this-spec-with-32-bytes-or-more' },
        publicUrl: 'https://api.idoctor.cn',
      },
      dataSource: app.dataSource,
      sandbox: null,
      logLevel: 'silent',
      trustProxy: null,
      hsts: true,
    });
    await secure.listen(0, '127.0.0.1');
    const { headers } = await send(`${await secure.getUrl()}/health/live`, 'GET', {});
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    await secure.close();
  });

  it('lets no other origin’s script in unless it is named (API8, ASVS 3.5)', async () => {
    const origin = 'https://app.idoctor.cn';
    const preflight = { origin, 'access-control-request-method': 'POST' };
    const closed = await app.call('OPTIONS', '/quota/consume', { headers: preflight });
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();

    const open = await createApp({
      commercial: {
        dataSource: app.dataSource,
        jwt: { secret: 'a-key-of-this-spec-with-32-bytes-or-more' },
        publicUrl: 'https://api.idoctor.cn',
      },
      dataSource: app.dataSource,
      sandbox: null,
      logLevel: 'silent',
      trustProxy: null,
      corsOrigins: [origin],
    });
    await open.listen(0, '127.0.0.1');
    const ask = async (from: string) =>
      (await send(`${await open.getUrl()}/plans`, 'OPTIONS', { headers: { ...preflight, origin: from } }))
        .headers;
    const named = await ask(origin);
    expect(named.get('access-control-allow-origin')).toBe(origin);
    expect(named.get('access-control-allow-credentials')).toBeNull();
    expect(named.get('access-control-allow-methods')).toBe('GET, POST, PUT, PATCH, DELETE');
    expect(named.get('access-control-allow-headers')?.split(', ')).toEqual(
      expect.arrayContaining(['Authorization', 'X-API-Key', 'X-Account-Id', 'Idempotency-Key']),
    );
    // What a script may read of an answer; a browser asks for it with the request itself.
    const { headers: read } = await send(`${await open.getUrl()}/plans`, 'GET', { headers: { origin } });
    expect(read.get('access-control-expose-headers')).toContain('Retry-After');
    for (const other of ['https://evil.example', 'null', `${origin}.evil.example`, 'http://app.idoctor.cn']) {
      expect((await ask(other)).get('access-control-allow-origin')).toBeNull();
    }
    await open.close();
  });

  it('doesn’t unpack compressed bodies (API4)', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 0x20));
    for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip']) {
      const answer = await app.call('POST', '/auth/login', {
        body: bomb,
        headers: { 'content-encoding': encoding },
      });
      expect([400, 415]).toContain(answer.status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('cuts off a client that sends its request by drops, and serves the others meanwhile (API4)', async () => {
    expect((app.app.getHttpServer() as Server).requestTimeout).toBe(30_000);
    const adapter = createHttpAdapter(null, 300);
    const server = adapter.getInstance();
    server.post('/', async () => ({ whole: true }));
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    try {
      for (const length of ['content-length: 1000', 'transfer-encoding: chunked']) {
        const socket = connect(Number(new URL(url).port), '127.0.0.1');
        socket.on('error', () => undefined);
        socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${length}\r\n\r\n`);
        // Never silent for long: what ends it is the whole request's time, not an idle connection's.
        const drops = setInterval(() => socket.write(length.startsWith('t') ? '1\r\n \r\n' : ' '), 20);
        const answers = text(socket).catch(() => '');
        expect(await send(`${url}/`, 'POST', { body: {} })).toMatchObject({ status: 200 });
        expect(await answers).toMatch(/^(HTTP\/1\.1 408 .*)?$/s);
        clearInterval(drops);
      }
    } finally {
      await server.close();
    }
  });

  it('takes nothing from a header into another header or into a second answer (ASVS 1.3)', async () => {
    const answers = await say(
      app.url,
      'GET /plans HTTP/1.1\r\nhost: x\r\nx-request-id: a%0d%0aset-cookie: b=c\r\nconnection: close\r\n\r\n',
    );
    expect(answers).toMatch(/^HTTP\/1\.1 200 /);
    expect(answers).not.toMatch(/set-cookie/i);
    const bare = await say(
      app.url,
      'GET /plans HTTP/1.1\r\nhost: x\r\nx-request-id: a\rb\r\nconnection: close\r\n\r\n',
    );
    expect(bare).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('refuses requests whose length is ambiguous (request smuggling)', async () => {
    for (const head of [
      'content-length: 5\r\ntransfer-encoding: chunked',
      'transfer-encoding: chunked\r\ntransfer-encoding: identity',
      'transfer-encoding: xchunked',
      'content-length: +5',
      'content-length: 5, 5',
    ]) {
      const answer = await say(
        app.url,
        `POST /auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${head}\r\nconnection: close\r\n\r\n0\r\n\r\nGET /plans HTTP/1.1\r\nhost: x\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toContain('billingCycle');
    }
  });

  it('believes no method and no host that a header names', async () => {
    const overridden = await anna.call('GET', '/users/me', {
      headers: { 'x-http-method-override': 'DELETE', 'x-forwarded-host': 'evil.example' },
    });
    expect(overridden.status).toBe(200);
    const order = await anna.call('POST', '/subscriptions', {
      body: { planCode: 'pro', provider: 'alipay' },
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' },
    });
    expect(JSON.stringify(order.body)).not.toContain('evil.example');
  });

  describe('other people’s objects (API1)', () => {
    it('aren’t there: payments, keys and their deeds', async () => {
      const order = await anna.call('POST', '/subscriptions', {
        body: { planCode: 'enterprise', provider: 'alipay' },
      });
      const { orderId } = order.body.payment;
      const key = await anna.call('POST', '/api-keys', { body: { name: 'mine' } });
      for (const [method, path] of [
        ['GET', `/payments/${orderId}`],
        ['POST', `/payments/${orderId}/close`],
        ['DELETE', `/api-keys/${key.body.id}`],
      ] as const) {
        const answer = await bert.call(method, path);
        expect(answer).toMatchObject({ status: 404 });
        // Word for word what somebody gets who asks for what never was.
        const never = path
          .replace(orderId, '0'.repeat(32))
          .replace(key.body.id, '00000000-0000-4000-8000-000000000000');
        expect((await bert.call(method, never)).body).toEqual(answer.body);
      }
      expect((await anna.call('GET', `/payments/${orderId}`)).body.status).toBe('pending');
      expect((await bert.call('GET', '/payments')).body.items).toEqual([]);
      expect((await bert.call('GET', '/api-keys')).body.items).toEqual([]);
    });

    it('aren’t reached by an account that a body or a query names', async () => {
      const before = (await anna.call('GET', '/quota')).body;
      for (const extra of [{ accountId: anna.id }, { userId: anna.id }]) {
        expect((await consume(bert, extra)).status).toBe(400);
      }
      expect((await bert.call('GET', `/usage?accountId=${anna.id}`)).status).toBe(400);
      expect((await bert.call('GET', `/payments?userId=${anna.id}`)).status).toBe(400);
      expect((await anna.call('GET', '/quota')).body).toEqual(before);
    });
  });

  it('takes no property that a caller may not set (API3)', async () => {
    for (const surplus of [
      { role: 'admin' },
      { id: bert.id },
      { email: 'x@example.com' },
      { isAdmin: true },
    ]) {
      expect(
        (await anna.call('PUT', '/users/me', { body: { displayName: 'Anna', ...surplus } })).status,
      ).toBe(400);
    }
    const body = { email: 'carl@example.com', password: 'correct horse battery staple', role: 'admin' };
    expect((await app.call('POST', '/auth/register', { body })).status).toBe(400);
    for (const surplus of [{ price: '0.01' }, { amount: '0.01' }, { status: 'active' }]) {
      const order = await anna.call('POST', '/subscriptions', { body: { planCode: 'pro', ...surplus } });
      expect(order.status).toBe(400);
    }
    expect((await anna.call('GET', '/users/me')).body).toMatchObject({ role: 'user', email: anna.email });
  });

  it('shows no more of a thing than its answer documents (API3)', async () => {
    const me = (await anna.call('GET', '/users/me')).body;
    expect(JSON.stringify(me)).not.toMatch(/hash|argon|password/i);
    const keys = (await anna.call('GET', '/api-keys')).body;
    expect(JSON.stringify(keys)).not.toMatch(/hash|"key"/i);
  });

  it('tells nothing of its inside in an error (API8, ASVS 16.5)', async () => {
    await app.sql('ALTER TABLE commercial.usage_logs RENAME COLUMN resource_type TO resource_kind');
    try {
      const answer = await consume(anna);
      expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
      expect(JSON.stringify(answer.body)).not.toMatch(/resource_|column|relation|select|insert|\bat /i);
    } finally {
      await app.sql('ALTER TABLE commercial.usage_logs RENAME COLUMN resource_kind TO resource_type');
    }
  });
});
