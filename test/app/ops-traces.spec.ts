import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { start, type RunningApp } from '../../src/app/start.js';
import { readConfiguration } from '../../src/config/configuration.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { send } from '../support/http-client.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { attribute, startTraceCollector, type TraceCollector } from '../support/trace-collector.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EMAIL = 'traced-person@example.com';
const PASSWORD = 'correct horse battery staple';
const CALLER = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

describe('traces', () => {
  let collector: TraceCollector;
  let database: TestDatabase;
  let folder: TemporaryFolder;
  let app: RunningApp;
  let token: string;

  beforeAll(async () => {
    collector = await startTraceCollector();
    database = await createTestDatabase();
    folder = await createTemporaryFolder();
    app = await start(
      readConfiguration({
        DATABASE_URL: database.url,
        DATA_DIR: folder.dataDir,
        PORT: '0',
        LOG_LEVEL: 'silent',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=collectors%20key',
        OTEL_SERVICE_NAME: 'commercial-of-the-spec',
      }),
    );
    const body = { email: EMAIL, password: PASSWORD };
    token = (await send(`${app.publicUrl}/auth/register`, 'POST', { body })).body.accessToken;
  });
  afterAll(async () => {
    await app.stop();
    await collector.close();
    await database.drop();
    await folder.remove();
  });

  const call = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    send(`${app.publicUrl}${path}`, method, { token, headers, ...(body ? { body } : {}) });

  it('continue the caller’s, name the route’s template, and hold the debit as a child', async () => {
    const { traceId, spanId } = CALLER;
    const headers = { traceparent: `00-${traceId}-${spanId}-01` };
    const { status } = await call('POST', '/quota/consume', { resourceType: 'dicom_processing' }, headers);
    expect(status).toBe(200);
    const request = await collector.span((span) => span.traceId === traceId && span.kind === 2);
    expect(request).toMatchObject({ name: 'POST /quota/consume', parentSpanId: spanId });
    expect(attribute(request, 'http.route')).toBe('/quota/consume');
    expect(attribute(request, 'http.response.status_code')).toBe(200);
    const debit = await collector.span((span) => span.traceId === traceId && span.name === 'quota.debit');
    expect(debit.parentSpanId).toBe(request.spanId);
    expect(attribute(debit, 'commercial.batch_size')).toBe(1);
  });

  it('hold on to a request whose body comes after its head', async () => {
    const traceId = 'a'.repeat(32);
    const request = httpRequest(`${app.publicUrl}/quota/consume`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        traceparent: `00-${traceId}-${CALLER.spanId}-01`,
        expect: '100-continue',
      },
    });
    // The server has the head, and is asked to wait for the rest.
    request.flushHeaders();
    await once(request, 'continue');
    request.end(JSON.stringify({ resourceType: 'dicom_processing' }));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(200);
    const debit = await collector.span((span) => span.traceId === traceId && span.name === 'quota.debit');
    const server = await collector.span((span) => span.traceId === traceId && span.kind === 2);
    expect(debit.parentSpanId).toBe(server.spanId);
  });

  it('link a batch to everybody whom it served', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () => call('POST', '/quota/consume', { resourceType: 'dicom_processing' })),
    );
    const batch = await collector.span(({ name, links = [] }) => name === 'quota.debit' && links.length > 1);
    expect(batch.parentSpanId ?? '').toBe('');
    expect(batch.links).toHaveLength(attribute(batch, 'commercial.batch_size') as number);
  });

  it('hold the channel’s call, and are passed on to the channel', async () => {
    const { body, status } = await call('POST', '/subscriptions', { planCode: 'pro', provider: 'wechat' });
    expect(status).toBe(201);
    const channel = await collector.span(({ name }) => name === 'wechat createPayment');
    const order = await collector.span(({ name }) => name === 'POST /subscriptions');
    expect(channel).toMatchObject({ kind: 3, traceId: order.traceId, parentSpanId: order.spanId });
    // The sandbox's gateway is in this process: its request is the channel's end of the same trace.
    const gateway = await collector.span(({ name }) => name.startsWith('POST /sandbox/wechat'));
    expect(gateway).toMatchObject({ kind: 2, traceId: order.traceId, parentSpanId: channel.spanId });

    await send(`${app.publicUrl}/sandbox/payments/${body.payment.orderId}/pay`, 'POST', {});
    const settlement = await collector.span(
      (span) => span.name === 'payment.settle' && attribute(span, 'commercial.outcome') === 'changed',
    );
    const notification = await collector.span(({ name }) => name === 'POST /webhooks/wechat');
    expect(settlement.parentSpanId).toBe(notification.spanId);
  });

  it('tell a refusal by its status, which is no fault of ours', async () => {
    const { status } = await call('GET', '/payments/no-such-order');
    expect(status).toBe(400);
    const span = await collector.span(({ name }) => name === 'GET /payments/:orderId');
    expect(attribute(span, 'http.response.status_code')).toBe(400);
    expect(span.status.code ?? 0).toBe(0);
  });

  it('carry nothing that a person typed, and no secret', async () => {
    const guess = { email: EMAIL, password: 'a wrong guess of it' };
    await call('POST', '/auth/login', guess, { 'x-api-key': 'sk_guess' });
    await call('GET', `/users/me?secret-in-a-query=1`);
    await collector.span(({ name }) => name === 'GET /users/me');
    const text = JSON.stringify(collector.received);
    for (const secret of [
      EMAIL,
      PASSWORD,
      guess.password,
      token,
      'sk_guess',
      'secret-in-a-query',
      'collectors',
    ])
      expect(text).not.toContain(secret);
    expect(text).toContain('commercial-of-the-spec');
  });

  it('leave out what machines ask every few seconds', async () => {
    await call('GET', '/health/ready');
    await call('GET', '/plans');
    await collector.span(({ name }) => name === 'GET /plans');
    expect(collector.spans().filter(({ name }) => name.includes('/health'))).toEqual([]);
  });

  it('are all sent before the process ends, and an absent collector holds nobody up', async () => {
    await call('GET', '/quota');
    await app.stop();
    expect(collector.spans().map(({ name }) => name)).toContain('GET /quota');
  });
});

describe('where no collector is named', () => {
  it('nothing of the SDK is loaded', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = new Set();
      registerHooks({
        load(url, context, next) {
          const [, name] = /node_modules\\/(@opentelemetry\\/[^/]+)/.exec(url) ?? [];
          if (name) loaded.add(name);
          return next(url, context);
        },
      });
      await import('./src/app/start.ts');
      console.log([...loaded].join());`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', './test/support/typescript-hooks.mjs', '--input-type=module', '--eval', script],
      { cwd: ROOT },
    );
    expect(stdout.trim()).toBe('@opentelemetry/api');
  });
});
