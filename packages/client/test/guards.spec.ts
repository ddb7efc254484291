import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { createServerClient, UnauthenticatedError, type ServerClient } from '../src/index.js';
import * as expressGuard from '../src/guards/express.js';
import * as fastifyGuard from '../src/guards/fastify.js';
import * as honoGuard from '../src/guards/hono.js';
import * as nextGuard from '../src/guards/next.js';
import type { GuardDebit, RequireQuotaOptions } from '../src/guards/express.js';
import { createFakeCommercial, type FakeCommercial } from '../src/testing/index.js';

/** What the handler of a spec does: answers with that status, or throws. */
type Work = (debit: GuardDebit | undefined) => number | Promise<number>;

interface Host {
  /** One request of somebody. */
  ask(who?: string): Promise<Response>;
  close(): Promise<unknown>;
}

type Options = Omit<RequireQuotaOptions<any>, 'identify'>;
type Start = (client: ServerClient, options: Options, work: Work) => Promise<Host>;

const RESOURCE = 'dicom_processing';
const PROBLEM = 'application/problem+json; charset=utf-8';

async function listening(server: Server, path = '/work'): Promise<Host> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  return {
    ask: (who) => fetch(url, { method: 'POST', headers: who === undefined ? {} : { 'x-user': who } }),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const startExpress: Start = (client, options, work) => {
  const app = express();
  const identify = (req: any) => req.get('x-user') ?? null;
  app.post(
    '/work',
    expressGuard.requireQuota(client, RESOURCE, { identify, ...options }),
    // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes the promise.
    async (req, res) => {
      res.status(await work(expressGuard.currentDebit(req))).json({ done: true });
    },
  );
  app.use((error: any, _req: any, res: any, _next: any) => res.status(500).json({ error: error.name }));
  return listening(createServer(app));
};

const startFastify: Start = async (client, options, work) => {
  const app = fastify();
  const identify = (request: any) => request.headers['x-user'] ?? null;
  const hooks = fastifyGuard.requireQuota(client, RESOURCE, { identify, ...options });
  app.post('/work', { ...hooks }, async (request, reply) => {
    reply.code(await work(fastifyGuard.currentDebit(request)));
    return { done: true };
  });
  app.setErrorHandler((error: Error, _request, reply) => void reply.code(500).send({ error: error.name }));
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    ask: (who) =>
      fetch(`${origin}/work`, { method: 'POST', headers: who === undefined ? {} : { 'x-user': who } }),
    close: () => app.close(),
  };
};

const startHono: Start = async (client, options, work) => {
  const app = new Hono();
  const identify = (c: any) => c.req.header('x-user') ?? null;
  app.post('/work', honoGuard.requireQuota(client, RESOURCE, { identify, ...options }), async (c) =>
    c.json({ done: true }, (await work(honoGuard.currentDebit(c.req.raw))) as 200),
  );
  app.onError((error, c) => c.json({ error: error.name }, 500));
  return {
    ask: async (who) =>
      app.request('/work', { method: 'POST', headers: who === undefined ? {} : { 'x-user': who } }),
    close: async () => undefined,
  };
};

const startNext: Start = async (client, options, work) => {
  const identify = (request: Request) => request.headers.get('x-user');
  const handler = nextGuard.withQuota(client, RESOURCE, { identify, ...options }, async (request) =>
    Response.json({ done: true }, { status: await work(nextGuard.currentDebit(request)) }),
  );
  return {
    ask: (who) =>
      handler(
        new Request('http://host.invalid/work', {
          method: 'POST',
          headers: who === undefined ? {} : { 'x-user': who },
        }),
      ).catch((error: Error) => Response.json({ error: error.name }, { status: 500 })),
    close: async () => undefined,
  };
};

const HOSTS: [string, Start][] = [
  ['Express', startExpress],
  ['Fastify', startFastify],
  ['Hono', startHono],
  ['Next', startNext],
];

