import {
  CommercialError,
  ConflictError,
  createAccountClient,
  createServerClient,
  NotFoundError,
  QuotaExceededError,
  RateLimitedError,
  SubscriptionRequiredError,
  UnavailableError,
  ValidationError,
  type RetryOptions,
} from '../src/index.js';
import {
  answer,
  cutShort,
  drop,
  html,
  problem,
  silence,
  stall,
  startHostileServer,
  type Behaviour,
  type HostileServer,
} from './support/hostile-server.js';

const QUOTA = {
  quotaType: 'processing_count',
  used: 10,
  limit: 10,
  remaining: 0,
  resetsAt: '2026-12-24T08:00:00.000Z',
};
const CONSUMED = answer(200, { usageId: '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11', quota: QUOTA });
const FAST: RetryOptions = { baseMs: 1, maxMs: 2, attemptTimeoutMs: 10_000, deadlineMs: 20_000 };

describe('a call to a hostile server', () => {
  let server: HostileServer;

  beforeAll(async () => {
    server = await startHostileServer();
  });
  afterAll(() => server.close());

  const customer = (retry: RetryOptions = {}) =>
    createServerClient({
      baseUrl: server.url,
      serviceKey: 'isk_x',
      retry: { ...FAST, ...retry },
    }).forCustomer('c1');

  const consume = (retry?: RetryOptions) =>
    customer(retry).quota.consume({ resourceType: 'dicom_processing' });

  const failureOf = (call: Promise<unknown>): Promise<any> =>
    call.then(
      () => {
        throw new Error('it succeeded');
      },
      (error: unknown) => error,
    );

  const passing: [string, Behaviour][] = [
    ['a dropped connection', drop],
    ['an answer that is cut short', cutShort],
    ['no answer in time', silence],
    ['an answer that stalls', stall],
    ['408', problem(408, 'REQUEST_TIMEOUT')],
    ['429', problem(429, 'TOO_MANY_ATTEMPTS', { 'retry-after': '0' })],
    ['502 of a proxy', html(502)],
    ['503', problem(503, 'OVERLOADED', { 'retry-after': '0' })],
    ['504', html(504)],
  ];
  it.each(passing)('is made again after %s, under the same Idempotency-Key', async (_name, behaviour) => {
    server.behave(behaviour, behaviour, CONSUMED);
    // Only who is kept waiting needs it short.
    const isQuiet = behaviour === silence || behaviour === stall;
    expect(await consume(isQuiet ? { attemptTimeoutMs: 500 } : {})).toMatchObject({ quota: QUOTA });
    const keys = server.keys();
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('has a key of its own each', async () => {
    server.behave(CONSUMED);
    await Promise.all(Array.from({ length: 20 }, () => consume()));
    expect(new Set(server.keys()).size).toBe(20);
  });

  const refusals: [number, string, new (...args: any[]) => CommercialError][] = [
    [400, 'VALIDATION_FAILED', ValidationError],
    [402, 'SUBSCRIPTION_REQUIRED', SubscriptionRequiredError],
    [402, 'QUOTA_EXCEEDED', QuotaExceededError],
    [402, 'KEY_QUOTA_EXCEEDED', QuotaExceededError],
    [404, 'NOT_FOUND', NotFoundError],
    [409, 'ALREADY_SUBSCRIBED', ConflictError],
    [409, 'IDEMPOTENCY_KEY_IN_USE', ConflictError],
    [422, 'IDEMPOTENCY_KEY_REUSED', ConflictError],
    [418, 'INVENTED_LATER', CommercialError],
    [500, 'INTERNAL_ERROR', UnavailableError],
  ];
  it.each(refusals)('is made once where it is refused: %i %s', async (status, code, kind) => {
    server.behave(problem(status, code), CONSUMED);
    const error = await failureOf(consume());
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(CommercialError);
    expect(error).toMatchObject({
      status,
      code,
      detail: `it is ${code}`,
      requestId: 'request-1',
      attempts: 1,
    });
    expect(server.seen).toHaveLength(1);
  });

  it('waits for its own first attempt, whose answer was lost and which is still at work', async () => {
    server.behave(drop, problem(409, 'IDEMPOTENCY_KEY_IN_USE', { 'retry-after': '0' }), CONSUMED);
    expect(await consume()).toMatchObject({ quota: QUOTA });
    expect(server.seen).toHaveLength(3);
  });

  it('tells the quota, and the cheapest plan that grants more', async () => {
    const plan = (code: string, price: string, quotaLimit: number, billingCycle = 'monthly') => ({
      code,
      price,
      billingCycle,
      quotas: [{ quotaType: 'processing_count', quotaLimit, quotaPeriod: 'month' }],
    });
    server.behave(
      problem(402, 'QUOTA_EXCEEDED', {}, { quota: QUOTA }),
      answer(200, {
        items: [
          plan('free', '0.00', 10),
          plan('large', '999.00', 5000),
          plan('pro', '99.00', 100),
          plan('pro-year', '990.00', 100, 'yearly'),
        ],
      }),
    );
    const error = await failureOf(consume());
    expect(error.quota).toEqual(QUOTA);
    expect(server.seen).toHaveLength(1);
    expect(await error.upgrade()).toMatchObject({ code: 'pro-year' });
    expect(await error.upgrade()).toMatchObject({ code: 'pro-year' });
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /quota/consume',
      'GET /plans',
    ]);
  });

  it('knows of no plan where the plans can not be had', async () => {
    server.behave(problem(402, 'QUOTA_EXCEEDED', {}, { quota: QUOTA }), problem(500, 'INTERNAL_ERROR'));
    expect(await (await failureOf(consume())).upgrade()).toBeNull();
  });

  it('gives up after so many attempts, and says how it ended', async () => {
    server.behave(problem(503, 'OVERLOADED', { 'retry-after': '0' }));
    const error = await failureOf(consume({ attempts: 3 }));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ code: 'OVERLOADED', attempts: 3 });
    expect(server.seen).toHaveLength(3);
  });

  it('begins no wait that would pass the deadline', async () => {
    server.behave(problem(429, 'TOO_MANY_ATTEMPTS', { 'retry-after': '900' }), CONSUMED);
    const error = await failureOf(consume());
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error.retryAfterSeconds).toBe(900);
    expect(server.seen).toHaveLength(1);
  });

  it('understands a Retry-After that is a date', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    server.behave(problem(503, 'OVERLOADED', { 'retry-after': date }));
    const { retryAfterSeconds } = await failureOf(consume());
    expect(retryAfterSeconds).toBeGreaterThan(3_500);
    expect(retryAfterSeconds).toBeLessThanOrEqual(3_600);
  });

  it('is not made again where nobody knows whether that would do it twice', async () => {
    const client = createAccountClient({ baseUrl: server.url, apiKey: 'x', retry: FAST });
    const create = () => client.request('POST /organizations', { body: { name: 'a' } as any });
    server.behave(drop, answer(201, {}));
    expect(await failureOf(create())).toMatchObject({ code: 'NETWORK_FAILED', status: 0, attempts: 1 });
    // Of these it is known: nothing was done.
    server.behave(
      problem(429, 'TOO_MANY', { 'retry-after': '0' }),
      problem(503, 'OVERLOADED'),
      answer(201, { id: 1 }),
    );
    expect(await create()).toEqual({ id: 1 });
    expect(server.seen).toHaveLength(3);
    expect(server.keys()).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['a page', html(200)],
    ['a list', answer(200, [])],
    ['a redirect', answer(302, {}, { location: 'http://127.0.0.1:9/elsewhere' })],
    ['a 404 of somebody else', html(404)],
  ])('takes nothing for an answer that is %s, and follows nothing', async (_name, behaviour) => {
    server.behave(behaviour);
    const error = await failureOf(consume());
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).not.toBeInstanceOf(NotFoundError);
    expect(error.code).toBe('UNEXPECTED_ANSWER');
    expect(server.seen).toHaveLength(1);
  });

  it("ends with the caller's own reason where the caller gives up, in an attempt or in a wait", async () => {
    for (const behaviour of [silence, problem(503, 'OVERLOADED', { 'retry-after': '10' })]) {
      server.behave(behaviour);
      const stop = new AbortController();
      const call = customer().quota.consume(
        { resourceType: 'x' },
        { signal: stop.signal, retry: { attemptTimeoutMs: 60_000 } },
      );
      const reason = new Error('the page was left');
      while (server.seen.length === 0) await new Promise(setImmediate);
      stop.abort(reason);
      expect(await failureOf(call)).toBe(reason);
    }
    expect(await failureOf(customer().quota.list({ signal: AbortSignal.abort('early') }))).toBe('early');
  });

  it('goes to nobody with a dot for an id', async () => {
    server.behave(answer(200, {}));
    const client = createServerClient({ baseUrl: server.url, serviceKey: 'isk_x', retry: FAST });
    for (const id of ['.', '..', '']) await expect(client.customers.delete(id)).rejects.toThrow(TypeError);
    expect(server.seen).toHaveLength(0);
    server.behave((response) => response.writeHead(204).end());
    await client.customers.delete('a/../b?c#d');
    expect(server.seen[0]!.url).toBe('/customers/a%2F..%2Fb%3Fc%23d');
  });

  it('carries key, customer and language, under a prefix', async () => {
    const client = createServerClient({
      baseUrl: `${server.url}/billing/`,
      serviceKey: 'isk_x',
      language: 'zh-CN',
    });
    server.behave(answer(200, { items: [] }));
    await client.forCustomer('user:1').usage.list({ limit: 5, resourceType: 'a b' }).page();
    expect(server.seen[0]).toMatchObject({
      url: '/billing/usage?limit=5&resourceType=a+b',
      headers: { 'x-api-key': 'isk_x', 'x-customer-id': 'user:1', 'accept-language': 'zh-CN' },
    });
    await client.plans.list();
    expect(server.seen[1]!.headers['x-customer-id']).toBeUndefined();
  });

  it('walks over all pages, each asked for when it is needed', async () => {
    server.behave(
      answer(200, { items: [{ id: 1 }, { id: 2 }], nextCursor: 'next' }),
      drop,
      answer(200, { items: [{ id: 3 }], nextCursor: null }),
    );
    const list = customer().usage.list();
    expect(server.seen).toHaveLength(0);
    const ids: unknown[] = [];
    for await (const { id } of list) {
      ids.push(id);
      if (ids.length === 2) expect(server.seen).toHaveLength(1);
    }
    expect(ids).toEqual([1, 2, 3]);
    expect(server.seen.at(-1)!.url).toBe('/usage?cursor=next');
  });
});
