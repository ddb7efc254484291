import { v7 as uuid } from 'uuid';
import { QuotaGrants } from '../../src/quota/balances/quota-grants.js';
import { QuotaHolds } from '../../src/quota/debits/quota-holds.js';
import {
  administrator,
  buy,
  consume,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { statuses } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { accountOf, addPlan, consumption, quotaOf, settledAs } from '../support/quota-parties.js';

const DAY = 24 * 3600 * 1000;

describe('several balances', () => {
  let app: CommercialApp;
  let admin: Person;
  let people = 0;

  beforeAll(async () => {
    app = await startApp({
      commercial: { resources: { dicom_processing: 'processing_count', report: 'reports' } },
    });
    admin = await administrator(app);
    await addPlan(app, { code: 'elastic', quotas: { processing_count: { limit: 10, overageCap: 5 } } });
    await addPlan(app, {
      code: 'double',
      quotas: { processing_count: { limit: 10 }, reports: { limit: 3 } },
    });
    await addPlan(app, {
      code: 'yearly',
      priceFen: 100,
      billingCycle: 'yearly',
      quotas: { processing_count: { limit: 10 } },
    });
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  /** On the plan free (10 a month) or that of the code. */
  async function person(planCode?: string): Promise<Person & { accountId: string; apiKey: string }> {
    const somebody = await register(app, `owner${(people += 1)}`);
    if (planCode === 'yearly') await buy(app, somebody, 'alipay', planCode);
    else if (planCode) await somebody.call('POST', '/subscriptions', { body: { planCode } });
    const { key } = (await somebody.call('POST', '/api-keys', { body: { name: 'x', expiresAt: null } })).body;
    return { ...somebody, accountId: await accountOf(app, somebody.id), apiKey: key };
  }

  async function grant(accountId: string, amount: number, days: number, grantId = uuid()): Promise<string> {
    const validFrom = app.clock.now();
    await app.dataSource.transaction((manager) =>
      app.app.get(QuotaGrants, { strict: false }).grant(manager, {
        grantId,
        accountId,
        kind: 'topup',
        quotaType: 'processing_count',
        amount,
        validFrom,
        validUntil: new Date(Math.ceil(validFrom.getTime() / DAY) * DAY + days * DAY),
      }),
    );
    return grantId;
  }

  const usedById = async (accountId: string): Promise<Record<string, number>> =>
    Object.fromEntries(
      (
        await app.sql(
          `SELECT CASE kind WHEN 'plan' THEN 'plan' ELSE id::text END AS id, used
           FROM commercial.quota_balances WHERE account_id = $1`,
          [accountId],
        )
      ).map(({ id, used }) => [id, used]),
    );

  const quota = async ({ apiKey }: { apiKey: string }) =>
    (await app.call('GET', '/quota', { apiKey })).body.items;

  it('are used in the order in which they expire, and of those that expire together the oldest first', async () => {
    const anna = await person();
    const late = await grant(anna.accountId, 4, 90);
    const older = await grant(anna.accountId, 4, 5);
    const younger = await grant(anna.accountId, 4, 5);
    expect(await quota(anna)).toEqual([expect.objectContaining({ used: 0, limit: 22, remaining: 22 })]);
    const take = async (cost: number) => {
      await quotaOf(app).consume(consumption(anna.accountId, anna.id, { cost }));
      return usedById(anna.accountId);
    };
    expect(await take(3)).toEqual({ [older]: 3, [younger]: 0, plan: 0, [late]: 0 });
    expect(await take(3)).toEqual({ [older]: 4, [younger]: 2, plan: 0, [late]: 0 });
    expect(await take(13)).toEqual({ [older]: 4, [younger]: 4, plan: 10, [late]: 1 });
    expect(await take(3)).toEqual({ [older]: 4, [younger]: 4, plan: 10, [late]: 4 });
    const [state] = await quota(anna);
    expect(state).toMatchObject({ used: 22, limit: 22, remaining: 0 });
    const [{ valid_until: end }] = await app.sql(
      `SELECT valid_until FROM commercial.quota_balances WHERE account_id = $1 AND kind = 'plan'`,
      [anna.accountId],
    );
    expect(state.resetsAt).toBe(end.toISOString());
    expect((await consume(anna)).body.code).toBe('QUOTA_EXCEEDED');
  });

  it('get back what was drawn from each, and the last first where only a part comes back', async () => {
    const bert = await person();
    const soon = await grant(bert.accountId, 2, 5);
    const late = await grant(bert.accountId, 4, 90);
    const usage = consumption(bert.accountId, bert.id, { cost: 14 });
    await quotaOf(app).consume(usage);
    expect(await usedById(bert.accountId)).toEqual({ [soon]: 2, plan: 10, [late]: 2 });
    expect(await quotaOf(app).giveBack(bert.accountId, usage.usageId)).toBe(true);
    expect(await quotaOf(app).giveBack(bert.accountId, usage.usageId)).toBe(false);
    expect(await usedById(bert.accountId)).toEqual({ [soon]: 0, plan: 0, [late]: 0 });

    const holds = app.app.get(QuotaHolds, { strict: false });
    for (const [cost, expected] of [
      [13, { [soon]: 2, plan: 10, [late]: 1 }],
      [12, { [soon]: 2, plan: 10, [late]: 0 }],
      [1, { [soon]: 1, plan: 0, [late]: 0 }],
    ] as const) {
      const { usageId: holdId, ...request } = consumption(bert.accountId, bert.id, { cost: 14 });
      const hold = await holds.hold({ ...request, holdId });
      await hold.commit(cost);
      expect(await usedById(bert.accountId)).toEqual(expected);
      expect(await quotaOf(app).giveBack(bert.accountId, holdId)).toBe(true);
    }
  });

  it('refuse only those who do not fit, in order of arrival', async () => {
    const carl = await person();
    await grant(carl.accountId, 2, 5);
    const costs = [6, 7, 5, 2, 1, 1];
    const answers = costs.map((cost) => quotaOf(app).consume(consumption(carl.accountId, carl.id, { cost })));
    expect(await settledAs(answers, ({ quota: { remaining } }) => remaining)).toEqual([
      6,
      'QUOTA_EXCEEDED',
      1,
      'QUOTA_EXCEEDED',
      0,
      'QUOTA_EXCEEDED',
    ]);
  });

  it('may be used beyond, up to the plan’s cap, when everything else is used up', async () => {
    const dora = await person('elastic');
    const late = await grant(dora.accountId, 3, 90);
    const check = async (cost: number) =>
      (await dora.call('POST', '/quota/check', { body: { resourceType: 'dicom_processing', cost } })).body
        .allowed;
    expect([await check(18), await check(19)]).toEqual([true, false]);
    expect((await consume(dora, { cost: 12 })).body.quota).toMatchObject({
      used: 12,
      limit: 13,
      remaining: 1,
    });
    const beyond = (await consume(dora, { cost: 3 })).body;
    expect(beyond.quota).toMatchObject({ used: 15, limit: 13, remaining: 0, overage: 2 });
    expect(await usedById(dora.accountId)).toEqual({ plan: 12, [late]: 3 });
    const last = await Promise.all(Array.from({ length: 9 }, () => consume(dora)));
    expect(statuses(last)).toEqual({ 200: 3, 402: 6 });
    expect(await quota(dora)).toMatchObject([{ used: 18, limit: 13, remaining: 0, overage: 5 }]);
    await quotaOf(app).giveBack(dora.accountId, beyond.usageId);
    expect(await quota(dora)).toMatchObject([{ used: 15, remaining: 1, overage: 3 }]);
  });

  it('of several types stand beside each other', async () => {
    const emil = await person('double');
    const report = (cost: number) => consume(emil, { resourceType: 'report', cost });
    expect((await report(3)).body.quota).toMatchObject({ quotaType: 'reports', used: 3, limit: 3 });
    expect((await report(1)).status).toBe(402);
    expect((await consume(emil, { cost: 10 })).status).toBe(200);
    expect(await quota(emil)).toMatchObject([
      { quotaType: 'processing_count', used: 10 },
      { quotaType: 'reports', used: 3 },
    ]);
    const fred = await person();
    expect((await consume(fred, { resourceType: 'report' })).body.code).toBe('SUBSCRIPTION_REQUIRED');
  });

  it('of a yearly plan begin anew each month, and end with the grace after the year', async () => {
    const gina = await person('yearly');
    const start = app.clock.now();
    const use = () =>
      app.call('POST', '/quota/consume', {
        apiKey: gina.apiKey,
        body: { resourceType: 'dicom_processing', cost: 10 },
      });
    const resets: string[] = [];
    try {
      for (let month = 0; month < 12; month += 1) {
        const answers = await Promise.all([use(), use(), use()]);
        expect(statuses(answers)).toEqual({ 200: 1, 402: 2 });
        resets.push((await quota(gina))[0].resetsAt);
        app.clock.to(new Date(resets.at(-1)!));
      }
      expect(new Set(resets).size).toBe(12);
      expect(new Date(resets.at(-1)!).getUTCFullYear()).toBe(start.getUTCFullYear() + 1);
      const { quota: inGrace } = (await use()).body;
      expect(new Date(inGrace.resetsAt).getTime() - Date.parse(resets.at(-1)!)).toBe(3 * DAY);
      app.clock.to(inGrace.resetsAt);
      const current = await app.call('GET', '/subscriptions/current', { apiKey: gina.apiKey });
      expect(current.body.plan.code).toBe('free');
    } finally {
      app.clock.to(start);
    }
  });

  it('are given by an administrator, once for each key, and on record', async () => {
    const hans = await person();
    const validUntil = new Date(app.clock.now().getTime() + 10 * DAY).toISOString();
    const body = {
      userId: hans.id,
      quotaType: 'processing_count',
      amount: 5,
      validUntil,
      reason: 'an apology',
    };
    const give = (more: object = {}, by: Person = admin) =>
      by.call('POST', '/admin/quota/grants', {
        body: { ...body, ...more },
        headers: { 'idempotency-key': 'apology' },
      });
    const answers = await Promise.all([give(), give(), give(), give()]);
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map((answer) => answer.body.id)).size).toBe(1);
    expect(made[0]!.body).toMatchObject({
      kind: 'promotion',
      granted: 5,
      used: 0,
      accountId: hans.accountId,
    });
    expect((await give()).body).toEqual(made[0]!.body);
    expect(await quota(hans)).toMatchObject([{ limit: 15 }]);
    const audit = await app.sql(
      `SELECT actor_user_id, detail FROM commercial.audit_log WHERE action = 'quota.granted' AND subject_id = $1`,
      [hans.accountId],
    );
    expect(audit).toEqual([
      { actor_user_id: admin.id, detail: expect.objectContaining({ amount: 5, reason: 'an apology' }) },
    ]);
    const { body: list } = await admin.call('GET', `/admin/quota/balances?accountId=${hans.accountId}`);
    expect(list.items.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual(['plan', 'promotion']);

    for (const [more, status] of [
      [{ amount: 0 }, 400],
      [{ quotaType: 'x' }, 400],
      [{ userId: undefined }, 400],
      [{ accountId: hans.accountId }, 400],
      [{ validUntil: app.clock.now().toISOString() }, 400],
      [{ userId: uuid() }, 404],
    ] as const) {
      const answer = await admin.call('POST', '/admin/quota/grants', { body: { ...body, ...more } });
      expect([more, answer.status]).toEqual([more, status]);
    }
    expect((await give({}, hans)).status).toBe(403);
  });

  it('end when they are taken back, with what was used kept on record', async () => {
    const ida = await person();
    const paid = await grant(ida.accountId, 20, 5);
    expect(await grant(ida.accountId, 20, 5, paid)).toBe(paid);
    await consume(ida, { cost: 3 });
    expect(await quota(ida)).toMatchObject([{ used: 3, limit: 30 }]);
    const grants = app.app.get(QuotaGrants, { strict: false });
    await app.dataSource.transaction((manager) => grants.end(manager, paid, app.clock.now()));
    expect(await quota(ida)).toMatchObject([{ used: 0, limit: 10 }]);
    expect(await usedById(ida.accountId)).toEqual({ [paid]: 3, plan: 0 });
  });
});
