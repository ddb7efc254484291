import { startApp, type CommercialApp } from '../support/app.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

describe('the bare address of the service', () => {
  let app: CommercialApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('leads a browser to the documentation while there is no portal', async () => {
    const { status, headers } = await app.call('GET', '/', { headers: { accept: BROWSER } });
    expect([status, headers.get('location')]).toEqual([302, '/docs']);
    expect(headers.get('vary')).toContain('Accept');
  });

  it.each(['*/*', 'application/json', 'image/png'])('tells a program where to look: %s', async (accept) => {
    const { status, body } = await app.call('GET', '/', { headers: { accept } });
    expect([status, body]).toEqual([
      200,
      { documentation: '/docs', openapi: '/docs-json', health: '/health/ready' },
    ]);
    for (const path of Object.values(body as Record<string, string>)) {
      expect((await app.call('GET', path)).status).toBe(200);
    }
  });

  it.each(['/portal', '/portal/*'])('leads a browser to the portal where %s is served', async (route) => {
    const withPortal = await startApp({
      prepare: (one) =>
        one
          .getHttpAdapter()
          .getInstance()
          .get(route, () => 'the portal'),
    });
    try {
      const { status, headers } = await withPortal.call('GET', '/', { headers: { accept: BROWSER } });
      expect([status, headers.get('location')]).toEqual([302, '/portal']);
    } finally {
      await withPortal.close();
    }
  });
});
