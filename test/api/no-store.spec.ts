import { readFileSync } from 'node:fs';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { administrator, JWT_KEY, startApp, type CommercialApp, type Person } from '../support/app.js';
import { send } from '../support/http-client.js';

/** Routes whose answers anybody may have, and so any cache. */
const PUBLIC: Readonly<Record<string, string>> = {
  '/.well-known/jwks.json': 'public, max-age=300',
};

const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as { paths: Record<string, object> };
const ROUTES = Object.entries(paths).flatMap(([path, item]) =>
  Object.keys(item).map((method): [string, string] => [
    method.toUpperCase(),
    path
      .replace('{orderId}', '0'.repeat(32))
      .replaceAll(/\{(?:code|provider)\}/g, 'x')
      .replaceAll(/\{\w+\}/g, '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11'),
  ]),
);

describe('an answer', () => {
  let app: CommercialApp;
  let admin: Person;

  beforeAll(async () => {
    app = await startApp();
    admin = await administrator(app);
  });
  afterAll(() => app.close());

  const expected = (path: string) => PUBLIC[path] ?? 'no-store';

  it('is kept by no cache, whichever route of the service gave it, unless it is public', async () => {
    for (const [method, path] of ROUTES) {
      const anonymous = await app.call(method, path);
      expect([method, path, anonymous.headers.get('cache-control')]).toEqual([method, path, expected(path)]);
      if (method !== 'GET') continue;
      const { headers } = await admin.call('GET', path);
      expect([path, headers.get('cache-control')]).toEqual([path, expected(path)]);
    }
    for (const path of ['/nothing', '/%zz', '/payments/']) {
      expect((await admin.call('GET', path)).headers.get('cache-control')).toBe('no-store');
    }
  });

  it('is kept by no cache where it holds a secret', async () => {
    const secrets = [
      await admin.call('POST', '/api-keys', { body: { name: 'x' } }),
      await admin.call('POST', '/admin/webhook-endpoints', {
        body: { url: 'https://1.1.1.1/', enabled: false },
      }),
    ];
    for (const { status, headers } of secrets) {
      expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    }
  });

  it.each([
    ['Express', () => new ExpressAdapter()],
    ['Fastify', () => new FastifyAdapter()],
  ] as const)('is kept by no cache in a host on %s either', async (_, adapter) => {
    const { dataSource } = app;
    @Module({
      imports: [CommercialModule.forRoot({ dataSource, jwt: { secret: JWT_KEY }, publicUrl: 'http://x' })],
    })
    class HostModule {}
    const host: INestApplication = await NestFactory.create(HostModule, adapter(), {
      logger: false,
      rawBody: true,
      abortOnError: false,
    });
    await host.listen(0, '127.0.0.1');
    try {
      const own = ROUTES.filter(([, path]) => !/^\/(sandbox|docs|docs-json|health|metrics|$)/.test(path));
      for (const [method, path] of own.filter(([name]) => name === 'GET')) {
        const { headers } = await send((await host.getUrl()) + path, method, { token: admin.token });
        expect([path, headers.get('cache-control')]).toEqual([path, expected(path)]);
      }
    } finally {
      await host.close();
    }
  });
});
