import { readFileSync } from 'node:fs';
import { Module, ValidationPipe, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { MAX_MEMBERS } from '../../src/problems/input-bounds.js';
import { MAX_FAULTS } from '../../src/problems/validation.pipe.js';
import { administrator, JWT_KEY, startApp, type CommercialApp, type Person } from '../support/app.js';
import { send, type Answer } from '../support/http-client.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** Without those of the sandbox that ignore a body: they never parse it. */
const ROUTES = writingRoutes().filter(([, path]) => !path.startsWith('/sandbox/payments/'));

/** Bodies of a kind that held everybody up for seconds, at twenty times the length. */
const BODIES: Readonly<Record<string, string>> = {
  'members with numbers for names': object(3_000, (index) => `"${index}":1`),
  'members of a member': `{"metadata":${object(3_000, (index) => `"k${index}":1`)}}`,
  'a list where text should be': `{"email":[${Array(3_000).fill('{"a":1}').join()}]}`,
  'a member more than may be': object(MAX_MEMBERS + 1, (index) => `"${index}":1`),
  'many levels': '{"a":'.repeat(3_000) + '1' + '}'.repeat(3_000),
};

/** A parser has dropped all of them but the last, so only the bytes tell. */
const SAME_MEMBER = object(3_000, () => '"email":1');

const REFUSAL = expect.objectContaining({
  code: 'VALIDATION_FAILED',
  errors: [{ field: 'body', message: expect.any(String) }],
});

const FORMS = ['a=1&'.repeat(3_000), Array.from({ length: 3_000 }, (_, index) => `k${index}=1`).join('&')];
const DEEP_FORM = `a${'[b]'.repeat(200_000)}=1`;

describe('a body that is too wide or too deep', () => {
  let app: CommercialApp;
  let admin: Person;
  const validate = jest.spyOn(ValidationPipe.prototype, 'transform');

  beforeAll(async () => {
    app = await startApp();
    admin = await administrator(app);
  });
  afterAll(async () => {
    validate.mockRestore();
    await app.close();
  });
  beforeEach(() => validate.mockClear());

  it('is refused by every route of the service before it is parsed, whoever sends it', async () => {
    const parse = jest.spyOn(JSON, 'parse');
    const longest = () => Math.max(0, ...parse.mock.calls.map(([text]) => String(text).length));
    for (const [method, path] of ROUTES) {
      for (const [what, body] of Object.entries({ ...BODIES, SAME_MEMBER })) {
        const { status, body: problem } = await app.call(method, path, { body });
        expect([method, path, what, status, problem]).toEqual([method, path, what, 400, REFUSAL]);
      }
    }
    expect(longest()).toBeLessThan(10_000);
    expect(validate.mock.calls.length).toBe(0);
    parse.mockRestore();
  });

  it('is refused as a form too, where a form is taken', async () => {
    for (const [method, path] of ROUTES) {
      for (const body of FORMS) {
        const { status } = await app.call(method, path, { body, headers: FORM });
        const takesForms = /^\/(webhooks|sandbox)\//.test(path);
        expect([path, status]).toEqual([path, takesForms ? 400 : 415]);
      }
      expect((await app.call(method, path, { body: DEEP_FORM, headers: FORM })).status).toBeLessThan(500);
    }
    expect(validate.mock.calls.length).toBe(0);
  });

  it('gets a short answer where it is just within the bounds: each fault once, twenty at most', async () => {
    const bodies = [
      object(MAX_MEMBERS, (index) => `"k${index}":1`),
      object(MAX_MEMBERS, (index) => `"${index}":"x"`),
      `{"quotas":[${Array(MAX_MEMBERS / 2 - 1)
        .fill('{"a":1}')
        .join()}],"scopes":[${'"x",'.repeat(9)}"x"]}`,
      object(10, (index) => `"${index}${'k'.repeat(90_000)}":1`),
      `{"email":"${'😀'.repeat(200_000)}","name":"${'😀'.repeat(40_000)}"}`,
    ];
    for (const [method, path] of ROUTES) {
      for (const body of bodies) {
        const answer = await admin.call(method, path, { body });
        expect([path, answer.status < 500]).toEqual([path, true]);
        if (answer.status !== 400 || answer.body.code !== 'VALIDATION_FAILED') continue;
        const messages = answer.body.errors.map((error: { message: string }) => error.message);
        expect(new Set(messages).size).toBe(messages.length);
        expect(messages.length).toBeLessThanOrEqual(MAX_FAULTS);
        expect(JSON.stringify(answer.body).length).toBeLessThan(20_000);
      }
    }
  });

  it('is told how many faults are not listed', async () => {
    const body = object(50, (index) => `"k${index}":1`);
    const answer = await app.call('POST', '/auth/refresh', { body });
    // The token that is missing is a fault too.
    expect(answer.body.errors).toHaveLength(MAX_FAULTS);
    expect(answer.body.detail).toMatch(/; and 31 more\.$/);
    const chinese = { 'accept-language': 'zh-CN' };
    const same = await app.call('POST', '/auth/refresh', { body, headers: chinese });
    expect(same.body.detail).toMatch(/；另有 31 处错误。$/);
  });

  describe('as a query', () => {
    const QUERIES = [
      Array.from({ length: 1_500 }, (_, index) => `k${index}=1`).join('&'),
      'limit=1&'.repeat(1_500),
      `${'a[b]=1&'.repeat(1_500)}`,
    ];

    it('is refused before anything works on it', async () => {
      for (const path of readingRoutes()) {
        for (const query of QUERIES) {
          const answer = await admin.call('GET', `${path}?${query}`);
          expect([path, answer.status]).toEqual([path, 400]);
          expect(answer.body.errors).toHaveLength(1);
        }
      }
      expect(validate.mock.calls.length).toBe(0);
    });
  });

  describe.each([
    ['Express', () => new ExpressAdapter()],
    ['Fastify', () => new FastifyAdapter()],
  ] as const)('in a host on %s', (name, adapter) => {
    let host: INestApplication;
    let url: string;

    beforeAll(async () => {
      const { dataSource } = app;
      @Module({
        imports: [CommercialModule.forRoot({ dataSource, jwt: { secret: JWT_KEY }, publicUrl: 'http://x' })],
      })
      class HostModule {}
      const made = await NestFactory.create<NestExpressApplication>(HostModule, adapter() as never, {
        logger: false,
        rawBody: true,
        abortOnError: false,
      });
      host = made;
      if (name === 'Express') made.useBodyParser('json', { limit: '2mb' });
      await host.listen(0, '127.0.0.1');
      url = await host.getUrl();
    });
    afterAll(() => host.close());

    const ask = (method: string, path: string, call: object): Promise<Answer> =>
      send(url + path, method, { token: admin.token, ...call });

    it('is refused by every route of the package', async () => {
      for (const [method, path] of ROUTES.filter(([, path]) => !/^\/(sandbox|portal)/.test(path))) {
        for (const [what, body] of Object.entries(BODIES)) {
          // With a key, its fingerprint is made before any validation.
          const answer = await ask(method, path, { body, headers: { 'idempotency-key': 'wide' } });
          expect([path, what, answer.status, answer.body]).toEqual([path, what, 400, REFUSAL]);
        }
      }
      expect(validate.mock.calls.length).toBe(0);
    });

    it('is refused as a form and as a query too', async () => {
      for (const [method, path] of ROUTES.filter(([, path]) => !/^\/(sandbox|portal)/.test(path))) {
        for (const body of FORMS) {
          const { status } = await ask(method, path, { body, headers: FORM });
          expect([path, status >= 400 && status < 500]).toEqual([path, true]);
        }
      }
      for (const query of [
        Array.from({ length: 1_500 }, (_, index) => `k${index}=1`).join('&'),
        `a${'[b]'.repeat(4_000)}=1`,
        'limit[]=1&'.repeat(1_500),
        'limit[9]=1&'.repeat(1_400),
      ]) {
        for (const path of ['/payments', '/usage', '/admin/users', '/plans']) {
          const answer = await ask('GET', `${path}?${query}`, {});
          expect([path, answer.status < 500]).toEqual([path, true]);
          expect(answer.body.errors?.length ?? 0).toBeLessThanOrEqual(MAX_FAULTS);
        }
      }
    });
  });
});

function object(members: number, member: (index: number) => string): string {
  return `{${Array.from({ length: members }, (_, index) => member(index)).join()}}`;
}

/** Every route of the OpenAPI document that changes something, at a path that it could have. */
function writingRoutes(): [method: string, path: string][] {
  return operations().filter(([method]) => method !== 'GET');
}

/** Those that take a list's query, and the others: a query is refused before they look at it. */
function readingRoutes(): string[] {
  return operations()
    .filter(([method, path]) => method === 'GET' && !/^\/($|docs|health|metrics|sandbox)/.test(path))
    .map(([, path]) => path);
}

function operations(): [method: string, path: string][] {
  const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method): [string, string] => [
      method.toUpperCase(),
      path
        .replace('{orderId}', '0'.repeat(32))
        .replaceAll(/\{(?:code|provider)\}/g, 'x')
        .replaceAll(/\{\w+\}/g, '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11'),
    ]),
  );
}
