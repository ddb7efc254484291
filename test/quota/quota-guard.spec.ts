import { request, type ClientRequest } from 'node:http';
import { register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { until } from '../support/embedded-process.js';
import { send, statuses, type Answer, type Call } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { resetStage, stage, startHost, type QuotaHost } from '../support/quota-host.js';

describe.each(['fastify', 'express'] as const)('@RequireQuota in a host on %s', (on) => {
  let service: CommercialApp;
  let host: QuotaHost;
  let anna: Person;
  let people = 0;

  beforeAll(async () => {
    service = await startApp();
    host = await startHost(service, on);
  });
  afterAll(async () => {
    await host.close();
    await service.close();
  });
  beforeEach(async () => {
    resetStage();
    anna = await register(service, `anna${(people += 1)}`);
  });
  afterEach(() => expectInvariants(service.dataSource));

  const get = (path: string, call: Call = {}): Promise<Answer> =>
    send(`${host.url}/jobs/${path}`, 'GET', { token: anna.token, ...call });
  const usage = async () =>
    (await anna.call('GET', '/usage')).body.items.map((item: { status: string }) => item.status);
  const used = async () => (await anna.call('GET', '/quota')).body.items[0].used;

  it('debits before the handler and tells what is left', async () => {
    const answer = await get('plain');
    expect(answer).toMatchObject({ status: 200, body: { ran: true } });
    expect(answer.headers.get('x-quota-limit')).toBe('10');
    expect(answer.headers.get('x-quota-remaining')).toBe('9');
    expect(answer.headers.get('x-quota-reset')).toBe(
      (await anna.call('GET', '/quota')).body.items[0].resetsAt,
    );
    expect(await usage()).toEqual(['consumed']);
  });

  it('takes cost and resource from the request', async () => {
    const path = `${host.url}/jobs/process/${encodeURIComponent('张三')}/20260314`;
    const answer = await send(path, 'POST', { token: anna.token });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-quota-remaining')).toBe('8');
    expect((await anna.call('GET', '/usage')).body.items).toMatchObject([
      { resourceType: 'dicom_processing', resourceId: '张三_20260314', cost: 2, status: 'consumed' },
    ]);
    expect((await get('cost/5')).headers.get('x-quota-remaining')).toBe('3');
  });

  it.each(['0', '-1', '1.5', '1000001', 'many'])('refuses the cost %s and runs nothing', async (cost) => {
    expect(await get(`cost/${cost}`)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(stage.ran).toBe(0);
    expect(await usage()).toEqual([]);
  });

  it('keeps the debit of an answer without a body', async () => {
    expect((await send(`${host.url}/jobs/nothing`, 'POST', { token: anna.token })).status).toBe(204);
    expect(await usage()).toEqual(['consumed']);
  });

  it('answers 401 without a user and takes nothing', async () => {
    for (const call of [{ token: undefined }, { token: 'nonsense' }, { token: undefined, apiKey: 'x' }]) {
      const answer = await get('plain', call as Call);
      expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    expect(stage.ran).toBe(0);
    expect((await get('free', { token: undefined })).status).toBe(200);
  });

  it('takes an API key that has the scope', async () => {
    const key = async (scopes: string[]) =>
      (await anna.call('POST', '/api-keys', { body: { name: 'x', scopes } })).body.key;
    const withKey = async (scopes: string[]) =>
      send(`${host.url}/jobs/plain`, 'GET', { apiKey: await key(scopes) });
    expect((await withKey(['quota:consume'])).status).toBe(200);
    expect(await withKey(['quota:read'])).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await usage()).toEqual(['consumed']);
  });

  it('answers 402 as /quota/consume does, in the caller’s language', async () => {
    await get('cost/10');
    stage.ran = 0;
    const refused = await get('plain');
    const consumed = await anna.call('POST', '/quota/consume', {
      body: { resourceType: 'dicom_processing' },
    });
    expect(refused.status).toBe(402);
    expect(refused.body).toEqual(consumed.body);
    expect(refused.body).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      quota: { used: 10, limit: 10, remaining: 0 },
    });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('x-quota-limit')).toBe('10');
    expect(refused.headers.get('x-quota-remaining')).toBe('0');
    expect(refused.headers.get('x-quota-reset')).toBe(refused.body.quota.resetsAt);
    const chinese = await get('plain', { headers: { 'accept-language': 'zh-CN' } });
    expect(chinese.body.detail).toMatch(/^配额不足。已用：10\/10/);
    expect(stage.ran).toBe(0);
  });

  it('answers 402 without a subscription', async () => {
    await service.sql(
      `UPDATE commercial.subscriptions SET status = 'expired', ended_at = $2 WHERE account_id =
      (SELECT personal_account_id FROM commercial.users WHERE id = $1)`,
      [anna.id, service.clock.now()],
    );
    await service.sql(
      `UPDATE commercial.quota_balances SET valid_until = valid_from WHERE account_id =
      (SELECT personal_account_id FROM commercial.users WHERE id = $1)`,
      [anna.id],
    );
    expect(await get('plain')).toMatchObject({ status: 402, body: { code: 'SUBSCRIPTION_REQUIRED' } });
  });

  it.each([
    ['the handler throws', 'throws', 500],
    ['a later guard refuses', 'later-guard', 403],
    ['a pipe refuses', 'pipe/abc', 400],
    ['the handler sets a status', 'by-hand/422', 422],
    ['the handler answers by itself', 'own-answer/503', 503],
  ])('gives the quota back once where %s', async (_what, path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    // The refusal is out only when the quota is back, and says so.
    expect(answer.headers.get('x-quota-remaining')).toBe('10');
    expect(await usage()).toEqual(['released']);
    expect(await used()).toBe(0);
  });

  it.each([['by-hand/302'], ['own-answer/200'], ['by-hand/399'], ['pipe/7']])(
    'keeps the debit of %s',
    async (path) => {
      expect((await get(path)).headers.get('x-quota-remaining')).toBe('9');
      expect(await usage()).toEqual(['consumed']);
    },
  );

  it('takes nothing where an earlier guard refuses', async () => {
    expect((await get('earlier-guard')).status).toBe(403);
    expect(await usage()).toEqual([]);
  });

  it.each(['above-access', 'below-access'])('debits once, whichever guard runs first: %s', async (path) => {
    expect((await get(path)).status).toBe(200);
    expect(await usage()).toEqual(['consumed']);
    expect((await get(path, { token: undefined })).status).toBe(401);
  });

  it('debits once where the host binds the guard by hand as well', async () => {
    expect((await get('guarded-twice')).headers.get('x-quota-remaining')).toBe('9');
    expect(await usage()).toEqual(['consumed']);
  });

  it('keeps what decorators below it said of the handler', async () => {
    const answer = await get('decorated-below');
    expect([answer.status, answer.headers.get('x-own')]).toEqual([202, 'below']);
    expect(answer.headers.get('x-quota-remaining')).toBe('9');
  });

  it('gives the handler its own parameters and nothing else', async () => {
    expect((await get('own-parameters/7')).body).toEqual({ id: '7', more: 'default', rest: [] });
    expect((await get('defaults/x/y')).body).toEqual({ first: 'x', second: 'y' });
  });

  it('documents its own parameters and nothing else', () => {
    const { paths } = host.document();
    const parametersOf = (path: string) =>
      paths[path]!.get!.parameters!.map((parameter) => ('name' in parameter ? parameter.name : parameter));
    expect(parametersOf('/jobs/own-parameters/{id}')).toEqual(['id']);
    expect(parametersOf('/jobs/plain')).toEqual([]);
  });

  it.each(['thrown', 'emitted'])(
    'gives back for a failure that the host makes a success of: %s',
    async (how) => {
      expect(await get(`recovered/${how}`)).toMatchObject({ status: 200, body: { instead: true } });
      expect(await usage()).toEqual(['released']);
    },
  );

  it('waits for what an Observable comes to', async () => {
    expect(await get('observable/succeeds')).toMatchObject({ status: 200, body: { outcome: 'succeeds' } });
    expect((await get('observable/fails')).status).toBe(500);
    expect(await usage()).toEqual(['released', 'consumed']);
  });

  it.each([
    ['200', '9', 'consumed'],
    ['409', '10', 'released'],
  ])('puts its headers beside those of a head written by hand with %s', async (status, left, became) => {
    const answer = await get(`own-head/${status}`);
    expect(answer.headers.get('x-own')).toBe('head');
    expect(answer.headers.get('x-quota-limit')).toBe('10');
    expect(answer.headers.get('x-quota-remaining')).toBe(left);
    expect(await usage()).toEqual([became]);
  });

  it('gives the quota back, and runs nothing, where the connection is lost before the handler', async () => {
    const client = open('waiting-guard');
    await stage.gate.untilReached();
    expect(await usage()).toEqual(['consumed']);
    client.destroy();
    await until(async () => (await usage()).join() === 'released');
    stage.gate.open();
    expect((await get('free')).status).toBe(200);
    expect(stage.ran).toBe(0);
    expect(await usage()).toEqual(['released']);
    expect(await used()).toBe(0);
  });

  it('keeps the debit of a handler that runs to its end after the connection is lost', async () => {
    const client = open('long/succeeds');
    await stage.gate.untilReached();
    client.destroy();
    await stage.connectionLost.given;
    stage.gate.open();
    await until(async () => stage.ran === 1);
    expect((await get('free')).status).toBe(200);
    expect(await usage()).toEqual(['consumed']);
  });

  it('gives the quota back once where the handler fails after the connection is lost', async () => {
    const client = open('long/fails');
    await stage.gate.untilReached();
    client.destroy();
    await stage.connectionLost.given;
    stage.gate.open();
    await until(async () => (await usage()).join() === 'released');
    expect(await used()).toBe(0);
  });

  it('lets exactly as many in as there is quota, when all come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => get('plain')));
    expect(statuses(answers)).toEqual({ 200: 10, 402: 30 });
    expect(stage.ran).toBe(10);
  });

  it('loses and invents nothing when failures and successes come at once', async () => {
    stage.gate.open();
    const paths = ['plain', 'throws', 'rejects', 'pipe/abc', 'later-guard'];
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => get(paths[index % 5]!)));
    const succeeded = answers.filter(({ status }) => status === 200).length;
    expect(await used()).toBe(succeeded);
    expect((await get('cost/1')).status).toBe(succeeded < 10 ? 200 : 402);
  });

  it('checks what the routes are sent that the host mounts, though it has no pipe and no filter', async () => {
    const mounted = await startHost(service, on, { routes: true });
    try {
      const call = (method: string, path: string, body?: object) =>
        send(`${mounted.url}${path}`, method, { token: anna.token, body });
      for (const [method, path, body] of [
        ['POST', '/auth/register', { email: 'no address', password: 'x' }],
        ['POST', '/subscriptions', { planCode: 'pro', provider: 'alipay', amount: '0.01' }],
        ['POST', '/quota/consume', { resourceType: 'dicom_processing', unknown: true }],
        ['GET', '/usage?limit=0'],
      ] as [string, string, object?][]) {
        const refused = await call(method, path, body);
        expect(refused).toMatchObject({
          status: 400,
          body: { code: 'VALIDATION_FAILED' },
        });
        expect(refused.headers.get('content-type')).toContain('application/problem+json');
      }
      expect(await call('GET', '/usage')).toMatchObject({ status: 200, body: { items: [] } });
      const outsider = await send(`${mounted.url}/admin/webhook-endpoints`, 'GET', {});
      expect(outsider).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    } finally {
      await mounted.close();
    }
  });

  /** A request whose connection the test holds in its hands. */
  function open(path: string): ClientRequest {
    const headers = { authorization: `Bearer ${anna.token}` };
    const client = request(`${host.url}/jobs/${path}`, { headers, agent: false });
    client.on('error', () => {});
    client.end();
    return client;
  }
});
