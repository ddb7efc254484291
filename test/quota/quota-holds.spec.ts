import { v7 as uuid } from 'uuid';
import { HoldExpiry } from '../../src/quota/engine/hold-expiry.js';
import { QuotaHolds, type HoldRequest } from '../../src/quota/debits/quota-holds.js';
import { administrator, buy, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { statuses, type Answer } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { accountOf } from '../support/quota-parties.js';

const RESOURCE = { resourceType: 'dicom_processing' };

/** Two processes' worth of applications on one database. */
describe('holds', () => {
  let apps: [CommercialApp, CommercialApp];
  let people = 0;

  beforeAll(async () => {
    const first = await startApp();
    apps = [first, await startApp({ beside: first })];
  });
  afterAll(async () => {
    await apps[1].close();
    await apps[0].close();
  });
  afterEach(() => expectInvariants(apps[0].dataSource));

  /** Somebody with an API key, which serves through months; on the plan pro, which allows three at once. */
  async function person(plan: 'free' | 'pro' = 'pro'): Promise<Person & { apiKey: string }> {
    const somebody = await register(apps[0], `holder${(people += 1)}`);
    if (plan === 'pro') await buy(apps[0], somebody, 'alipay');
    const { key } = (await somebody.call('POST', '/api-keys', { body: { name: 'x' } })).body;
    return { ...somebody, apiKey: key };
  }

  const post = (
    { apiKey }: { apiKey: string },
    path: string,
    body: object = {},
    { index = 0, headers = {} }: { index?: number; headers?: Record<string, string> } = {},
  ): Promise<Answer> => apps[index % 2 === 0 ? 0 : 1].call('POST', path, { apiKey, body, headers });

  const hold = (somebody: { apiKey: string }, body: object = {}, index = 0) =>
    post(somebody, '/quota/holds', { ...RESOURCE, ...body }, { index });

  const usedOf = async ({ apiKey }: { apiKey: string }) =>
    (await apps[1].call('GET', '/quota', { apiKey })).body.items[0].used;

  const statusOf = async (holdId: string) =>
    (await apps[0].sql('SELECT status, cost FROM commercial.usage_logs WHERE id = $1', [holdId]))[0];

  const forward = (seconds: number) => apps[0].clock.forward(seconds * 1000);

  it('set quota aside, and say until when and for which queue', async () => {
    const anna = await person();
    const before = apps[0].clock.now().getTime();
    const { status, body } = await hold(anna, { cost: 5, resourceId: 'study', ttlSeconds: 60 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      priority: 'medium',
      quota: { used: 5, limit: 100, remaining: 95 },
    });
    expect(new Date(body.expiresAt).getTime() - before).toBeGreaterThanOrEqual(60_000);
    expect(new Date(body.expiresAt).getTime() - before).toBeLessThan(90_000);
    expect(await statusOf(body.holdId)).toEqual({ status: 'held', cost: 5 });
  });

  it('are committed at their true cost, and give the rest back', async () => {
    const anna = await person();
    const { holdId } = (await hold(anna, { cost: 5 })).body;
    const committed = await post(anna, `/quota/holds/${holdId}/commit`, { cost: 2 });
    expect(committed).toMatchObject({
      status: 200,
      body: { holdId, status: 'committed', quota: { used: 2 } },
    });
    expect(await statusOf(holdId)).toEqual({ status: 'consumed', cost: 2 });
    const again = await post(anna, `/quota/holds/${holdId}/commit`, { cost: 2 }, { index: 1 });
    expect(again).toMatchObject({ status: 200, body: { status: 'committed', quota: { used: 2 } } });
    expect(await post(anna, `/quota/holds/${holdId}/release`)).toMatchObject({
      status: 409,
      body: { code: 'HOLD_NOT_OPEN', detail: expect.stringContaining('committed') },
    });
  });

  it('are released as a whole', async () => {
    const anna = await person();
    const { holdId } = (await hold(anna, { cost: 5 })).body;
    const released = await post(anna, `/quota/holds/${holdId}/release`);
    expect(released).toMatchObject({ status: 200, body: { holdId, status: 'released', quota: { used: 0 } } });
    expect((await post(anna, `/quota/holds/${holdId}/release`)).status).toBe(200);
    expect(await post(anna, `/quota/holds/${holdId}/commit`)).toMatchObject({
      status: 409,
      body: { code: 'HOLD_NOT_OPEN', detail: expect.stringContaining('released') },
    });
  });

  it('can’t be committed for more than they hold, and stay open then', async () => {
    const anna = await person();
    const { holdId } = (await hold(anna, { cost: 5 })).body;
    const tooMuch = await post(anna, `/quota/holds/${holdId}/commit`, { cost: 6 });
    expect(tooMuch).toMatchObject({ status: 409, body: { code: 'COST_EXCEEDS_HOLD' } });
    expect(await statusOf(holdId)).toEqual({ status: 'held', cost: 5 });
    expect((await post(anna, `/quota/holds/${holdId}/commit`)).body.quota.used).toBe(5);
  });

  it('are nobody else’s, and refuse what makes no sense', async () => {
    const [anna, bert] = [await person(), await person()];
    const { holdId } = (await hold(anna)).body;
    expect((await post(bert, `/quota/holds/${holdId}/commit`)).status).toBe(404);
    expect((await post(bert, `/quota/holds/${uuid()}/release`)).status).toBe(404);
    expect((await post(bert, `/quota/holds/nonsense/release`)).status).toBe(400);
    for (const body of [{ ttlSeconds: 0 }, { ttlSeconds: 604_801 }, { cost: 0 }, { ttlSeconds: 1.5 }]) {
      expect((await hold(bert, body)).status).toBe(400);
    }
    // A plain consumption is no hold.
    const { usageId } = (await post(anna, '/quota/consume', RESOURCE)).body;
    expect((await post(anna, `/quota/holds/${usageId}/release`)).status).toBe(404);
  });

  it('expire by themselves: for whoever needs the quota, for the list, and for a late commit', async () => {
    const anna = await person('free');
    const first = (await hold(anna, { cost: 10, ttlSeconds: 60 })).body.holdId;
    expect((await post(anna, '/quota/consume', RESOURCE)).body.code).toBe('QUOTA_EXCEEDED');
    forward(61);
    expect((await post(anna, '/quota/consume', { ...RESOURCE, cost: 10 })).status).toBe(200);
    expect(await statusOf(first)).toEqual({ status: 'released', cost: 10 });
    expect(await post(anna, `/quota/holds/${first}/commit`)).toMatchObject({
      status: 409,
      body: { code: 'HOLD_NOT_OPEN', detail: expect.stringContaining('expired') },
    });

    const bert = await person('free');
    const second = (await hold(bert, { cost: 4, ttlSeconds: 60 })).body.holdId;
    expect(await usedOf(bert)).toBe(4);
    forward(61);
    expect(await usedOf(bert)).toBe(0);
    expect(await statusOf(second)).toEqual({ status: 'released', cost: 4 });

    const third = (await hold(bert, { cost: 4, ttlSeconds: 60 })).body.holdId;
    forward(61);
    expect((await post(bert, `/quota/holds/${third}/commit`)).body.code).toBe('HOLD_NOT_OPEN');
    expect(await statusOf(third)).toEqual({ status: 'released', cost: 4 });
  });

  it('of a period that is over go back to that period', async () => {
    const anna = await person('free');
    const { holdId } = (await hold(anna, { cost: 4, ttlSeconds: 3600 * 24 * 7 })).body;
    forward(32 * 24 * 3600);
    try {
      expect((await post(anna, '/quota/consume', { ...RESOURCE, cost: 3 })).body.quota).toMatchObject({
        used: 3,
        remaining: 7,
      });
      const balances = await apps[0].sql(
        `SELECT b.used FROM commercial.quota_balances b
         JOIN commercial.users u ON u.personal_account_id = b.account_id WHERE u.id = $1 ORDER BY b.valid_from`,
        [anna.id],
      );
      expect(balances).toEqual([{ used: 0 }, { used: 3 }]);
      expect(await statusOf(holdId)).toMatchObject({ status: 'released' });
    } finally {
      forward(-32 * 24 * 3600);
    }
  });

  it('are swept once by however many sweep, and forgotten a day later', async () => {
    const anna = await person();
    const expiry = apps[0].app.get(HoldExpiry, { strict: false });
    forward(901);
    await expiry.expireHolds();
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await hold(anna, { ttlSeconds: 30 })).body.holdId),
    );
    forward(31);
    const sweeps = await Promise.all(
      apps.map((app) => app.app.get(HoldExpiry, { strict: false }).expireHolds()),
    );
    expect(sweeps[0]! + sweeps[1]!).toBe(3);
    const kept = () =>
      apps[0]
        .sql('SELECT id FROM commercial.quota_holds WHERE id = ANY ($1)', [ids])
        .then((rows) => rows.length);
    await expiry.purgeSettled();
    expect(await kept()).toBe(3);
    forward(24 * 3600 + 1);
    await expiry.purgeSettled();
    expect(await kept()).toBe(0);
    expect((await post(anna, `/quota/holds/${ids[0]}/commit`)).status).toBe(404);
  });

  it('are open as many at once as the plan allows, exactly, and say when to try again', async () => {
    const anna = await person();
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => hold(anna, {}, index)));
    expect(statuses(answers)).toEqual({ 201: 3, 429: 37 });
    const crowded = answers.find(({ status }) => status === 429)!;
    expect(crowded.body.code).toBe('CONCURRENCY_LIMIT');
    expect(Number(crowded.headers.get('retry-after'))).toBe(30);
    expect(await usedOf(anna)).toBe(3);
    // Consuming is not limited, and a place that is free again is free.
    expect((await post(anna, '/quota/consume', RESOURCE)).status).toBe(200);
    const { holdId } = answers.find(({ status }) => status === 201)!.body;
    await post(anna, `/quota/holds/${holdId}/release`);
    expect((await hold(anna)).status).toBe(201);
    expect((await hold(anna)).status).toBe(429);
    forward(901);
    expect((await hold(anna)).status).toBe(201);
  });

  it('are settled once, whatever races', async () => {
    const anna = await person();
    for (let round = 0; round < 6; round += 1) {
      const before = await usedOf(anna);
      const { holdId } = (await hold(anna, { cost: 3, ttlSeconds: 30 })).body;
      if (round % 2 === 1) forward(31);
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          index === 11
            ? apps[1].app
                .get(HoldExpiry, { strict: false })
                .expireHolds()
                .then(() => ({ status: 0 }))
            : post(anna, `/quota/holds/${holdId}/${index % 3 === 0 ? 'release' : 'commit'}`, {}, { index }),
        ),
      );
      const { status } = await statusOf(holdId);
      const committed = answers.filter((answer, index) => index % 3 !== 0 && answer.status === 200).length;
      if (round % 2 === 1) expect(status).toBe('released');
      expect(committed > 0).toBe(status === 'consumed');
      expect(await usedOf(anna)).toBe(before + (status === 'consumed' ? 3 : 0));
    }
  });

  it('are made once under one Idempotency-Key, and settled once under another', async () => {
    const anna = await person();
    const held = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        post(
          anna,
          '/quota/holds',
          { ...RESOURCE, cost: 2 },
          { index, headers: { 'idempotency-key': 'hold' } },
        ),
      ),
    );
    const { 201: made = 0, 409: running = 0 } = statuses(held);
    expect(made + running).toBe(20);
    const ids = new Set(held.filter(({ status }) => status === 201).map(({ body }) => body.holdId));
    expect(ids.size).toBe(1);
    const [holdId] = ids;
    expect(await usedOf(anna)).toBe(2);
    const commit = { headers: { 'idempotency-key': 'commit' } };
    const first = await post(anna, `/quota/holds/${holdId}/commit`, { cost: 1 }, commit);
    const second = await post(anna, `/quota/holds/${holdId}/commit`, { cost: 1 }, commit);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect((await post(anna, `/quota/holds/${holdId}/commit`, { cost: 2 }, commit)).status).toBe(422);
    expect(await usedOf(anna)).toBe(1);
  });

  /** A hold as a host makes it, in process. */
  async function ofHost(somebody: Person): Promise<HoldRequest> {
    return {
      ...RESOURCE,
      accountId: await accountOf(apps[0], somebody.id),
      userId: somebody.id,
      cost: 3,
      resourceId: null,
      metadata: null,
      holdId: uuid(),
      ttlSeconds: 60,
    };
  }

  it('made by the host are settled by the host, and by nobody’s token or key', async () => {
    const anna = await person();
    const hold = await apps[0].app.get(QuotaHolds, { strict: false }).hold(await ofHost(anna));
    for (const path of [`/quota/holds/${hold.holdId}/release`, `/quota/holds/${hold.holdId}/commit`]) {
      const refused = { status: 403, body: { code: 'HOLD_NOT_YOURS' } };
      expect(await post(anna, path)).toMatchObject(refused);
      expect(await anna.call('POST', path, { body: {} })).toMatchObject(refused);
      expect((await post(await person(), path)).status).toBe(404);
    }
    expect(await statusOf(hold.holdId)).toEqual({ status: 'held', cost: 3 });
    await hold.commit(2);
    expect(await statusOf(hold.holdId)).toEqual({ status: 'consumed', cost: 2 });
  });

  it('of whoever it is are released by an administrator, once, with a trace', async () => {
    const [anna, admin] = [await person(), await administrator(apps[0])];
    const open = await apps[0].app.get(QuotaHolds, { strict: false }).hold(await ofHost(anna));
    const release = () => admin.call('POST', `/admin/quota/holds/${open.holdId}/release`, { body: {} });
    const answers = await Promise.all(Array.from({ length: 8 }, release));
    expect(statuses(answers)).toEqual({ 200: 8 });
    expect(answers[0]!.body).toMatchObject({ holdId: open.holdId, status: 'released', quota: { used: 0 } });
    const log = await admin.call('GET', `/admin/audit?subjectId=${open.holdId}`);
    expect(log.body.items).toMatchObject([{ action: 'hold.released', detail: { madeBy: 'host' } }]);
    expect((await admin.call('POST', `/admin/quota/holds/${uuid()}/release`, { body: {} })).status).toBe(404);
    const committed = (await hold(anna)).body.holdId;
    await post(anna, `/quota/holds/${committed}/commit`);
    const late = await admin.call('POST', `/admin/quota/holds/${committed}/release`, { body: {} });
    expect(late.body.code).toBe('HOLD_NOT_OPEN');
  });

  it('made again under the id of before answer as before', async () => {
    const anna = await person();
    const holds = apps[0].app.get(QuotaHolds, { strict: false });
    const request = { ...(await ofHost(anna)), cost: 1 };
    const first = await holds.hold(request);
    forward(10);
    const second = await holds.hold(request);
    expect(second.expiresAt).toEqual(first.expiresAt);
    await second.commit();
    expect(await usedOf(anna)).toBe(1);
  });
});
