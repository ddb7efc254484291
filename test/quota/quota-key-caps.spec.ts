import { QuotaService } from '../../src/quota/debits/quota.service.js';
import { KeyCaps } from '../../src/quota/debits/key-caps.js';
import { buy, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { statuses, type Answer } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';

const RESOURCE = 'dicom_processing';

/** Two processes' worth of applications on one database. */
describe('the quota cap of an API key', () => {
  let apps: CommercialApp[];
  let anna: Person;
  let people = 0;

  beforeAll(async () => {
    const first = await startApp();
    apps = [first, await startApp({ beside: first })];
  });
  afterAll(async () => {
    for (const app of apps.toReversed()) await app.close();
  });
  beforeEach(async () => {
    anna = await register(apps[0]!, `cap${(people += 1)}`);
    await buy(apps[0]!, anna, 'alipay');
  });
  afterEach(() => expectInvariants(apps[0]!.dataSource));

  const keyWith = async (quotaCap: number | null) =>
    (await anna.call('POST', '/api-keys', { body: { name: 'x', quotaCap } })).body;
  const post = (apiKey: string, path: string, body: object = {}, index = 0, headers = {}): Promise<Answer> =>
    apps[index % 2]!.call('POST', path, { apiKey, body, headers });
  const consume = (apiKey: string, cost = 1, index = 0) =>
    post(apiKey, '/quota/consume', { resourceType: RESOURCE, cost }, index);
  const usedOf = async (id: string) => {
    const { items } = (await anna.call('GET', '/api-keys')).body;
    return items.find((item: { id: string }) => item.id === id).quotaUsed;
  };
  const accountUsed = async () => (await anna.call('GET', '/quota')).body.items[0].used;

  it('lets exactly what it allows through, of 50 at once over two processes', async () => {
    const { id, key } = await keyWith(20);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => consume(key, 1, index)));
    expect(statuses(answers)).toEqual({ 200: 20, 402: 30 });
    for (const { body } of answers.filter(({ status }) => status === 402)) {
      expect(body).toMatchObject({
        code: 'KEY_QUOTA_EXCEEDED',
        keyQuota: { used: 20, limit: 20, remaining: 0, resetsAt: expect.stringMatching(/T16:00:00.000Z$/) },
      });
    }
    expect([await usedOf(id), await accountUsed()]).toEqual([20, 20]);
  });

  it('never lets more through, whatever the costs', async () => {
    const { id, key } = await keyWith(40);
    const costs = Array.from({ length: 50 }, (_, index) => 1 + ((index * 7) % 5));
    const answers = await Promise.all(costs.map((cost, index) => consume(key, cost, index)));
    const taken = answers.reduce((sum, { status }, index) => sum + (status === 200 ? costs[index]! : 0), 0);
    expect(taken).toBeGreaterThan(35);
    expect(taken).toBeLessThanOrEqual(40);
    expect([await usedOf(id), await accountUsed()]).toEqual([taken, taken]);
  });

  it('takes nothing from the account for what it refuses, nor counts what the account refuses', async () => {
    const [small, large] = [await keyWith(50), await keyWith(150)];
    expect((await consume(small.key, 51)).body.code).toBe('KEY_QUOTA_EXCEEDED');
    expect((await consume(large.key, 101)).body.code).toBe('QUOTA_EXCEEDED');
    expect([await usedOf(small.id), await usedOf(large.id), await accountUsed()]).toEqual([0, 0, 0]);
  });

  it('limits one key alone, and no token', async () => {
    const [capped, free] = [await keyWith(1), await keyWith(null)];
    expect((await consume(capped.key)).status).toBe(200);
    expect((await consume(capped.key)).status).toBe(402);
    expect((await consume(free.key, 3)).status).toBe(200);
    expect((await anna.call('POST', '/quota/consume', { body: { resourceType: RESOURCE } })).status).toBe(
      200,
    );
    expect(await usedOf(free.id)).toBeNull();
    const rows = await apps[0]!.sql('SELECT FROM commercial.api_key_debits WHERE key_id = $1', [free.id]);
    expect(rows).toEqual([]);
  });

  it('counts what is held, and gets back what is released or not needed', async () => {
    const { id, key } = await keyWith(10);
    const hold = async (cost: number) =>
      (await post(key, '/quota/holds', { resourceType: RESOURCE, cost })).body;
    const { holdId: first } = await hold(6);
    const { holdId: second } = await hold(4);
    expect((await hold(1)).code).toBe('KEY_QUOTA_EXCEEDED');
    await post(key, `/quota/holds/${first}/commit`, { cost: 1 });
    expect(await usedOf(id)).toBe(5);
    await anna.call('POST', `/quota/holds/${second}/release`, { body: {} });
    expect(await usedOf(id)).toBe(1);
    expect((await consume(key, 9)).status).toBe(200);
    expect((await consume(key, 1)).status).toBe(402);
  });

  it('gets back what an expired hold set aside', async () => {
    const { id, key } = await keyWith(5);
    await post(key, '/quota/holds', { resourceType: RESOURCE, cost: 5, ttlSeconds: 1 });
    expect(await usedOf(id)).toBe(5);
    apps[0]!.clock.forward(2000);
    await anna.call('GET', '/quota');
    expect(await usedOf(id)).toBe(0);
  });

  it('counts one operation once, however often it is sent', async () => {
    const { id, key } = await keyWith(5);
    const body = { resourceType: RESOURCE, cost: 3 };
    const headers = { 'idempotency-key': `once-${people}` };
    const first = await post(key, '/quota/consume', body, 0, headers);
    const second = await post(key, '/quota/consume', body, 1, headers);
    expect([first.status, second.body]).toEqual([200, first.body]);
    expect(await usedOf(id)).toBe(3);
  });

  it('is asked by POST /quota/check as well', async () => {
    const { key } = await keyWith(2);
    const allowed = async (cost: number) =>
      (await post(key, '/quota/check', { resourceType: RESOURCE, cost })).body.allowed;
    expect([await allowed(2), await allowed(3)]).toEqual([true, false]);
    await consume(key, 1);
    expect([await allowed(1), await allowed(2)]).toEqual([true, false]);
  });

  it('is shared by the keys that follow one another', async () => {
    const { id, key } = await keyWith(5);
    await consume(key, 3);
    const next = (await anna.call('POST', `/api-keys/${id}/rotate`, { body: {} })).body;
    expect((await consume(next.key, 3)).status).toBe(402);
    expect((await consume(next.key, 2)).status).toBe(200);
    expect((await consume(key, 1)).status).toBe(402);
    expect([await usedOf(id), await usedOf(next.id)]).toEqual([5, 5]);
  });

  it('joins a host’s transaction, and a refusal doesn’t spoil it', async () => {
    const { id } = await keyWith(5);
    const quota = apps[0]!.app.get(QuotaService, { strict: false });
    const [{ accountId }] = await apps[0]!.sql(
      `SELECT personal_account_id AS "accountId" FROM commercial.users WHERE id = $1`,
      [anna.id],
    );
    const request = (usageId: string, cost: number) => ({
      accountId,
      userId: anna.id,
      resourceType: RESOURCE,
      cost,
      resourceId: null,
      metadata: null,
      usageId,
      quotaCap: { keyId: id, limit: 5 },
    });
    await apps[0]!.dataSource.transaction(async (manager) => {
      await quota.consume(manager, request('019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b01', 4));
      const refused = quota.consume(manager, request('019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b02', 4));
      await expect(refused).rejects.toMatchObject({ code: 'KEY_QUOTA_EXCEEDED' });
      await quota.consume(manager, request('019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b03', 1));
    });
    expect([await usedOf(id), await accountUsed()]).toEqual([5, 5]);
    const rolledBack = apps[0]!.dataSource.transaction(async (manager) => {
      const later = {
        ...request('019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b04', 1),
        quotaCap: { keyId: id, limit: 9 },
      };
      await quota.consume(manager, later);
      throw new Error('the host changed its mind');
    });
    await expect(rolledBack).rejects.toThrow('the host changed its mind');
    expect([await usedOf(id), await accountUsed()]).toEqual([5, 5]);
  });

  it('begins anew with the month in Beijing, and forgets old usages', async () => {
    const { clock, app, sql } = apps[0]!;
    const before = clock.now();
    const { id, key } = await keyWith(5);
    await consume(key, 5);
    try {
      const { resetsAt } = (await consume(key)).body.keyQuota;
      clock.to(resetsAt);
      expect((await consume(key)).status).toBe(200);
      const count = async () =>
        (await sql('SELECT FROM commercial.api_key_debits WHERE key_id = $1', [id])).length;
      await app.get(KeyCaps, { strict: false }).purge();
      expect(await count()).toBe(2);
      clock.forward(32 * 86_400_000);
      await app.get(KeyCaps, { strict: false }).purge();
      expect(await count()).toBe(1);
    } finally {
      clock.to(before);
    }
  });
});
