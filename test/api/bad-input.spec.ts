import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { administrator, order, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { statuses, type Answer, type Call } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { books } from '../support/webhooks.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Every route that takes a body, with one that is nearly right and the field that a test may spoil. */
const BODIES: readonly [method: string, path: string, body: Record<string, unknown>, field: string][] = [
  ['POST', '/auth/register', { email: 'x@example.com', password: 'correct horse battery' }, 'email'],
  ['POST', '/auth/login', { email: 'x@example.com', password: 'wrong horse battery' }, 'email'],
  ['POST', '/auth/refresh', { refreshToken: 'x' }, 'refreshToken'],
  ['POST', '/auth/logout', { refreshToken: 'x' }, 'refreshToken'],
  ['PUT', '/users/me', { displayName: 'x' }, 'displayName'],
  ['POST', '/users/me/password', { currentPassword: 'x', newPassword: 'correct horse' }, 'newPassword'],
  ['POST', '/api-keys', { name: 'x' }, 'name'],
  ['POST', '/subscriptions', { planCode: 'pro', provider: 'alipay' }, 'planCode'],
  ['POST', `/payments/${'0'.repeat(32)}/refunds`, { amount: '1.00' }, 'amount'],
  ['POST', '/quota/check', { resourceType: 'dicom_processing' }, 'resourceType'],
  ['POST', '/quota/consume', { resourceType: 'dicom_processing' }, 'resourceType'],
];

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  1e308,
  [],
  ['x'],
  {},
  { toString: 'x' },
  { length: 3 },
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u0007',
  'x'.repeat(100_000),
];