describe.each(HOSTS)('the guard for %s', (_name, start) => {
  let fake: FakeCommercial;
  let client: ServerClient;
  const hosts: Host[] = [];

  beforeEach(() => {
    fake = createFakeCommercial();
    client = createServerClient(fake.connection);
  });
  afterAll(() => Promise.all(hosts.map((host) => host.close())));

  async function host(work: Work = () => 200, options: Options = {}): Promise<Host> {
    const started = await start(client, options, work);
    hosts.push(started);
    return started;
  }

  const used = async (who = 'anna') => (await client.forCustomer(who).quota.list())[0]!.used;
  const fail = (): never => {
    throw new RangeError('the work failed');
  };

  it('debits once, makes who is new, and announces what is left', async () => {
    const answer = await (await host(() => 200, { cost: 3, resourceId: () => 'study' })).ask('anna');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-quota-limit')).toBe('10');
    expect(answer.headers.get('x-quota-remaining')).toBe('7');
    expect(answer.headers.get('x-quota-reset')).toMatch(/Z$/);
    expect(await used()).toBe(3);
    const { items } = await client.forCustomer('anna').usage.list().page();
    expect(items).toMatchObject([{ resourceId: 'study', cost: 3, status: 'consumed' }]);
  });

  it.each([
    ['throws', fail],
    ['answers 400 or more', () => 422],
  ])('gives back where the handler %s, before the answer has ended', async (_how, work) => {
    for (const hold of [false, true, 'manual'] as const) {
      const answer = await (await host(work, { hold })).ask('anna');
      await answer.text();
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await used()).toBe(0);
    }
    const { items } = await client.forCustomer('anna').usage.list().page();
    expect(items.map(({ status }) => status)).toEqual(['released', 'released', 'released']);
  });

  it('refuses with 402 as the service does, without running the handler', async () => {
    let runs = 0;
    const { ask } = await host(() => ((runs += 1), 200), { cost: 6 });
    expect((await ask('anna')).status).toBe(200);
    const refused = await ask('anna');
    expect(refused.status).toBe(402);
    expect(refused.headers.get('content-type')).toBe(PROBLEM);
    expect(await refused.json()).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      status: 402,
      quota: { used: 6, remaining: 4 },
    });
    expect(runs).toBe(1);
  });

  it('answers 401 to nobody', async () => {
    const answer = await (await host()).ask();
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(fake.requests).toHaveLength(0);
  });

  it('commits a hold, at its true cost where the handler says so', async () => {
    expect((await (await host(() => 201, { cost: 5, hold: true })).ask('anna')).status).toBe(201);
    expect(await used()).toBe(5);
    const exact = await host(async (debit) => (await debit!.commit(2), 200), { cost: 5, hold: true });
    await (await exact.ask('anna')).text();
    expect(await used()).toBe(7);
    const { items } = await client.forCustomer('anna').usage.list().page();
    expect(items.map(({ status }) => status)).toEqual(['consumed', 'consumed']);
  });

  it('leaves a manual hold open, for a job that settles it', async () => {
    let holdId = '';
    const { ask } = await host((debit) => ((holdId = debit!.usageId), 202), {
      hold: 'manual',
      holdSeconds: 60,
    });
    expect((await ask('anna')).status).toBe(202);
    expect((await ask('anna')).status).toBe(429); // The free plan allows one at once.
    await client.forCustomer('anna').quota.commit(holdId);
    expect((await ask('anna')).status).toBe(202);
    fake.clock.advance({ seconds: 61 });
    expect(await used()).toBe(1);
  });

  it.each(['network', 'unavailable'] as const)(
    'refuses in an outage (%s) unless told to allow',
    async (outage) => {
      const errors: unknown[] = [];
      const onError = (error: unknown) => void errors.push(error);
      const retry = { attempts: 1 };
      const careful = await host(() => 200, { retry, onError });
      const generous = await host((debit) => (debit ? 500 : 200), { retry, onError, onUnavailable: 'allow' });
      await careful.ask('anna');
      fake.outage = outage;
      const refused = await careful.ask('anna');
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(await refused.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      const allowed = await generous.ask('anna');
      expect(allowed.status).toBe(200);
      expect(allowed.headers.get('x-quota-limit')).toBeNull();
      expect(errors.length).toBeGreaterThanOrEqual(2);
      fake.outage = null;
    },
  );

  it('gives back a debit that was made for an answer that got lost', async () => {
    let isLost = true;
    const losing: typeof fetch = async (input, init) => {
      const answer = await fake.fetch(input, init);
      if (isLost && String(input).endsWith('/quota/consume')) {
        isLost = false;
        throw new TypeError('fetch failed');
      }
      return answer;
    };
    const unlucky = createServerClient({ ...fake.connection, fetch: losing });
    await unlucky.customers.put('anna');
    const started = await start(unlucky, { retry: { attempts: 1 } }, () => 200);
    hosts.push(started);
    expect((await started.ask('anna')).status).toBe(503);
    const isGivenBack = () => fake.requests.some(({ route }) => /^POST \/usage\/.*\/release$/.test(route));
    while (!isGivenBack()) await new Promise(setImmediate);
    expect(await used()).toBe(0);
  });

  it("leaves a key that isn't valid to the host, also where an outage is let pass", async () => {
    const wrong = createServerClient({ ...fake.connection, serviceKey: 'isk_other' });
    const started = await start(wrong, { onUnavailable: 'allow' }, () => 200);
    hosts.push(started);
    const answer = await started.ask('anna');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ error: UnauthenticatedError.name });
  });

  it('is exact for many at once', async () => {
    const { ask } = await host(() => 200);
    await client.customers.put('anna');
    const answers = await Promise.all(Array.from({ length: 25 }, () => ask('anna')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(15);
  });
});

describe('the guard for Express', () => {
  it('works on for somebody who hangs up on a running handler, and lets them pay', async () => {
    const fake = createFakeCommercial();
    const client = createServerClient(fake.connection);
    const begun = new EventTarget();
    const started = new Promise((resolve) => begun.addEventListener('work', resolve, { once: true }));
    let finish = () => {};
    const mayEnd = new Promise<void>((resolve) => (finish = resolve));
    const host = await startExpress(client, { hold: true }, async () => {
      begun.dispatchEvent(new Event('work'));
      await mayEnd;
      return 200;
    });
    const stop = new AbortController();
    const app = await client.customers.put('anna');
    expect(app.externalId).toBe('anna');
    const url = await addressOf(host);
    const call = fetch(url, { method: 'POST', headers: { 'x-user': 'anna' }, signal: stop.signal }).catch(
      () => null,
    );
    await started;
    stop.abort();
    await call;
    finish();
    const isCommitted = () => fake.requests.some(({ route }) => route.endsWith('/commit'));
    while (!isCommitted()) await new Promise(setImmediate);
    expect((await client.forCustomer('anna').quota.list())[0]!.used).toBe(1);
    await host.close();
  });

  const addressOf = async (host: Host) => (await host.ask()).url;
});
