import { PlansService } from '../../../src/billing/catalog/plans/plans.service.js';
import {
  administrator,
  buy,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../../support/app.js';
import { fieldsAtFault, statuses, type Answer } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';

describe('plans', () => {
  let app: CommercialApp;
  let admin: Person;
  let plans: PlansService;
  let count = 0;

  beforeAll(async () => {
    app = await startApp();
    admin = await administrator(app);
    plans = app.app.get(PlansService, { strict: false });
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  const terms = {
    name: '团队版',
    description: '适合科室',
    price: '299.00',
    quotas: [{ quotaType: 'processing_count', quotaLimit: 400, overageCap: 50 }],
    features: { max_concurrent: 5, priority: 'medium' },
  };
  const newCode = () => `team${(count += 1)}`;
  const create = (body: object) => admin.call('POST', '/admin/plans', { body });
  const createVersion = (code: string, body: object) =>
    admin.call('POST', `/admin/plans/${code}/versions`, { body });

  /** A monthly plan, on sale. @returns its code. */
  async function made(change: object = {}): Promise<string> {
    const code = newCode();
    const { status, body } = await create({ code, billingCycle: 'monthly', ...terms, ...change });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return code;
  }
  const onSale = async (code: string) =>
    ((await app.call('GET', '/plans')).body.items as { code: string }[]).filter((plan) => plan.code === code);

  it('are made by an administrator, on sale at once, with a price in yuan', async () => {
    const code = newCode();
    const answer = await create({ code, billingCycle: 'yearly', trialDays: 14, ...terms });
    expect(answer).toMatchObject({
      status: 201,
      body: { code, version: 1, status: 'active', price: '299.00', currency: 'CNY', billingCycle: 'yearly' },
    });
    expect(answer.body).toMatchObject({ ...terms, trialDays: 14, migrateAt: null });
    expect(await onSale(code)).toEqual([
      {
        id: answer.body.id,
        code,
        currency: 'CNY',
        billingCycle: 'yearly',
        trialDays: 14,
        ...terms,
        quotas: [{ quotaType: 'processing_count', quotaLimit: 400, quotaPeriod: 'month' }],
      },
    ]);
    expect(await create({ code, billingCycle: 'monthly', ...terms })).toMatchObject({
      status: 409,
      body: { code: 'PLAN_CODE_TAKEN' },
    });
  });

  it('change by a new version, in which what is left out stays', async () => {
    const code = await made({ trialDays: 7 });
    const answer = await createVersion(code, { price: '349.00' });
    expect(answer).toMatchObject({
      status: 201,
      body: { ...terms, version: 2, price: '349.00', trialDays: 7 },
    });
    expect(await onSale(code)).toMatchObject([{ id: answer.body.id, price: '349.00' }]);
    const { items } = (await admin.call('GET', `/admin/plans?code=${code}`)).body;
    expect(items.map((plan: any) => [plan.version, plan.price])).toEqual([
      [2, '349.00'],
      [1, '299.00'],
    ]);
  });

  it('leave subscribers the version that they bought', async () => {
    const code = await made();
    const person = await register(app, `keeper${count}`);
    await buy(app, person, 'alipay', code);
    await createVersion(code, {
      price: '349.00',
      quotas: [{ quotaType: 'processing_count', quotaLimit: 1 }],
    });
    const { body } = await person.call('GET', '/subscriptions/current');
    expect(body).toMatchObject({ plan: { price: '299.00' }, quotas: [{ limit: 400 }] });
  });

  it('name the version that older subscribers go on with, from the date that it says', async () => {
    const code = await made();
    const first = await plans.onSale(code);
    const date = new Date('2027-03-01T00:00:00.000Z');
    await createVersion(code, { price: '349.00', migrateAt: date.toISOString() });
    await createVersion(code, { price: '399.00' });
    const at = (moment: Date) => plans.successor(first, moment, app.dataSource.manager);
    expect(await at(new Date(date.getTime() - 1))).toBe(first);
    expect(await at(date)).toMatchObject({ version: 2, priceFen: 34_900, quotas: [{ quotaLimit: 400 }] });
    const latest = await plans.onSale(code);
    expect(await plans.successor(latest, date, app.dataSource.manager)).toBe(latest);
  });

  it('are not sold while they are archived, in any version, and are again when restored', async () => {
    const code = await made();
    const person = await register(app, `archivist${count}`);
    await buy(app, person, 'wechat', code);
    const set = (deed: string) => admin.call('POST', `/admin/plans/${code}/${deed}`);
    expect(await set('archive')).toMatchObject({ status: 200, body: { code, status: 'archived' } });
    expect((await set('archive')).status).toBe(200);
    expect((await createVersion(code, { price: '1.00' })).body.status).toBe('archived');
    expect(await onSale(code)).toEqual([]);
    const other = await register(app, `late${count}`);
    const refused = await other.call('POST', '/subscriptions', {
      body: { planCode: code, provider: 'alipay' },
    });
    expect(refused).toMatchObject({ status: 404, body: { code: 'PLAN_NOT_FOUND' } });
    expect((await person.call('GET', '/subscriptions/current')).body.plan.code).toBe(code);
    expect(await set('restore')).toMatchObject({ status: 200, body: { status: 'active' } });
    expect(await onSale(code)).toMatchObject([{ price: '1.00' }]);
  });

  it('are missed by nobody who registers while the free one is archived', async () => {
    await admin.call('POST', '/admin/plans/free/archive');
    const person = await register(app, `without${(count += 1)}`);
    expect(await person.call('GET', '/subscriptions/current')).toMatchObject({ status: 404 });
    await admin.call('POST', '/admin/plans/free/restore');
  });

  it('get each version number once, however many are made at the same moment', async () => {
    const code = await made();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => createVersion(code, { price: `${index + 1}.00` })),
    );
    const made201 = statuses(answers)[201]!;
    expect(statuses(answers)).toEqual({ 201: made201, ...(made201 < 10 ? { 409: 10 - made201 } : {}) });
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(
      Array.from({ length: 10 - made201 }, () => 'PLAN_VERSION_CONFLICT'),
    );
    const { items } = (await admin.call('GET', `/admin/plans?code=${code}`)).body;
    expect(items.map((plan: any) => plan.version).toSorted((a: number, b: number) => a - b)).toEqual(
      Array.from({ length: made201 + 1 }, (_, index) => index + 1),
    );
  });

  it('are archived in all versions, also in those made at the same moment', async () => {
    const code = await made();
    await Promise.all([
      ...Array.from({ length: 4 }, () => createVersion(code, { price: '7.00' })),
      admin.call('POST', `/admin/plans/${code}/archive`),
    ]);
    expect(await onSale(code)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a feature that nobody knows', { features: { max_concurent: 3 } }, 'features.max_concurent'],
    ['a feature of another type', { features: { priority: 'urgent' } }, 'features.priority'],
    [
      'a quota type that nobody knows',
      { quotas: [{ quotaType: 'procesing', quotaLimit: 1 }] },
      'quotas.0.quotaType',
    ],
    [
      'a limit beyond an integer',
      { quotas: [{ quotaType: 'processing_count', quotaLimit: 3e9 }] },
      'quotas.0.quotaLimit',
    ],
    [
      'a limit that isn’t whole',
      { quotas: [{ quotaType: 'processing_count', quotaLimit: 1.5 }] },
      'quotas.0.quotaLimit',
    ],
    ['a price of three decimals', { price: '1.005' }, 'price'],
    ['a price that is a number', { price: 99 }, 'price'],
    ['a price beyond an integer', { price: '10000000.00' }, 'price'],
    ['a trial that is too long', { trialDays: 367 }, 'trialDays'],
    ['a name without a letter', { name: '' }, 'name'],
    ['a field that isn’t one', { currency: 'USD' }, 'currency'],
  ])('refuse %s', async (_, change, field) => {
    const body = { code: newCode(), billingCycle: 'monthly', ...terms, ...change };
    expect(fieldsAtFault(await create(body))).toEqual([field]);
  });

  it('refuse a quota type that stands twice', async () => {
    const [quota] = terms.quotas;
    const body = { code: newCode(), billingCycle: 'monthly', ...terms, quotas: [quota, quota] };
    expect(fieldsAtFault(await create(body))).toEqual(['quotas.1.quotaType']);
  });

  it('refuse a version that would make a free plan cost, or the reverse, and one of a plan that isn’t there', async () => {
    expect(fieldsAtFault(await createVersion('free', { price: '9.00' }))).toEqual(['price']);
    expect(fieldsAtFault(await createVersion(await made(), { price: '0' }))).toEqual(['price']);
    expect(await createVersion('nowhere', {})).toMatchObject({
      status: 404,
      body: { code: 'PLAN_NOT_FOUND' },
    });
  });

  it('are changed by administrators alone, and each deed stands in the audit log', async () => {
    const code = await made();
    await createVersion(code, { price: '1.00', migrateAt: '2027-01-01T00:00:00Z' });
    await admin.call('POST', `/admin/plans/${code}/archive`);
    await admin.call('POST', `/admin/plans/${code}/restore`);
    const { items } = (await admin.call('GET', `/admin/audit?subjectType=plan&subjectId=${code}`)).body;
    expect(items.map(({ action, actorUserId }: any) => [action, actorUserId])).toEqual(
      ['plan.restored', 'plan.archived', 'plan.version_created', 'plan.created'].map((action) => [
        action,
        admin.id,
      ]),
    );
    expect(items[2].detail).toMatchObject({
      version: 2,
      priceFen: 100,
      migrateAt: '2027-01-01T00:00:00.000Z',
    });
    const person = await register(app, `user${(count += 1)}`);
    const tries: Answer[] = await Promise.all([
      person.call('POST', '/admin/plans', { body: { code: newCode(), billingCycle: 'monthly', ...terms } }),
      person.call('POST', `/admin/plans/${code}/versions`, { body: {} }),
      person.call('POST', `/admin/plans/${code}/archive`),
    ]);
    expect(statuses(tries)).toEqual({ 403: 3 });
  });

  it('can’t be changed in the database either', async () => {
    const code = await made();
    for (const change of [`price_fen = 1`, `features = '{}'`, `migrate_at = now()`]) {
      await expect(
        app.sql(`UPDATE commercial.subscription_plans SET ${change} WHERE code = $1`, [code]),
      ).rejects.toThrow('A version of a plan never changes');
    }
    await expect(
      app.sql(
        `UPDATE commercial.plan_quotas SET quota_limit = 1
         WHERE plan_id IN (SELECT id FROM commercial.subscription_plans WHERE code = $1)`,
        [code],
      ),
    ).rejects.toThrow('A version of a plan never changes');
  });
});