describe('bad input', () => {
  let app: CommercialApp;
  let anna: Person;
  let admin: Person;

  beforeAll(async () => {
    app = await startApp();
    anna = await register(app, 'anna');
    admin = await administrator(app);
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  const call = (method: string, path: string, options: Call = {}): Promise<Answer> =>
    app.call(method, path, { token: path.endsWith('refunds') ? admin.token : anna.token, ...options });

  function expectRefusal(answer: Answer, allowed: readonly number[]): void {
    expect(allowed).toContain(answer.status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status: answer.status, code: expect.any(String) });
  }

  describe.each(BODIES)('%s %s', (method, path, body, field) => {
    it('refuses each wrong value of a field by its name', async () => {
      for (const value of VALUES) {
        const answer = await call(method, path, { body: { ...body, [field]: value } });
        // A null is as good as absent where the field may be absent.
        if (value === null && answer.status !== 400) continue;
        expectRefusal(answer, [400]);
        expect(answer.body.errors[0].field).toBe(field);
      }
    });

    it('refuses bodies that are no object', async () => {
      for (const raw of ['null', '[]', '"text"', '5', 'true', `[${JSON.stringify(body)}]`]) {
        expectRefusal(await call(method, path, { body: raw }), [400]);
      }
    });

    it('refuses bodies that are no JSON', async () => {
      for (const raw of ['', '{', '{"a":}', "{'a':1}", '{"a":1}}', '\u0000', 'NaN', '{"a":1e999}x']) {
        expectRefusal(await call(method, path, { body: raw, headers: JSON_TYPE }), [400]);
      }
    });

    it('refuses fields that it doesn’t know', async () => {
      const answer = await call(method, path, { body: { ...body, surplus: 1, role: 'admin' } });
      expectRefusal(answer, [400]);
      expect(answer.body.errors.map((error: { field: string }) => error.field).sort()).toEqual([
        'role',
        'surplus',
      ]);
    });

    it('refuses members that reach for a prototype', async () => {
      const inner = JSON.stringify(body).slice(1);
      for (const raw of [
        `{"__proto__":{"role":"admin"},${inner}`,
        `{"__proto__":null,${inner}`,
        `{"constructor":{"prototype":{"role":"admin"}},${inner}`,
        `{"hasOwnProperty":1,${inner}`,
      ]) {
        expectRefusal(await call(method, path, { body: raw }), [400]);
      }
      expect(({} as Record<string, unknown>)['role']).toBeUndefined();
    });

    it('refuses other content types', async () => {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/xml',
        'application/octet-stream',
        'nonsense',
      ]) {
        const answer = await call(method, path, {
          body: JSON.stringify(body),
          headers: { 'content-type': type },
        });
        expectRefusal(answer, [400, 415]);
      }
    });

    it('takes no form, even one that says the same', async () => {
      const form = new URLSearchParams(Object.entries(body).map(([name, value]) => [name, String(value)]));
      expectRefusal(await call(method, path, { body: form }), [415]);
    });

    it('refuses deep nesting without walking through it', async () => {
      const deep = `{"${field}":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
      const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
      // A key makes the body's fingerprint first, before any validation.
      const headers = { 'idempotency-key': 'deep' };
      for (const raw of [deep, objects]) {
        expectRefusal(await call(method, path, { body: raw }), [400, 413]);
        expectRefusal(await call(method, path, { body: raw, headers }), [400, 413]);
      }
    });

    it('refuses more than 1 MiB, announced or not', async () => {
      const large = `{"${field}":"${'x'.repeat(1024 * 1024)}"}`;
      expectRefusal(await call(method, path, { body: large }), [413]);
    });
  });

  it('takes just less than 1 MiB as far as the fields allow', async () => {
    const body = `{"name":"${'x'.repeat(1024 * 1024 - 100)}"}`;
    const answer = await call('POST', '/api-keys', { body });
    expectRefusal(answer, [400]);
    expect(answer.body.errors[0].field).toBe('name');
  });

  it('refuses a chunked body as soon as it passes 1 MiB', async () => {
    const head = `POST /auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n`;
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    expect(await raw(head + chunk.repeat(17) + '0\r\n\r\n')).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('refuses bytes that are no UTF-8, and takes a byte order mark for no JSON', async () => {
    const invalid = Buffer.concat([
      Buffer.from('{"name":"'),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from('"}'),
    ]);
    const answer = await call('POST', '/api-keys', { body: invalid });
    expect(answer.status).toBeLessThan(500);
    const marked = await call('POST', '/api-keys', { body: '\ufeff{"name":"x"}' });
    expect(marked.status).toBeLessThan(500);
  });

  it('answers requests that are hardly HTTP', async () => {
    for (const [request, status] of [
      ['NONSENSE\r\n\r\n', 400],
      ['GET /plans HTTP/1.1\r\n\r\n', 400],
      [`GET /plans HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\nconnection: close\r\n\r\n`, 431],
      ['GET /%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
      ['GET /payments/%00 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 401],
      ['GET //plans HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 404],
      ['GET /../plans HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 404],
      ['POST /auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx', 400],
    ] as const) {
      expect(await raw(request)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    }
  });

  it('takes no quoted local part and no line break, wherever an e-mail address is taken', async () => {
    const fields = emailFields();
    expect(fields.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        '/auth/register',
        '/auth/password-reset',
        '/organizations/{id}/invitations',
        '/payments/{orderId}/fapiao',
      ]),
    );
    for (const { method, path, field } of fields) {
      for (const email of [
        '"li wei"@example.com',
        '"li\r\nBcc: x@example.com"@example.com',
        'li.wei@example.com\r\nBcc: x@example.com',
        'li.wei@example.com\n',
      ]) {
        const at = path.replace('{orderId}', '0'.repeat(32)).replace(/\{\w+\}/, anna.id);
        const answer = await call(method, at, { token: admin.token, body: { [field]: email } });
        expectRefusal(answer, [400]);
        expect(answer.body.errors).toContainEqual({
          field,
          message: `${field} must be an e-mail address`,
        });
      }
    }
  });

  it('takes queries of any form', async () => {
    for (const path of ['/payments', '/usage', '/api-keys', '/plans', '/quota', '/subscriptions/current']) {
      for (const query of [
        'limit[]=1',
        'limit[gt]=1',
        '__proto__[x]=1',
        'constructor=1',
        'cursor=%00',
        'cursor=%ff%fe',
        'cursor=a&cursor=b',
        'from=a&from=b',
        'resourceType=a&resourceType=b',
        'limit=1e3',
        'limit=NaN',
        '%zz',
        '=',
        '&&&',
        `x=${'y'.repeat(8000)}`,
        'limit=%D9%A1',
      ]) {
        const answer = await call('GET', `${path}?${query}`);
        expect(answer.status).toBeLessThan(500);
      }
    }
  });

  it('takes headers of any form', async () => {
    const { orderId } = await order(anna, 'wechat');
    for (const headers of [
      { authorization: 'Bearer' },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${'x'.repeat(6000)}` },
      { authorization: `Bearer ${anna.token} x` },
      { authorization: 'Basic eDp5' },
      { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' },
      { 'x-api-key': '' },
      { 'x-api-key': 'idk_\u00ff' },
      { 'x-api-key': `idk_${'A'.repeat(4000)}` },
      { 'accept-language': ';;q=x,,*,zh;q=999' },
      { accept: 'nonsense' },
      { 'x-forwarded-for': '\u00ff, ::, 999.1.1.1' },
      { 'content-type': '\u00ff' },
      { 'content-type': 'application/json; charset=utf-7' },
    ]) {
      const answer = await app.call('GET', `/payments/${orderId}`, { headers: headers as never });
      expect(answer.status).toBeLessThan(500);
    }
    for (const type of [
      'application/json; charset=utf-7',
      'application/json;',
      'APPLICATION/JSON',
      '\u00ff',
    ]) {
      const answer = await call('POST', '/quota/check', {
        body: '{"resourceType":"dicom_processing"}',
        headers: { 'content-type': type },
      });
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('takes no id that isn’t a plain one', async () => {
    const ids = ['..', '%2e%2e', '%2F', '%00', 'null', '0', '-1', "' OR 1=1 --", '😀', 'x'.repeat(5000)];
    for (const id of ids) {
      const path = id.startsWith('%') ? id : encodeURIComponent(id);
      const answers = [
        await call('GET', `/payments/${path}`),
        await call('POST', `/payments/${path}/close`),
        await call('DELETE', `/api-keys/${path}`),
        await call('POST', `/sandbox/payments/${path}/pay`),
        await call('GET', `/sandbox/cashier/${path}`),
        await call('POST', `/webhooks/${path}`, { body: {} }),
      ];
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      // `..` leads to the bare address, which answers everybody.
      const answered = answers.filter(({ status, body }) => status < 400 && body?.health === undefined);
      expect(answered).toEqual([]);
    }
  });

  it('changed nothing by all of it', async () => {
    const { orders: payments, usage_logs: usage } = await books(app);
    expect(usage).toEqual([]);
    expect(statuses(payments as { status: never }[])).toEqual({ pending: 1 });
    const people = await app.sql(`SELECT role FROM commercial.users ORDER BY role`);
    expect(people).toEqual([{ role: 'admin' }, { role: 'user' }]);
  });

  /** What the server sends in answer to these very bytes. */
  async function raw(request: string): Promise<string> {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(request);
    return text(socket);
  }
});

/** Every field of a body that the OpenAPI document describes as an e-mail address. */
function emailFields(): { method: string; path: string; field: string }[] {
  const { paths, components } = JSON.parse(readFileSync('openapi.json', 'utf8'));
  return Object.entries<Record<string, any>>(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { requestBody }]) => {
      const reference = requestBody?.content?.['application/json']?.schema?.$ref;
      const properties = components.schemas[reference?.split('/').at(-1)]?.properties ?? {};
      return (
        Object.keys(properties)
          // Customers are written by service keys alone: test/api/customers.spec.ts.
          .filter((field) => properties[field].format === 'email' && !path.startsWith('/customers'))
          .map((field) => ({ method: method.toUpperCase(), path, field }))
      );
    }),
  );
}
