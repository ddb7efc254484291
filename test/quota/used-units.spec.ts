import { startFakeApp, type FakeApp } from '../support/fake-app.js';
import { administrator } from '../support/app.js';
import { statuses, type Answer } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { addPlan, type PlanTerms } from '../support/quota-parties.js';
import { ordered, pay, renew, runDue, subscriber, type Subscriber } from '../support/subscriber.js';

const DAY = 24 * 3600_000;
const fen = (yuan: string) => Math.round(Number(yuan) * 100);

/** What happens to used and unused quota where one plan takes another's place. */
describe('the units used in a month', () => {
  let app: FakeApp;

  beforeAll(async () => {
    app = await startFakeApp();
    const hundred = { processing_count: { limit: 100 } };
    const plans: PlanTerms[] = [
      { code: 'gratis', quotas: { processing_count: { limit: 12 } } },
      { code: 'pro_twin', priceFen: 9_900, quotas: hundred },
      { code: 'pro_yearly', priceFen: 99_000, billingCycle: 'yearly', quotas: hundred },
      { code: 'big', priceFen: 60_000, quotas: { processing_count: { limit: 10_000 } } },
      { code: 'half', priceFen: 12_000, quotas: { processing_count: { limit: 50 } } },
      { code: 'storage', quotas: { storage_gb: { limit: 5 } } },
    ];
    for (const plan of plans) await addPlan(app, plan);
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  const change = (somebody: Subscriber, planCode: string) => ordered(somebody, 'change', { planCode });
  const consume = (somebody: Subscriber, cost = 1): Promise<Answer> =>
    somebody.call('POST', '/quota/consume', { resourceType: 'dicom_processing', cost });
  const quotaOf = async (somebody: Subscriber) => (await somebody.call('GET', '/quota')).body.items[0];
  const refundInFull = async (somebody: Subscriber) => {
    const { orderId } = (await somebody.call('GET', '/payments')).body.items[0];
    const admin = await administrator(app);
    expect((await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} })).status).toBe(201);
  };
  /** Changes, and pays what that costs. */
  async function moveTo(somebody: Subscriber, planCode: string): Promise<string> {
    const { change: offer, payment } = await change(somebody, planCode);
    if (payment) await pay(app, somebody, payment.orderId);
    expect((await somebody.current()).plan.code).toBe(planCode);
    return offer.amount;
  }
  async function buyInFull(somebody: Subscriber, planCode: string): Promise<void> {
    const { body } = await somebody.call('POST', '/subscriptions', { planCode, provider: 'north' });
    await pay(app, somebody, body.payment.orderId);
    expect((await somebody.current()).plan.code).toBe(planCode);
  }
  const toPeriodPart = async (somebody: Subscriber, part: number) => {
    const { currentPeriodStart: start, currentPeriodEnd: end } = await somebody.current();
    app.clock.to(new Date(Date.parse(start) + (Date.parse(end) - Date.parse(start)) * part));
  };

  it.each([
    ['of equal price', 'pro_twin', { used: 70, limit: 100, remaining: 30 }],
    ['of a year', 'pro_yearly', { used: 70, limit: 100, remaining: 30 }],
    ['that is larger', 'big', { used: 70, limit: 10_000, remaining: 9_930 }],
    ['of a smaller limit, which they exceed', 'half', { used: 70, limit: 50, remaining: 0 }],
  ])('go along to a plan %s', async (_, planCode, quota) => {
    const anna = await subscriber(app, 'pro');
    await consume(anna, 70);
    await moveTo(anna, planCode);
    expect(await quotaOf(anna)).toMatchObject(quota);
    expect((await anna.current()).quotas).toMatchObject([quota]);
    expect((await consume(anna, quota.remaining + 1)).status).toBe(402);
  });

  it('go along from a free plan to another one, and back', async () => {
    const bert = await subscriber(app);
    await consume(bert, 9);
    for (let round = 0; round < 3; round += 1) {
      await moveTo(bert, 'gratis');
      expect(await quotaOf(bert)).toMatchObject({ used: 9, limit: 12, remaining: 3 });
      await bert.call('POST', '/subscriptions', { planCode: 'free' });
      expect(await quotaOf(bert)).toMatchObject({ used: 9, limit: 10, remaining: 1 });
    }
  });

  it('stay behind where a plan is bought in full, and are back after its refund', async () => {
    const carl = await subscriber(app);
    await consume(carl, 8);
    await buyInFull(carl, 'pro');
    expect(await quotaOf(carl)).toMatchObject({ used: 0, limit: 100, remaining: 100 });
    await consume(carl, 1);
    await moveTo(carl, 'pro_twin');
    expect(await quotaOf(carl)).toMatchObject({ used: 1, limit: 100 });
    const dan = await subscriber(app);
    for (let round = 1; round <= 3; round += 1) {
      await consume(dan, 3);
      await buyInFull(dan, 'pro');
      await refundInFull(dan);
      expect(await dan.current()).toMatchObject({ plan: { code: 'free' }, quotas: [{ used: 3 * round }] });
    }
    expect((await consume(dan, 2)).status).toBe(402);
  });

  it('of a plan that was paid for stay behind where a larger one is bought in full, and don’t come back', async () => {
    const carl = await subscriber(app, 'pro');
    await consume(carl, 70);
    await buyInFull(carl, 'big');
    expect(await quotaOf(carl)).toMatchObject({ used: 0, limit: 10_000 });
    await carl.call('POST', '/subscriptions/current/cancel', { atPeriodEnd: false });
    expect(await quotaOf(carl)).toMatchObject({ used: 0, limit: 10 });
  });

  it('of a refunded plan are paid for by the one that is bought next', async () => {
    const carl = await subscriber(app);
    await consume(carl, 8);
    await buyInFull(carl, 'pro');
    await consume(carl, 60);
    await refundInFull(carl);
    expect(await quotaOf(carl)).toMatchObject({ used: 68, limit: 10, remaining: 0 });
    await buyInFull(carl, 'pro');
    expect(await quotaOf(carl)).toMatchObject({ used: 68, limit: 100, remaining: 32 });
  });

  it('come back by a plan that has none of their type', async () => {
    const dora = await subscriber(app);
    await consume(dora, 9);
    await moveTo(dora, 'storage');
    expect((await consume(dora)).status).toBe(402);
    await moveTo(dora, 'gratis');
    expect(await quotaOf(dora)).toMatchObject({ used: 9, remaining: 3 });
  });

  it('are over with the new plan’s month', async () => {
    const emil = await subscriber(app, 'pro');
    await consume(emil, 100);
    await moveTo(emil, 'pro_yearly');
    app.clock.to((await quotaOf(emil)).resetsAt);
    expect(await quotaOf(emil)).toMatchObject({ used: 0, remaining: 100 });
  });

  it('leave alone what was bought beside the plan', async () => {
    const fred = await subscriber(app, 'pro');
    await consume(fred, 70);
    await moveTo(fred, 'half');
    await app.sql(
      `INSERT INTO commercial.quota_balances (id, account_id, kind, quota_type, granted, valid_from, valid_until)
       VALUES (gen_random_uuid(), $1, 'promotion', 'processing_count', 30, $2, $3)`,
      [fred.accountId, app.clock.now(), new Date(app.clock.now().getTime() + DAY)],
    );
    expect(
      (await fred.call('POST', '/quota/check', { resourceType: 'dicom_processing', cost: 30 })).body,
    ).toMatchObject({ allowed: true });
    expect((await consume(fred, 30)).body.quota).toMatchObject({ used: 100, limit: 80, remaining: 0 });
    expect((await consume(fred, 1)).status).toBe(402);
  });

  it('that are given back after a change are back in the plan of now, through several changes', async () => {
    const gina = await subscriber(app, 'pro');
    await consume(gina, 10);
    const hold = { resourceType: 'dicom_processing', cost: 60 };
    const { holdId } = (await gina.call('POST', '/quota/holds', hold)).body;
    const other = (await gina.call('POST', '/quota/holds', { ...hold, cost: 20 })).body.holdId;
    await moveTo(gina, 'pro_twin');
    await moveTo(gina, 'big');
    expect(await quotaOf(gina)).toMatchObject({ used: 90 });
    await gina.call('POST', `/quota/holds/${holdId}/release`, {});
    expect(await quotaOf(gina)).toMatchObject({ used: 30 });
    await gina.call('POST', `/quota/holds/${other}/commit`, { cost: 5 });
    expect(await quotaOf(gina)).toMatchObject({ used: 15, remaining: 9_985 });
  });

  it('in the grace count in the period that pays for it: by renewal, late, and by a purchase', async () => {
    for (const way of ['renewal', 'late renewal', 'purchase'] as const) {
      const hugo = await subscriber(app, 'pro');
      await consume(hugo, 50);
      const { currentPeriodEnd: end } = await hugo.current();
      app.clock.to(new Date(Date.parse(end) + DAY));
      expect((await consume(hugo, 80)).body.quota).toMatchObject({ used: 80 });
      if (way === 'renewal') await renew(app, hugo);
      else {
        app.clock.to(new Date(Date.parse(end) + 3 * DAY - 60_000));
        const { payment } = await ordered(hugo, 'renew');
        app.clock.to(new Date(Date.parse(end) + 3 * DAY + 60_000));
        expect(await hugo.current()).toMatchObject({
          plan: { code: 'free' },
          quotas: [{ used: 80, remaining: 0 }],
        });
        if (way === 'late renewal') await pay(app, hugo, payment.orderId);
        else await buyInFull(hugo, 'pro');
      }
      expect(await quotaOf(hugo)).toMatchObject({ used: 80, limit: 100, remaining: 20 });
    }
  });

  it('in the grace count in a larger plan too, though it is bought in full', async () => {
    const hugo = await subscriber(app, 'pro');
    app.clock.to(new Date(Date.parse((await hugo.current()).currentPeriodEnd) + DAY));
    await consume(hugo, 80);
    await buyInFull(hugo, 'big');
    expect(await quotaOf(hugo)).toMatchObject({ used: 80, limit: 10_000 });
  });

  it('go along after a full refund, since nobody paid for them', async () => {
    const ida = await subscriber(app, 'pro');
    await consume(ida, 60);
    await refundInFull(ida);
    expect(await ida.current()).toMatchObject({
      plan: { code: 'free' },
      quotas: [{ used: 60, limit: 10, remaining: 0 }],
    });
    await moveTo(ida, 'pro');
    expect(await quotaOf(ida)).toMatchObject({ used: 60, remaining: 40 });
  });

  it('are paid for where a plan is canceled at once without a return, and are not taken along', async () => {
    const jana = await subscriber(app, 'pro');
    await consume(jana, 60);
    await jana.call('POST', '/subscriptions/current/cancel', { atPeriodEnd: false });
    expect(await jana.current()).toMatchObject({ plan: { code: 'free' }, quotas: [{ used: 0, limit: 10 }] });
    // Within the grace nobody has paid for them.
    const karl = await subscriber(app, 'pro');
    app.clock.to(new Date(Date.parse((await karl.current()).currentPeriodEnd) + DAY));
    await consume(karl, 60);
    await karl.call('POST', '/subscriptions/current/cancel', { atPeriodEnd: false });
    expect(await karl.current()).toMatchObject({
      plan: { code: 'free' },
      quotas: [{ used: 60, remaining: 0 }],
    });
  });

  it('aren’t begun anew by any number of changes at once', async () => {
    const lena = await subscriber(app);
    await consume(lena, 4);
    const requests = Array.from({ length: 12 }, (_, index) => [
      index % 2 === 0
        ? change(lena, 'gratis').catch(() => null)
        : lena.call('POST', '/subscriptions', { planCode: 'free' }),
      consume(lena),
    ]);
    await Promise.all(requests.flat());
    const { used, limit, remaining } = await quotaOf(lena);
    const [{ sum }] = await app.sql(
      `SELECT coalesce(sum(cost), 0)::int AS sum FROM commercial.usage_logs WHERE account_id = $1 AND status <> 'released'`,
      [lena.accountId],
    );
    expect(used).toBe(sum);
    expect(remaining).toBe(Math.max(0, limit - used));
    expect(used).toBeLessThanOrEqual(12);
  });

  describe('and the credit of a change', () => {
    it.each([
      ['unused quota where that is less', 40, 0, 5_940],
      ['unused time where that is less', 10, 0.5, 4_950],
      ['nothing where all is used', 100, 0, 0],
    ])('is worth its %s', async (_, cost, part, creditFen) => {
      const mona = await subscriber(app, 'pro');
      await toPeriodPart(mona, part);
      await consume(mona, cost);
      const { body } = await mona.call('POST', '/subscriptions/current/change/preview', { planCode: 'big' });
      expect(fen(body.credit)).toBeGreaterThanOrEqual(creditFen - 1);
      expect(fen(body.credit)).toBeLessThanOrEqual(creditFen + 1);
      const { change: offer } = await change(mona, 'big');
      expect(offer.credit).toBe(body.credit);
    });

    it('costs nothing more than was used, however often the plan is changed', async () => {
      const nina = await subscriber(app, 'pro');
      await consume(nina, 50);
      expect(fen(await moveTo(nina, 'pro_twin'))).toBe(4_950);
      // What the twin brought along wasn't used of it.
      expect(fen(await moveTo(nina, 'pro'))).toBeLessThanOrEqual(2);
      expect(await quotaOf(nina)).toMatchObject({ used: 50, remaining: 50 });
      expect(fen(await moveTo(nina, 'pro_twin'))).toBeLessThanOrEqual(2);
      await consume(nina, 25);
      expect(fen(await moveTo(nina, 'pro'))).toBe(4_950);
      expect(await quotaOf(nina)).toMatchObject({ used: 75, remaining: 25 });
    });

    it('counts all months of a year, and those that are paid ahead in full', async () => {
      const olga = await subscriber(app, 'pro_yearly');
      await consume(olga, 100);
      const { body } = await olga.call('POST', '/subscriptions/current/change/preview', {
        planCode: 'enterprise',
      });
      expect(fen(body.credit)).toBe(90_750);
      const paul = await subscriber(app, 'pro');
      await renew(app, paul);
      await consume(paul, 100);
      const ahead = await paul.call('POST', '/subscriptions/current/change/preview', {
        planCode: 'enterprise',
      });
      expect(fen(ahead.body.credit)).toBe(9_900);
    });

    it('stands in an order though some is used before it is paid, and goes along', async () => {
      const rosa = await subscriber(app, 'pro');
      const { change: offer, payment } = await change(rosa, 'big');
      expect(fen(offer.credit)).toBeGreaterThan(9_898);
      await consume(rosa, 100);
      expect(await pay(app, rosa, payment.orderId)).toMatchObject({ status: 'paid', amount: offer.amount });
      expect(await quotaOf(rosa)).toMatchObject({ used: 100, limit: 10_000 });
    });

    it('isn’t had where what was to be credited is used before the order is paid, and more than the new plan gives', async () => {
      const sven = await subscriber(app, 'big');
      const { change: offer, payment } = await change(sven, 'pro_yearly');
      expect(fen(offer.credit)).toBeGreaterThan(59_990);
      await consume(sven, 10_000);
      await pay(app, sven, payment.orderId);
      expect((await sven.current()).plan.code).toBe('big');
      await app.janitor.runDue();
      const { status } = (await sven.call('GET', `/payments/${payment.orderId}`)).body;
      expect(status).toBe('refunded');
    });

    it('isn’t had by using everything in the moment of the change', async () => {
      for (let round = 0; round < 5; round += 1) {
        const tina = await subscriber(app, 'pro');
        const [changed, ...used] = await Promise.all([
          tina.call('POST', '/subscriptions/current/change', { planCode: 'pro_twin', provider: 'north' }),
          ...Array.from({ length: 10 }, () => consume(tina, 10)),
        ]);
        expect(statuses([changed!])).toEqual({ 201: 1 });
        const consumed = 10 * used.filter(({ status }) => status === 201 || status === 200).length;
        const { body } = changed!;
        if (body.payment) await pay(app, tina, body.payment.orderId);
        expect(await quotaOf(tina)).toMatchObject({ used: consumed, remaining: 100 - consumed });
        expect(consumed).toBeLessThanOrEqual(100);
      }
    });
  });

  it('change with the plan of a period within its month', async () => {
    const uwe = await subscriber(app, 'big');
    await change(uwe, 'pro');
    const { currentPeriodEnd: end } = await uwe.current();
    app.clock.to(new Date(Date.parse(end) - 60_000));
    const { payment } = await ordered(uwe, 'renew');
    expect(payment.amount).toBe('99.00');
    await uwe.call('POST', '/subscriptions/current/resume');
    app.clock.to(new Date(Date.parse(end) + 60_000));
    await runDue(app);
    // In the grace of the large plan more is used than the small one gives.
    expect((await consume(uwe, 300)).status).toBe(200);
    await pay(app, uwe, payment.orderId);
    expect(await uwe.current()).toMatchObject({
      plan: { code: 'pro' },
      graceUntil: null,
      quotas: [{ used: 300, limit: 100, remaining: 0 }],
    });
  });
});
