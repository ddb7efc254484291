import { administrator } from '../../support/app.js';
import { startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';
import { addPlan } from '../../support/quota-parties.js';
import { ordered, pay, renew, runDue, subscriber, type Subscriber } from '../../support/subscriber.js';

const DAY = 24 * 3600_000;

describe('a refund of one of several periods', () => {
  let app: FakeApp;

  beforeAll(async () => {
    app = await startFakeApp();
    const quotas = { processing_count: { limit: 50 } };
    await addPlan(app, { code: 'basic', priceFen: 4_900, quotas });
    await addPlan(app, { code: 'basic_yearly', priceFen: 49_000, billingCycle: 'yearly', quotas });
    await addPlan(app, { code: 'grand_yearly', priceFen: 999_000, billingCycle: 'yearly', quotas });
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  const firstOrder = async (somebody: Subscriber) =>
    (await somebody.call('GET', '/payments')).body.items.at(-1).orderId as string;
  const refundInFull = async (orderId: string) => {
    const admin = await administrator(app);
    expect((await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} })).status).toBe(201);
  };
  const consume = (somebody: Subscriber, cost: number) =>
    somebody.call('POST', '/quota/consume', { resourceType: 'dicom_processing', cost });
  const eventsOf = async (somebody: Subscriber) =>
    (
      await app.sql(
        `SELECT type, data FROM commercial.events WHERE account_id = $1 AND type LIKE 'subscription.%' ORDER BY created_at, id`,
        [somebody.accountId],
      )
    ).map(({ type }) => type);
  /** Pays for `planCode` ahead, behind the present period. @returns its order */
  async function payAhead(somebody: Subscriber, planCode: string): Promise<string> {
    await ordered(somebody, 'change', { planCode });
    return renew(app, somebody);
  }
  const monthsLater = (moment: string, months: number) => {
    const date = new Date(moment);
    date.setUTCMonth(date.getUTCMonth() + months);
    return date.toISOString();
  };
  /** So that months can be counted without looking at their lengths. */
  const atTheTenth = () => {
    const now = app.clock.now();
    app.clock.to(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 10, 12)));
  };

  it('leaves the next one, a month, the length of a month behind a year', async () => {
    atTheTenth();
    const anna = await subscriber(app, 'grand_yearly');
    await payAhead(anna, 'basic');
    const { currentPeriodStart: start } = await anna.current();
    await refundInFull(await firstOrder(anna));
    expect(await anna.current()).toMatchObject({
      plan: { code: 'basic' },
      currentPeriodStart: start,
      currentPeriodEnd: monthsLater(start, 1),
    });
  });

  it('leaves the next one, a year, the length of a year behind a month, and so those behind it', async () => {
    atTheTenth();
    const bert = await subscriber(app, 'enterprise');
    await payAhead(bert, 'pro');
    await app.sql(
      `UPDATE commercial.subscription_periods d SET plan_id = p.id, ends_at = d.starts_at + interval '1 year'
       FROM commercial.subscription_plans p, commercial.subscriptions s
       WHERE p.code = 'basic_yearly' AND s.id = d.subscription_id AND s.account_id = $1 AND d.starts_at > s.started_at`,
      [bert.accountId],
    );
    await app.sql(
      `UPDATE commercial.subscriptions s SET current_period_end = (
         SELECT max(ends_at) FROM commercial.subscription_periods d WHERE d.subscription_id = s.id)
       WHERE s.account_id = $1 AND s.status = 'active'`,
      [bert.accountId],
    );
    const { currentPeriodStart: start } = await bert.current();
    await refundInFull(await firstOrder(bert));
    expect(await bert.current()).toMatchObject({
      plan: { code: 'basic_yearly' },
      currentPeriodStart: start,
      currentPeriodEnd: monthsLater(start, 12),
    });
  });

  it('that began months ago lets the next one begin with the present month', async () => {
    atTheTenth();
    const carl = await subscriber(app, 'grand_yearly');
    await payAhead(carl, 'basic');
    const { currentPeriodStart: start } = await carl.current();
    app.clock.to(new Date(Date.parse(monthsLater(start, 4)) + 5 * DAY));
    await refundInFull(await firstOrder(carl));
    expect(await carl.current()).toMatchObject({
      plan: { code: 'basic' },
      currentPeriodStart: monthsLater(start, 4),
      currentPeriodEnd: monthsLater(start, 5),
      graceUntil: null,
    });
  });

  it('puts the smaller plan in force with its quota, shows it as that, and tells so', async () => {
    const dora = await subscriber(app, 'enterprise');
    await payAhead(dora, 'basic');
    await consume(dora, 30);
    await refundInFull(await firstOrder(dora));
    const now = await dora.current();
    expect(now).toMatchObject({
      plan: { code: 'basic' },
      scheduledPlanCode: null,
      quotas: [{ used: 30, limit: 50, remaining: 20, resetsAt: now.currentPeriodEnd }],
    });
    expect((await consume(dora, 21)).status).toBe(402);
    expect((await consume(dora, 20)).status).toBe(200);
    expect(await eventsOf(dora)).toContain('subscription.changed');
    const { currentPeriodEnd: end } = now;
    app.clock.to(end);
    await runDue(app);
    expect(await dora.current()).toMatchObject({ plan: { code: 'basic' }, quotas: [{ used: 0, limit: 50 }] });
  });

  it('keeps used what goes beyond the smaller plan, and gives back there what comes back', async () => {
    const emil = await subscriber(app, 'enterprise');
    await payAhead(emil, 'basic');
    await consume(emil, 70);
    const hold = { resourceType: 'dicom_processing', cost: 40 };
    const { holdId } = (await emil.call('POST', '/quota/holds', hold)).body;
    await refundInFull(await firstOrder(emil));
    expect((await emil.current()).quotas).toMatchObject([{ used: 110, limit: 50, remaining: 0 }]);
    await emil.call('POST', `/quota/holds/${holdId}/release`, {});
    expect((await emil.current()).quotas).toMatchObject([{ used: 70, limit: 50, remaining: 0 }]);
  });

  it('of the one that is paid ahead leaves the plan scheduled, unpaid', async () => {
    const fred = await subscriber(app, 'enterprise');
    const { currentPeriodEnd: end } = await fred.current();
    const ahead = await payAhead(fred, 'basic');
    await refundInFull(ahead);
    expect(await fred.current()).toMatchObject({
      plan: { code: 'enterprise' },
      scheduledPlanCode: 'basic',
      currentPeriodEnd: end,
    });
  });

  it('comes after what has fallen due, though nothing has looked for that', async () => {
    const gina = await subscriber(app, 'enterprise');
    const { currentPeriodEnd: end } = await gina.current();
    await payAhead(gina, 'basic');
    const last = await renew(app, gina);
    app.clock.to(new Date(Date.parse(end) + DAY));
    await refundInFull(last);
    expect(await gina.current()).toMatchObject({ plan: { code: 'basic' }, scheduledPlanCode: null });
    expect((await gina.current()).quotas).toMatchObject([{ limit: 50 }]);
  });

  it('in full, of the only one, leaves the free plan, as after every other end', async () => {
    const hugo = await subscriber(app, 'pro');
    await refundInFull(await firstOrder(hugo));
    expect(await hugo.current()).toMatchObject({ plan: { code: 'free' }, status: 'active' });
    const ida = await subscriber(app, 'pro');
    const admin = await administrator(app);
    const orderId = await firstOrder(ida);
    const body = { amount: '1.00', endSubscription: true };
    expect((await admin.call('POST', `/payments/${orderId}/refunds`, { body })).status).toBe(201);
    expect((await ida.current()).plan.code).toBe('free');
  });

  it('of a plan that another one has replaced leaves that in force', async () => {
    const jana = await subscriber(app, 'pro');
    const first = await firstOrder(jana);
    const { body } = await jana.call('POST', '/subscriptions', { planCode: 'enterprise', provider: 'north' });
    await pay(app, jana, body.payment.orderId);
    await refundInFull(first);
    expect((await jana.current()).plan.code).toBe('enterprise');
  });
});
