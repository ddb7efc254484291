import { v7 as uuid } from 'uuid';
import { administrator, paymentRow, register, type Person } from '../../support/app.js';
import { pass, startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { fieldsAtFault, statuses, type Answer } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';

describe('a coupon', () => {
  let app: FakeApp;
  let admin: Person;
  let person: Person;
  let count = 0;

  beforeAll(async () => {
    app = await startFakeApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    admin = await administrator(app);
    person = await somebody();
  });
  afterEach(() => expectInvariants(app.dataSource));

  const somebody = () => register(app, `saver${(count += 1)}`);
  const create = (body: object) => admin.call('POST', '/admin/coupons', { body });

  /** @returns its code. */
  async function coupon(terms: object): Promise<string> {
    const code = `C${(count += 1)}-SALE`;
    const answer = await create({ code, ...terms });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return code;
  }
  const subscribe = (couponCode: string, by = person, body: object = {}): Promise<Answer> =>
    by.call('POST', '/subscriptions', { body: { planCode: 'pro', provider: 'north', couponCode, ...body } });
  const redeemed = async (code: string): Promise<number> =>
    (await app.sql('SELECT redeemed FROM commercial.coupons WHERE code = $1', [code]))[0].redeemed;
  const current = (by = person) => by.call('GET', '/subscriptions/current');

  it.each<[string, object, string]>([
    ['a part of the price', { percentOff: 20 }, '79.20'],
    ['an amount', { amountOff: '10.01' }, '88.99'],
    ['a part, rounded down to the fen in the discount', { percentOff: 33, planCodes: ['pro'] }, '66.33'],
  ])('takes off %s, and the plan comes into force for the rest', async (_, terms, amount) => {
    const code = await coupon(terms);
    const { status, body } = await subscribe(code.toLowerCase());
    expect(status).toBe(201);
    expect(body.payment).toMatchObject({ amount, status: 'pending' });
    app.north.pay(body.payment.orderId);
    expect((await person.call('GET', `/payments/${body.payment.orderId}`)).body).toMatchObject({
      amount,
      status: 'paid',
    });
    expect((await current()).body.plan.code).toBe('pro');
    expect(await redeemed(code)).toBe(1);
  });

  it('is given once where fifty ask for the last one at once', async () => {
    const code = await coupon({ percentOff: 50, maxRedemptions: 3 });
    for (let used = 0; used < 2; used += 1)
      expect((await subscribe(code, await somebody())).status).toBe(201);
    const people = await Promise.all(Array.from({ length: 50 }, somebody));
    const answers = await Promise.all(people.map((each) => subscribe(code, each)));
    expect(statuses(answers)).toEqual({ 201: 1, 409: 49 });
    const refused = answers.filter(({ status }) => status === 409);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['COUPON_USED_UP']));
    expect(await redeemed(code)).toBe(3);
  });

  it('is used once by each user, also where two orders want it at once', async () => {
    const code = await coupon({ percentOff: 50 });
    const answers = await Promise.all(
      ['pro', 'enterprise'].map((planCode) => subscribe(code, person, { planCode })),
    );
    expect(statuses(answers)).toEqual({ 201: 1, 409: 1 });
    const refused = answers.find(({ status }) => status === 409);
    expect(refused!.body.code).toBe('COUPON_ALREADY_USED');
    expect(await redeemed(code)).toBe(1);
  });

  it.each<[string, (orderId: string) => Promise<unknown>]>([
    ['is closed', (orderId) => person.call('POST', `/payments/${orderId}/close`)],
    ['expires', () => pass(app, 31 * 60, 60)],
  ])('is free again when its order %s unpaid', async (_, end) => {
    const code = await coupon({ percentOff: 50, maxRedemptions: 1 });
    const { orderId } = (await subscribe(code)).body.payment;
    const other = await somebody();
    expect((await subscribe(code, other)).body.code).toBe('COUPON_USED_UP');
    await end(orderId);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'closed' });
    expect(await redeemed(code)).toBe(0);
    expect((await subscribe(code, await somebody())).status).toBe(201);
  });

  it('is free again when the channel refuses its order', async () => {
    const code = await coupon({ percentOff: 50, maxRedemptions: 1 });
    app.north.refuses = true;
    expect(await subscribe(code)).toMatchObject({ status: 409, body: { code: 'CHANNEL_REFUSED' } });
    app.north.refuses = false;
    expect((await subscribe(code)).body.payment.amount).toBe('49.50');
  });

  it('goes over to the order that replaces its own', async () => {
    const code = await coupon({ percentOff: 50, maxRedemptions: 1 });
    const { orderId } = (await subscribe(code)).body.payment;
    expect((await subscribe(code)).status).toBe(201);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'closed' });
    expect(await redeemed(code)).toBe(1);
  });

  it('is honoured where its order is paid late, though somebody else has it by then', async () => {
    const code = await coupon({ percentOff: 50, maxRedemptions: 1 });
    const { orderId } = (await subscribe(code)).body.payment;
    await person.call('POST', `/payments/${orderId}/close`);
    expect((await subscribe(code, await somebody())).status).toBe(201);
    app.north.pay(orderId);
    await pass(app, 60);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid', amount_fen: 4950 });
    expect((await current()).body.plan.code).toBe('pro');
    const rows = await app.sql(
      `SELECT r.status FROM commercial.coupon_redemptions r JOIN commercial.coupons c ON c.id = r.coupon_id
       WHERE c.code = $1 ORDER BY r.created_at`,
      [code],
    );
    expect(rows.map(({ status }) => status)).toEqual(['honoured', 'reserved']);
    // The user has had it all the same.
    expect((await subscribe(code, person, { planCode: 'enterprise' })).body.code).toBe('COUPON_ALREADY_USED');
  });

  it('stays used when the money is refunded', async () => {
    const code = await coupon({ percentOff: 50 });
    const { orderId } = (await subscribe(code)).body.payment;
    app.north.pay(orderId);
    await person.call('GET', `/payments/${orderId}`);
    const { body } = await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} });
    expect(body).toMatchObject({ status: 'succeeded', amount: '49.50' });
    expect((await subscribe(code)).body.code).toBe('COUPON_ALREADY_USED');
  });

  it.each<[string, object]>([
    ['of 100 %', { percentOff: 100 }],
    ['of more than the price', { amountOff: '500.00' }],
  ])('%s puts the plan in force at once, without a channel or a payment', async (_, terms) => {
    const code = await coupon({ ...terms, maxRedemptions: 1 });
    const calls = app.north.calls.length;
    const headers = { 'idempotency-key': uuid() };
    const free = () =>
      person.call('POST', '/subscriptions', { body: { planCode: 'pro', couponCode: code }, headers });
    const answer = await free();
    expect(answer).toMatchObject({
      status: 201,
      body: { subscription: { status: 'active' }, payment: null },
    });
    expect((await free()).body).toEqual(answer.body);
    expect((await current()).body).toMatchObject({ plan: { code: 'pro' }, quotas: [{ limit: 100 }] });
    expect(app.north.calls).toHaveLength(calls);
    expect(await redeemed(code)).toBe(1);
    expect(await subscribe(code, await somebody())).toMatchObject({
      status: 409,
      body: { code: 'COUPON_USED_UP' },
    });
  });

  it('that leaves something to pay asks for a channel, and isn’t used without one', async () => {
    const code = await coupon({ percentOff: 99, maxRedemptions: 1 });
    const answer = await person.call('POST', '/subscriptions', {
      body: { planCode: 'pro', couponCode: code },
    });
    expect(fieldsAtFault(answer)).toEqual(['provider']);
    expect(await redeemed(code)).toBe(0);
    expect((await subscribe(code)).body.payment.amount).toBe('0.99');
  });

  it('is refused, and nothing is ordered, where it isn’t good', async () => {
    const day = (days: number) => new Date(app.clock.now().getTime() + days * 86_400_000).toISOString();
    const cases: [string, string, object?][] = [
      ['NEVER-MADE', 'it is unknown'],
      [await coupon({ percentOff: 10, startsAt: day(1) }), 'it is good from'],
      [await coupon({ percentOff: 10, endsAt: day(-1) }), 'it ended at'],
      [await coupon({ percentOff: 10, planCodes: ['enterprise'] }), 'it is for the plans enterprise'],
      [await coupon({ percentOff: 10 }), 'the plan is free', { planCode: 'free' }],
    ];
    for (const [code, reason, body] of cases) {
      const answer = await subscribe(code, person, body);
      expect(answer).toMatchObject({ status: 409, body: { code: 'COUPON_INVALID' } });
      expect(answer.body.detail).toContain(reason);
    }
    expect(fieldsAtFault(await subscribe('no'))).toEqual(['couponCode']);
    expect((await person.call('GET', '/payments')).body.items).toEqual([]);
  });

  it('is ended, and its number changed, by an administrator, and each deed stands in the audit log', async () => {
    const code = await coupon({ percentOff: 50, maxRedemptions: 2 });
    await subscribe(code);
    await subscribe(code, await somebody());
    const patch = (body: object) => admin.call('PATCH', `/admin/coupons/${code.toLowerCase()}`, { body });
    expect(fieldsAtFault(await patch({ maxRedemptions: 1 }))).toEqual(['maxRedemptions']);
    expect(await patch({})).toMatchObject({ status: 200, body: { code, maxRedemptions: 2 } });
    expect((await patch({ maxRedemptions: null })).body).toMatchObject({
      code,
      maxRedemptions: null,
      redeemed: 2,
    });
    expect((await subscribe(code, await somebody())).status).toBe(201);
    expect((await patch({ endsAt: app.clock.now().toISOString() })).status).toBe(200);
    expect((await subscribe(code, await somebody())).body.code).toBe('COUPON_INVALID');
    expect((await admin.call('GET', '/admin/coupons?limit=1')).body.items).toMatchObject([
      { code, redeemed: 3 },
    ]);
    const { items } = (await admin.call('GET', `/admin/audit?subjectType=coupon&subjectId=${code}`)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual([
      'coupon.changed',
      'coupon.changed',
      'coupon.created',
    ]);
    expect(
      (await person.call('POST', '/admin/coupons', { body: { code: 'MINE', percentOff: 100 } })).status,
    ).toBe(403);
  });

  it.each<[string, object, string]>([
    ['neither a part nor an amount', {}, 'percentOff'],
    ['both', { percentOff: 1, amountOff: '1.00' }, 'percentOff'],
    ['more than the whole', { percentOff: 101 }, 'percentOff'],
    ['nothing', { amountOff: '0.00' }, 'amountOff'],
    [
      'an end before its start',
      { percentOff: 1, startsAt: '2027-01-02T00:00:00Z', endsAt: '2027-01-01T00:00:00Z' },
      'endsAt',
    ],
    ['a plan that nobody knows', { percentOff: 1, planCodes: ['por'] }, 'planCodes'],
  ])('is not made with %s', async (_, terms, field) => {
    expect(fieldsAtFault(await create({ code: 'FAULTY', ...terms }))).toEqual([field]);
  });

  it('has a code that no other has, in any case of letters', async () => {
    const code = await coupon({ percentOff: 1 });
    expect(await create({ code: code.toLowerCase(), percentOff: 2 })).toMatchObject({
      status: 409,
      body: { code: 'COUPON_CODE_TAKEN' },
    });
  });
});
