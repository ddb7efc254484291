import { v7 as uuid } from 'uuid';
import { administrator, PASSWORD, register } from '../../support/app.js';
import { startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { fieldsAtFault, statuses, type Answer } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';
import { ordered, pay, renew, runDue, subscriber, type Subscriber } from '../../support/subscriber.js';

const DAY = 24 * 3600_000;
const later = (time: string, ms: number) => new Date(Date.parse(time) + ms);

describe('a trial', () => {
  let app: FakeApp;
  let beside: FakeApp;

  beforeAll(async () => {
    app = await startFakeApp();
    beside = await startFakeApp({ beside: app });
    const admin = await administrator(app);
    const quotas = [{ quotaType: 'processing_count', quotaLimit: 100 }];
    const terms = { name: '试用', description: '', billingCycle: 'monthly', quotas };
    for (const plan of [
      { code: 'small', price: '49.00', trialDays: 7 },
      { code: 'team', price: '200.00', trialDays: 14 },
      { code: 'clinic', price: '900.00', trialDays: 30 },
    ])
      await admin.call('POST', '/admin/plans', { body: { ...terms, ...plan } });
  });
  afterAll(async () => {
    await beside.close();
    await app.close();
  });
  afterEach(async () => {
    await app.janitor.runDue();
    await expectInvariants(app.dataSource);
  });

  const tryOut = (somebody: Subscriber, planCode = 'team', more: object = {}): Promise<Answer> =>
    somebody.call('POST', '/subscriptions', { planCode, trial: true, ...more });
  const trying = async (planCode = 'team') => {
    const somebody = await subscriber(app);
    const { status, body } = await tryOut(somebody, planCode);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return { somebody, end: body.subscription.trialEndsAt as string };
  };
  const consume = (somebody: Subscriber, cost: number) =>
    somebody.call('POST', '/quota/consume', { resourceType: 'dicom_processing', cost });
  const eventsOf = ({ accountId }: Subscriber) =>
    app.sql(`SELECT type, data FROM commercial.events WHERE account_id = $1 ORDER BY sequence`, [accountId]);

  it('puts a paid plan in force at once, with its quota, for its days and without a payment', async () => {
    const anna = await subscriber(app);
    const calls = app.north.calls.length;
    const { status, body } = await tryOut(anna);
    expect(status).toBe(201);
    expect(body).toMatchObject({ subscription: { status: 'active', plan: { code: 'team' } }, payment: null });
    const { currentPeriodStart: start, trialEndsAt } = body.subscription;
    expect(trialEndsAt).toBe(later(start, 14 * DAY).toISOString());
    const quotas = [{ limit: 100, used: 0, resetsAt: trialEndsAt }];
    expect(await anna.current()).toMatchObject({ currentPeriodEnd: trialEndsAt, trialEndsAt, quotas });
    expect((await anna.call('GET', '/payments')).body.items).toEqual([]);
    expect(app.north.calls).toHaveLength(calls);
    const admin = await administrator(app);
    const { items } = (await admin.call('GET', `/admin/audit?subjectId=${body.subscription.id}`)).body;
    expect(items).toMatchObject([{ action: 'trial.started', detail: { planCode: 'team' } }]);
  });

  it('is had once by each user, also where fifty requests for two accounts come at once', async () => {
    const person = await register(app, 'tries-hard');
    const { id } = (await person.call('POST', '/organizations', { body: { name: 'hospital' } })).body;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 3 === 0 ? beside : app).call('POST', '/subscriptions', {
          token: person.token,
          body: { planCode: index % 2 === 0 ? 'team' : 'small', trial: true },
          headers: index % 5 < 2 ? { 'x-account-id': id } : {},
        }),
      ),
    );
    expect(statuses(answers)).toEqual({ 201: 1, 409: 49 });
    const refused = answers.filter(({ status }) => status === 409);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['TRIAL_ALREADY_USED']));
    const live = await app.sql(
      `SELECT s.id FROM commercial.subscriptions s JOIN commercial.trials t ON t.subscription_id = s.id
       WHERE t.user_id = $1 AND s.status = 'active'`,
      [person.id],
    );
    expect(live).toHaveLength(1);
  });

  it('is had once by each account, whichever of its members asks', async () => {
    const [owner, member] = [await register(app, 'owner'), await register(app, 'member')];
    const { id } = (await owner.call('POST', '/organizations', { body: { name: 'hospital' } })).body;
    await app.sql(
      `INSERT INTO commercial.memberships (account_id, user_id, role, created_at) VALUES ($1, $2, 'admin', $3)`,
      [id, member.id, app.clock.now()],
    );
    const body = { planCode: 'team', trial: true };
    const headers = { 'x-account-id': id };
    expect((await owner.call('POST', '/subscriptions', { body, headers })).status).toBe(201);
    app.clock.forward(15 * DAY);
    const login = { email: member.email, password: PASSWORD };
    const { accessToken: token } = (await app.call('POST', '/auth/login', { body: login })).body;
    expect(await app.call('POST', '/subscriptions', { token, body, headers })).toMatchObject({
      status: 409,
      body: { code: 'TRIAL_ALREADY_USED' },
    });
    // The member's own right is still theirs.
    expect((await app.call('POST', '/subscriptions', { token, body })).status).toBe(201);
  });

  it('is told of before its end as what it is, and ends in the free plan without a grace', async () => {
    const { somebody: bert, end } = await trying();
    app.clock.to(later(end, -60_000));
    await runDue(app);
    expect((await bert.current()).plan.code).toBe('team');
    app.clock.to(end);
    await Promise.all([runDue(app), runDue(beside)]);
    expect(await bert.current()).toMatchObject({ plan: { code: 'free' }, trialEndsAt: null });
    const told = (await eventsOf(bert)).filter(({ type }) => /expir/.test(type));
    const trial = { planCode: 'team', trialEndsAt: end, currentPeriodEnd: end };
    expect(told).toMatchObject([
      ...[7, 3, 1, 0].map((daysLeft) => ({ data: { daysLeft, trial: true, subscription: trial } })),
      { type: 'subscription.expired', data: { subscription: trial } },
    ]);
    expect((await tryOut(bert, 'small')).body.code).toBe('TRIAL_ALREADY_USED');
  });

  it('ends on first touch as well, no job needed', async () => {
    const { somebody: carl, end } = await trying();
    await consume(carl, 100);
    app.clock.to(end);
    expect((await consume(carl, 1)).body.quota).toMatchObject({ used: 1, limit: 10 });
  });

  it('paid for while it lasts goes on in full: the paid month begins where it ends, with a quota of its own', async () => {
    const { somebody: dora, end } = await trying();
    await consume(dora, 100);
    const { change, payment } = await ordered(dora, 'renew');
    expect(change).toMatchObject({ kind: 'renewal', amount: '200.00', credit: '0.00', periodStart: end });
    await pay(app, dora, payment.orderId);
    const paidUntil = (await dora.current()).currentPeriodEnd;
    expect(paidUntil).toBe(change.periodEnd);
    expect(await dora.current()).toMatchObject({ trialEndsAt: end, quotas: [{ used: 100, resetsAt: end }] });
    app.clock.to(end);
    const quotas = [{ used: 0, limit: 100, resetsAt: paidUntil }];
    expect(await dora.current()).toMatchObject({
      currentPeriodStart: end,
      currentPeriodEnd: paidUntil,
      quotas,
    });
    // From here on it is a plan as any other.
    app.clock.to(later(paidUntil, DAY));
    expect(await dora.current()).toMatchObject({ graceUntil: later(paidUntil, 3 * DAY).toISOString() });
    const told = (await eventsOf(dora)).filter(({ type }) => type === 'subscription.expiring');
    expect(told.map(({ data }) => [data.daysLeft, data.trial])).toEqual([
      [7, false],
      [3, false],
      [1, false],
      [0, false],
    ]);
  });

  it('that ended on the last of a month is followed by months of that day', async () => {
    app.clock.to('2035-01-17T09:00:00Z');
    const { somebody: emil, end } = await trying();
    expect(end).toMatch(/^2035-01-31T09:00/);
    const ends = [];
    for (let month = 0; month < 2; month += 1) {
      await renew(app, emil);
      ends.push((await emil.current()).currentPeriodEnd.slice(0, 10));
    }
    expect(ends).toEqual(['2035-02-28', '2035-03-31']);
  });

  it('gives no credit towards a larger plan, which is bought at its price and in force at once', async () => {
    const { somebody: fred } = await trying();
    const { change, payment } = await ordered(fred, 'change', { planCode: 'clinic' });
    expect(change).toMatchObject({ kind: 'upgrade', credit: '0.00', amount: '900.00', surplus: '0.00' });
    await pay(app, fred, payment.orderId);
    expect(await fred.current()).toMatchObject({ plan: { code: 'clinic' }, trialEndsAt: null });
    const credits = 'SELECT 1 FROM commercial.account_credits WHERE account_id = $1';
    expect(await app.sql(credits, [fred.accountId])).toEqual([]);
  });

  it('leaves a smaller plan to be bought: at once by itself, or by a change for the time behind it', async () => {
    const { somebody: gina } = await trying('clinic');
    const bought = await gina.call('POST', '/subscriptions', { planCode: 'small', provider: 'north' });
    await pay(app, gina, bought.body.payment.orderId);
    expect(await gina.current()).toMatchObject({ plan: { code: 'small' }, graceUntil: null });
    const { somebody: hugo, end } = await trying('clinic');
    await ordered(hugo, 'change', { planCode: 'small' });
    const { change, payment } = await ordered(hugo, 'renew');
    expect(change).toMatchObject({ plan: { code: 'small' }, periodStart: end, amount: '49.00' });
    await pay(app, hugo, payment.orderId);
    app.clock.to(end);
    expect(await hugo.current()).toMatchObject({ plan: { code: 'small' }, currentPeriodStart: end });
  });

  it('that a plan was scheduled behind, and nothing paid, ends all the same', async () => {
    for (const planCode of ['small', 'free']) {
      const { somebody, end } = await trying('clinic');
      await ordered(somebody, 'change', { planCode });
      app.clock.to(end);
      expect(await somebody.current()).toMatchObject({ plan: { code: 'free' }, graceUntil: null });
      const changed = (await eventsOf(somebody)).filter(({ type }) => type === 'subscription.changed');
      expect(changed.map(({ data }) => data.subscription.planCode)).toEqual(
        planCode === 'free' ? ['free'] : [],
      );
    }
  });

  it('is canceled at its end or at once, resumed, and used up by that', async () => {
    const { somebody: ida, end } = await trying();
    const cancel = (body: object) => ida.call('POST', '/subscriptions/current/cancel', body);
    expect((await cancel({})).body).toMatchObject({ cancelAtPeriodEnd: true, currentPeriodEnd: end });
    expect((await ida.call('POST', '/subscriptions/current/resume')).body.cancelAtPeriodEnd).toBe(false);
    expect((await cancel({ atPeriodEnd: false })).body.status).toBe('canceled');
    expect((await ida.current()).plan.code).toBe('free');
    expect((await tryOut(ida)).body.code).toBe('TRIAL_ALREADY_USED');
  });

  it('is what remains where the month behind it is refunded', async () => {
    const { somebody: jana, end } = await trying();
    const orderId = await renew(app, jana);
    const admin = await administrator(app);
    expect((await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} })).status).toBe(201);
    expect(await jana.current()).toMatchObject({ plan: { code: 'team' }, currentPeriodEnd: end });
    app.clock.to(end);
    expect((await jana.current()).plan.code).toBe('free');
  });

  it('is followed by what was ordered before it and is paid within it', async () => {
    const karl = await subscriber(app);
    const order = await karl.call('POST', '/subscriptions', { planCode: 'team', provider: 'north' });
    const end = (await tryOut(karl)).body.subscription.trialEndsAt;
    const paid = await pay(app, karl, order.body.payment.orderId);
    expect(paid).toMatchObject({ status: 'paid', refundedAmount: '0.00' });
    expect((await karl.current()).trialEndsAt).toBe(end);
    app.clock.to(end);
    expect(await karl.current()).toMatchObject({ plan: { code: 'team' }, currentPeriodStart: end });
  });

  it('whose order is paid after its end begins anew, without a loss', async () => {
    const { somebody: lena, end } = await trying();
    app.clock.to(later(end, -60_000));
    const { payment } = await ordered(lena, 'renew');
    app.clock.to(later(end, 60_000));
    expect((await lena.current()).plan.code).toBe('free');
    expect(await pay(app, lena, payment.orderId)).toMatchObject({ status: 'paid', refundedAmount: '0.00' });
    expect(await lena.current()).toMatchObject({ plan: { code: 'team' }, trialEndsAt: null });
  });

  it('is as long as the version that is sold says, and stays so', async () => {
    const admin = await administrator(app);
    const { somebody: mona, end } = await trying('small');
    const versions = '/admin/plans/small/versions';
    await admin.call('POST', versions, { body: { trialDays: 21, migrateAt: app.clock.now().toISOString() } });
    expect((await mona.current()).trialEndsAt).toBe(end);
    const { somebody: nora } = await trying('small');
    const { currentPeriodStart, trialEndsAt } = await nora.current();
    expect(trialEndsAt).toBe(later(currentPeriodStart, 21 * DAY).toISOString());
    await admin.call('POST', versions, { body: { trialDays: 0 } });
    expect((await tryOut(await subscriber(app), 'small')).body.code).toBe('TRIAL_NOT_AVAILABLE');
    const free = await admin.call('POST', '/admin/plans/free/versions', { body: { trialDays: 7 } });
    expect(fieldsAtFault(free)).toEqual(['trialDays']);
  });

  it('is refused, and the right to it kept, where there is none to be had', async () => {
    const olga = await subscriber(app);
    expect(await tryOut(olga, 'free')).toMatchObject({ status: 409, body: { code: 'TRIAL_NOT_AVAILABLE' } });
    expect((await tryOut(olga, 'pro')).body.code).toBe('TRIAL_NOT_AVAILABLE');
    expect(await tryOut(olga, 'nonesuch')).toMatchObject({ status: 404, body: { code: 'PLAN_NOT_FOUND' } });
    expect((await tryOut(olga, 'team', { couponCode: 'SPRING' })).body.code).toBe('COUPON_INVALID');
    expect(fieldsAtFault(await tryOut(olga, 'team', { trial: 'yes' }))).toEqual(['trial']);
    const payer = await subscriber(app, 'pro');
    expect((await tryOut(payer, 'clinic')).body).toMatchObject({
      code: 'TRIAL_NOT_AVAILABLE',
      detail: expect.stringContaining('pro'),
    });
    const holder = await subscriber(app, 'team');
    expect((await tryOut(holder)).body.code).toBe('ALREADY_SUBSCRIBED');
    expect((await holder.current()).trialEndsAt).toBeNull();
    expect((await tryOut(olga)).status).toBe(201);
  });

  it('is in its user’s export, and stays used, without a name, when they go', async () => {
    const person = await register(app, 'leaves');
    const { body } = await person.call('POST', '/subscriptions', { body: { planCode: 'team', trial: true } });
    const { currentPeriodStart: startedAt, trialEndsAt: endsAt, id } = body.subscription;
    const { trials } = (await person.call('GET', '/users/me/export')).body;
    expect(trials).toEqual([{ planCode: 'team', accountId: expect.any(String), startedAt, endsAt }]);
    await person.call('DELETE', '/users/me', { body: { password: PASSWORD } });
    const rows = await app.sql(
      `SELECT s.status FROM commercial.trials t JOIN commercial.subscriptions s ON s.id = t.subscription_id
       WHERE t.user_id = $1 AND s.id = $2`,
      [person.id, id],
    );
    expect(rows).toEqual([{ status: 'expired' }]);
  });

  it('is begun once by a request that is run again', async () => {
    const person = await register(app, 'runs-again');
    const headers = { 'idempotency-key': uuid() };
    const body = { planCode: 'team', trial: true };
    const first = await person.call('POST', '/subscriptions', { body, headers });
    await app.sql(
      `UPDATE commercial.idempotency_keys SET answer_status = NULL, answer_body = NULL, leased_until = '-infinity'
       WHERE key = $1`,
      [headers['idempotency-key']],
    );
    expect(await person.call('POST', '/subscriptions', { body, headers })).toMatchObject({
      status: 201,
      body: first.body,
    });
  });

  it('is ended and paid for at the same moment: it goes on, or begins anew', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { somebody: paul, end } = await trying();
      app.clock.to(later(end, -60_000));
      const { orderId } = (await ordered(paul, 'renew')).payment;
      app.clock.to(end);
      app.north.pay(orderId);
      await Promise.all([paul.call('GET', `/payments/${orderId}`), runDue(app), runDue(beside)]);
      expect((await paul.call('GET', `/payments/${orderId}`)).body.status).toBe('paid');
      expect(await paul.current()).toMatchObject({ plan: { code: 'team' }, graceUntil: null });
    }
  });
});
