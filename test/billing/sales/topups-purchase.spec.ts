import { v7 as uuid } from 'uuid';
import {
  administrator,
  consume,
  payAtCashier,
  register,
  startApp,
  untilPayment,
  type Channel,
  type CommercialApp,
  type Person,
} from '../../support/app.js';
import { notify, pass, startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { fieldsAtFault, statuses, type Answer } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';
import { accountOf } from '../../support/quota-parties.js';

const DAY = 86_400_000;

const PACK = {
  code: 'studies_50',
  name: '50 次加量包',
  quotaType: 'processing_count',
  amount: 50,
  price: '49.00',
  validDays: 90,
};

const buyTopup = (
  person: Person,
  provider: string,
  body: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> =>
  person.call('POST', '/topups', { body: { packCode: PACK.code, provider, ...body }, headers });

async function quotaOf(person: Person): Promise<{ used: number; limit: number; remaining: number }> {
  return (await person.call('GET', '/quota')).body.items[0];
}

describe('a top-up through the channels', () => {
  let app: CommercialApp;

  beforeAll(async () => {
    app = await startApp();
    await (await administrator(app)).call('POST', '/admin/topups', { body: PACK });
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  it.each<Channel>(['alipay', 'wechat'])(
    'is bought and paid through %s, and can be used',
    async (provider) => {
      const person = await register(app, `buyer_${provider}`);
      const { status, body } = await buyTopup(person, provider);
      expect(status).toBe(201);
      expect(body).toMatchObject({
        topup: {
          packCode: PACK.code,
          quotaType: PACK.quotaType,
          amount: 50,
          validDays: 90,
          validUntil: null,
        },
        payment: { provider, amount: '49.00', currency: 'CNY', status: 'pending' },
      });
      expect(await quotaOf(person)).toMatchObject({ limit: 10 });
      await payAtCashier(app, body.payment.orderId);
      await untilPayment(app, body.payment.orderId, 'paid');
      expect(await quotaOf(person)).toMatchObject({ used: 0, limit: 60 });
      expect((await person.call('GET', `/payments/${body.payment.orderId}`)).body).toMatchObject({
        purpose: 'topup',
        planCode: null,
        status: 'paid',
      });
      expect((await person.call('GET', '/payments')).body.items).toMatchObject([{ purpose: 'topup' }]);
      const [balance] = await app.sql(
        `SELECT b.valid_until - b.valid_from AS time FROM commercial.quota_balances b
       JOIN commercial.orders p ON p.id = b.id WHERE p.order_id = $1`,
        [body.payment.orderId],
      );
      expect(balance.time).toMatchObject({ days: 90 });
    },
  );
});

describe('top-ups', () => {
  let app: FakeApp;
  let admin: Person;
  let person: Person;
  let count = 0;

  beforeAll(async () => {
    app = await startFakeApp();
    admin = await administrator(app);
    expect(await admin.call('POST', '/admin/topups', { body: PACK })).toMatchObject({
      status: 201,
      body: { ...PACK, currency: 'CNY', archived: false },
    });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    admin = await administrator(app);
    person = await register(app, `topper${(count += 1)}`);
  });
  afterEach(() => expectInvariants(app.dataSource));

  /** @returns the order's number. */
  async function ordered(body: object = {}): Promise<string> {
    const answer = await buyTopup(person, 'north', body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body.payment.orderId;
  }

  async function bought(body: object = {}): Promise<string> {
    const orderId = await ordered(body);
    app.north.pay(orderId);
    await person.call('GET', `/payments/${orderId}`);
    return orderId;
  }
  const refund = (orderId: string, body: object = {}) =>
    admin.call('POST', `/payments/${orderId}/refunds`, { body });

  it('grant once, however often the channel tells of the payment', async () => {
    const orderId = await ordered();
    app.north.pay(orderId);
    const word = (id: string) =>
      notify(app, 'north', {
        outcome: 'payment',
        notificationId: id,
        orderId,
        observation: { outcome: 'paid', trade: app.north.trade(orderId) },
      });
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => word(`same${orderId}`)),
      ...Array.from({ length: 5 }, (_, index) => word(`other${index}${orderId}`)),
      person.call('GET', `/payments/${orderId}`),
    ]);
    expect(statuses(answers)).toEqual({ 200: 11 });
    expect(await quotaOf(person)).toMatchObject({ limit: 60 });
  });

  it('are found paid by the janitor, where the notification was lost', async () => {
    const orderId = await ordered();
    app.north.pay(orderId);
    await pass(app, 120);
    expect(await quotaOf(await again())).toMatchObject({ limit: 60 });
  });

  it('that were paid after they were closed are worth their whole time from the payment on', async () => {
    const orderId = await ordered();
    expect((await person.call('POST', `/payments/${orderId}/close`)).body.status).toBe('closed');
    app.north.pay(orderId);
    await pass(app, 60);
    const [{ valid_until: until, granted_at: from }] = await app.sql(
      `SELECT t.* FROM commercial.topups t JOIN commercial.orders p USING (id) WHERE p.order_id = $1`,
      [orderId],
    );
    expect(until.getTime() - from.getTime()).toBe(90 * DAY);
    expect(app.clock.now().getTime() - from.getTime()).toBeLessThan(60_000);
    expect(await quotaOf(await again())).toMatchObject({ limit: 60 });
  });

  it('are used after the plan’s quota where they expire later, and before it where they expire sooner', async () => {
    await admin.call('POST', '/admin/topups', {
      body: { ...PACK, code: 'weekend', amount: 4, validDays: 2 },
    });
    await bought();
    await bought({ packCode: 'weekend' });
    const used = async () =>
      (
        await app.sql(
          `SELECT coalesce(k.code, b.kind) AS name, b.used FROM commercial.quota_balances b
           LEFT JOIN commercial.topups t USING (id) LEFT JOIN commercial.topup_packs k ON k.id = t.pack_id
           WHERE b.account_id = $1 ORDER BY b.valid_until`,
          [await accountOf(app, person.id)],
        )
      ).map((row) => [row.name, row.used]);
    await consume(person, { cost: 5 });
    expect(await used()).toEqual([
      ['weekend', 4],
      ['plan', 1],
      [PACK.code, 0],
    ]);
    await consume(person, { cost: 12 });
    expect(await used()).toEqual([
      ['weekend', 4],
      ['plan', 10],
      [PACK.code, 3],
    ]);
  });

  it('lose what is left of them by a full refund, and only that', async () => {
    const orderId = await bought();
    await consume(person, { cost: 13 });
    expect(await quotaOf(person)).toMatchObject({ used: 13, limit: 60, remaining: 47 });
    expect((await refund(orderId, { amount: '9.00' })).body.status).toBe('succeeded');
    expect(await quotaOf(person)).toMatchObject({ remaining: 47 });
    expect((await refund(orderId)).body).toMatchObject({ status: 'succeeded', amount: '40.00' });
    expect(await quotaOf(person)).toMatchObject({ used: 10, limit: 10, remaining: 0 });
    expect((await consume(person)).body.code).toBe('QUOTA_EXCEEDED');
    const [{ used }] = await app.sql(
      `SELECT b.used FROM commercial.quota_balances b JOIN commercial.orders p USING (id) WHERE order_id = $1`,
      [orderId],
    );
    expect(used).toBe(3);
    expect((await person.call('GET', '/subscriptions/current')).body.plan.code).toBe('free');
  });

  it('end when their days are over', async () => {
    await bought();
    app.clock.forward(90 * DAY);
    expect(await quotaOf(await again())).toMatchObject({ limit: 10 });
  });

  it('are ordered once under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': uuid() };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => buyTopup(person, 'north', {}, headers)),
    );
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const first = await buyTopup(person, 'north', {}, headers);
    expect(first.status).toBe(201);
    expect((await person.call('GET', '/payments')).body.items).toHaveLength(1);
    expect(await buyTopup(person, 'north', { packCode: 'other' }, headers)).toMatchObject({ status: 422 });
  });

  it('keep the terms of their order when the pack changes, and are not sold once it is archived', async () => {
    const code = `changing${count}`;
    await admin.call('POST', '/admin/topups', { body: { ...PACK, code, price: '10.00', amount: 5 } });
    const orderId = await ordered({ packCode: code });
    const change = { price: '20.00', amount: 7, archived: true };
    expect(await admin.call('PATCH', `/admin/topups/${code}`, { body: change })).toMatchObject({
      status: 200,
      body: { ...change, validDays: 90 },
    });
    app.north.pay(orderId);
    await person.call('GET', `/payments/${orderId}`);
    expect(await quotaOf(person)).toMatchObject({ limit: 15 });
    expect(await buyTopup(person, 'north', { packCode: code })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    const codes = async (path: string, caller: Person | FakeApp) =>
      ((await caller.call('GET', path)).body.items as { code: string }[]).map((item) => item.code);
    expect(await codes('/topups', app)).not.toContain(code);
    expect(await codes('/admin/topups', admin)).toContain(code);
    const { items } = (await admin.call('GET', `/admin/audit?subjectType=topup_pack&subjectId=${code}`)).body;
    expect(items.map((item: { action: string }) => item.action)).toEqual([
      'topup.pack_changed',
      'topup.pack_created',
    ]);
  });

  it('refuse what can’t be sold', async () => {
    const create = (change: object) =>
      admin.call('POST', '/admin/topups', { body: { ...PACK, code: 'x', ...change } });
    expect(fieldsAtFault(await create({ price: '0.00' }))).toEqual(['price']);
    expect(fieldsAtFault(await create({ amount: 0 }))).toEqual(['amount']);
    expect(fieldsAtFault(await create({ validDays: 0 }))).toEqual(['validDays']);
    expect(fieldsAtFault(await create({ quotaType: 'procesing' }))).toEqual(['quotaType']);
    expect(await create({ code: PACK.code })).toMatchObject({
      status: 409,
      body: { code: 'TOPUP_CODE_TAKEN' },
    });
    expect(fieldsAtFault(await person.call('POST', '/topups', { body: { packCode: PACK.code } }))).toEqual([
      'provider',
    ]);
    expect((await person.call('POST', '/admin/topups', { body: PACK })).status).toBe(403);
  });

  /** The same person, signed in anew: access tokens are short-lived. */
  async function again(): Promise<Person> {
    const { body } = await app.call('POST', '/auth/login', {
      body: { email: person.email, password: 'correct horse battery staple' },
    });
    return {
      ...person,
      call: (method, path, call) => app.call(method, path, { ...call, token: body.accessToken }),
    };
  }
});
