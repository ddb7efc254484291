import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/app/create-app.js';
import { serveMetrics } from '../../src/app/metrics/metrics-server.js';
import { startApp, type CommercialApp } from '../support/app.js';
import { send, type Answer } from '../support/http-client.js';

type Settings = Pick<Parameters<typeof createApp>[0], 'docs' | 'metrics' | 'hsts'>;

const TOKEN = 'the-scraper-of-this-spec';

describe('what an operator may set', () => {
  let beside: CommercialApp;
  const apps: NestFastifyApplication[] = [];

  beforeAll(async () => {
    beside = await startApp();
  });
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));
  afterAll(() => beside.close());

  async function served(settings: Settings): Promise<(path: string, token?: string) => Promise<Answer>> {
    const { dataSource } = beside;
    const app = await createApp({
      commercial: {
        dataSource,
        jwt: { secret: 'a-key-of-this-spec-with-32-bytes-or-more' },
        publicUrl: 'https://api.idoctor.cn',
      },
      dataSource,
      sandbox: null,
      logLevel: 'silent',
      trustProxy: null,
      ...settings,
    });
    apps.push(app);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    return (path, token) => send(url + path, 'GET', { token });
  }

  it('SERVE_DOCS=false leaves nothing of Swagger UI and the document', async () => {
    const get = await served({ docs: false });
    for (const path of ['/docs', '/docs/', '/docs-json', '/docs-yaml', '/docs/swagger-ui-init.js']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
    expect((await get('/plans')).status).toBe(200);
    expect((await beside.call('GET', '/docs-json')).status).toBe(200);
  });

  it('METRICS_TOKEN lets nobody read /metrics who doesn’t send it', async () => {
    const get = await served({ metrics: { token: TOKEN } });
    for (const token of [undefined, '', 'x', `${TOKEN}x`, TOKEN.slice(1), TOKEN.toUpperCase()]) {
      const answer = await get('/metrics', token);
      expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    const answer = await get('/metrics', TOKEN);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('# TYPE http_request_duration_seconds histogram');
  });

  it('METRICS_PORT serves /metrics there, and nothing else, and the API’s port no longer', async () => {
    const get = await served({ metrics: null });
    expect((await get('/metrics')).status).toBe(404);
    const server = await serveMetrics({ host: '127.0.0.1', port: 0, token: TOKEN });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect((await send(`${url}/metrics`, 'GET', {})).status).toBe(401);
      const answer = await send(`${url}/metrics`, 'GET', { token: TOKEN });
      expect(answer.body).toContain('# TYPE http_request_duration_seconds histogram');
      expect(answer.headers.get('content-type')).toContain('text/plain');
      expect((await send(`${url}/metrics`, 'POST', { token: TOKEN })).status).toBe(404);
      expect((await send(`${url}/plans`, 'GET', { token: TOKEN })).status).toBe(404);
    } finally {
      server.close();
    }
  });

  it('HSTS_INCLUDE_SUBDOMAINS extends HSTS to the subdomains, which it leaves alone otherwise', async () => {
    for (const [hsts, header] of [
      [{ includeSubDomains: true }, 'max-age=31536000; includeSubDomains'],
      [{ includeSubDomains: false }, 'max-age=31536000'],
      [false, null],
    ] as const) {
      const get = await served({ hsts });
      expect((await get('/plans')).headers.get('strict-transport-security')).toBe(header);
    }
  });
});
