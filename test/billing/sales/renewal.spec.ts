import { BillingListeners } from '../../../src/billing/ledger/listeners/billing-listeners.js';
import { addMonths } from '../../../src/time/periods.js';
import { administrator } from '../../support/app.js';
import { startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';
import { ordered, pay, renew, runDue, subscriber, type Subscriber } from '../../support/subscriber.js';

const DAY = 24 * 3600_000;
const later = (time: string, ms: number) => new Date(Date.parse(time) + ms);

describe('renewal', () => {
  let app: FakeApp;
  const reminders: { accountId: string; daysLeft: number; at: Date }[] = [];

  beforeAll(async () => {
    app = await startFakeApp();
    app.app.get(BillingListeners, { strict: false }).add({
      onSubscriptionActivated: async () => {},
      onSubscriptionEnded: async () => {},
      onSubscriptionExpiring: async (_manager, { accountId }, daysLeft, at) =>
        void reminders.push({ accountId, daysLeft, at }),
    });
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  const consume = (somebody: Subscriber, cost = 1) =>
    somebody.call('POST', '/quota/consume', { resourceType: 'dicom_processing', cost });
  const refundInFull = async (orderId: string) =>
    (await administrator(app)).call('POST', `/payments/${orderId}/refunds`, { body: {} });

  it('extends from the period’s end however early it is paid, keeping the anchor’s day', async () => {
    app.clock.to('2027-01-31T10:00:00Z');
    const anna = await subscriber(app, 'pro');
    const { currentPeriodStart: start } = await anna.current();
    for (const months of [2, 3, 4]) {
      await renew(app, anna);
      const end = addMonths(new Date(start), months).toISOString();
      expect(await anna.current()).toMatchObject({ currentPeriodStart: start, currentPeriodEnd: end });
    }
    app.clock.to(addMonths(new Date(start), 1));
    expect(await anna.current()).toMatchObject({
      currentPeriodStart: addMonths(new Date(start), 1).toISOString(),
      currentPeriodEnd: addMonths(new Date(start), 4).toISOString(),
      quotas: [{ used: 0, limit: 100, resetsAt: addMonths(new Date(start), 2).toISOString() }],
    });
  });

  it('answers with the order, which is a payment for a renewal', async () => {
    const bert = await subscriber(app, 'pro');
    const { currentPeriodEnd } = await bert.current();
    const { change, subscription, payment } = await ordered(bert, 'renew');
    expect(change).toMatchObject({ kind: 'renewal', amount: '99.00', periodStart: currentPeriodEnd });
    expect(subscription).toMatchObject({ status: 'active', currentPeriodEnd });
    expect(await pay(app, bert, payment.orderId)).toMatchObject({
      purpose: 'renewal',
      planCode: 'pro',
      status: 'paid',
    });
  });

  it('is the same plan’s change, and replaces an order that still waits', async () => {
    const carl = await subscriber(app, 'pro');
    const first = await ordered(carl, 'renew');
    const second = await ordered(carl, 'change', { planCode: 'pro' });
    expect(second.change.kind).toBe('renewal');
    expect((await carl.call('GET', `/payments/${first.payment.orderId}`)).body.status).toBe('closed');
  });

  it('within the grace begins where the paid time ended, and the balance of the grace goes on', async () => {
    const dora = await subscriber(app, 'pro');
    const { currentPeriodEnd: end } = await dora.current();
    app.clock.to(later(end, 2 * DAY));
    expect((await consume(dora, 40)).body.quota).toMatchObject({
      used: 40,
      limit: 100,
      resetsAt: later(end, 3 * DAY).toISOString(),
    });
    await renew(app, dora);
    const { currentPeriodStart, currentPeriodEnd, graceUntil, quotas } = await dora.current();
    expect([currentPeriodStart, graceUntil]).toEqual([end, null]);
    expect(quotas).toMatchObject([{ used: 40, remaining: 60, resetsAt: currentPeriodEnd }]);
  });

  it('after the grace begins anew', async () => {
    const emil = await subscriber(app, 'pro');
    const { id, currentPeriodEnd: end } = await emil.current();
    app.clock.to(later(end, 3 * DAY - 60_000));
    const { payment } = await ordered(emil, 'renew');
    app.clock.to(later(end, 3 * DAY + 60_000));
    expect((await emil.current()).plan.code).toBe('free');
    await pay(app, emil, payment.orderId);
    const anew = await emil.current();
    expect(anew).toMatchObject({ plan: { code: 'pro' }, status: 'active', quotas: [{ used: 0 }] });
    expect(anew.id).not.toBe(id);
    expect(Date.parse(anew.currentPeriodStart)).toBeGreaterThan(Date.parse(end) + 3 * DAY);
  });

  it('that is missed ends in the free plan on first touch, no job needed', async () => {
    for (const touch of ['current', 'quota', 'consume'] as const) {
      const fred = await subscriber(app, 'pro');
      app.clock.to(later((await fred.current()).currentPeriodEnd, 3 * DAY));
      if (touch === 'current') expect((await fred.current()).plan.code).toBe('free');
      if (touch === 'quota')
        expect((await fred.call('GET', '/quota')).body.items).toMatchObject([{ limit: 10 }]);
      if (touch === 'consume') expect((await consume(fred)).body.quota).toMatchObject({ used: 1, limit: 10 });
      const rows = await app.sql(
        'SELECT status FROM commercial.subscriptions WHERE account_id = $1 ORDER BY started_at',
        [fred.accountId],
      );
      expect(rows.map((row) => row.status)).toEqual(['replaced', 'expired', 'active']);
    }
  });

  it('is reminded of 7, 3 and 1 days before and at the end, each once, by the job alone', async () => {
    const gina = await subscriber(app, 'pro');
    const { currentPeriodEnd: end } = await gina.current();
    const mine = () => reminders.filter(({ accountId }) => accountId === gina.accountId);
    for (let day = 8; day >= -4; day -= 1) {
      app.clock.to(later(end, -day * DAY));
      await Promise.all([runDue(app), runDue(app)]);
      await runDue(app);
    }
    expect(mine()).toEqual(
      [7, 3, 1, 0].map((daysLeft) => ({
        accountId: gina.accountId,
        daysLeft,
        at: later(end, -daysLeft * DAY),
      })),
    );
    expect((await gina.current()).plan.code).toBe('free');
  });

  it('is reminded of again for the new end, and not for the old one', async () => {
    const hugo = await subscriber(app, 'pro');
    const { currentPeriodEnd: end } = await hugo.current();
    app.clock.to(later(end, -6 * DAY));
    await runDue(app);
    await renew(app, hugo);
    app.clock.to(later(end, DAY));
    await runDue(app);
    const mine = () => reminders.filter(({ accountId }) => accountId === hugo.accountId);
    expect(mine().map(({ daysLeft }) => daysLeft)).toEqual([7]);
    app.clock.to(later((await hugo.current()).currentPeriodEnd, -2 * DAY));
    await runDue(app);
    expect(mine().map(({ daysLeft }) => daysLeft)).toEqual([7, 7, 3]);
  });

  it('of a free plan is refused, and of none', async () => {
    const ida = await subscriber(app);
    const refused = await ida.call('POST', '/subscriptions/current/renew', { provider: 'north' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'PLAN_IS_FREE' } });
    await app.sql(
      `UPDATE commercial.subscriptions SET status = 'expired', ended_at = $2 WHERE account_id = $1`,
      [ida.accountId, app.clock.now()],
    );
    await app.sql('DELETE FROM commercial.quota_balances WHERE account_id = $1', [ida.accountId]);
    const none = await ida.call('POST', '/subscriptions/current/renew', { provider: 'north' });
    expect(none).toMatchObject({ status: 404, body: { code: 'NO_SUBSCRIPTION' } });
  });

  it('refunded in full takes its own period back, the last first, and the only one ends it all', async () => {
    const jana = await subscriber(app, 'pro');
    const { currentPeriodEnd: end } = await jana.current();
    const first = (await jana.call('GET', '/payments')).body.items[0].orderId;
    await renew(app, jana);
    expect((await refundInFull(first)).status).toBe(201);
    expect(await jana.current()).toMatchObject({ plan: { code: 'pro' }, currentPeriodEnd: end });
    const second = (await jana.call('GET', '/payments')).body.items[0].orderId;
    expect((await refundInFull(second)).status).toBe(201);
    expect(await jana.current()).toMatchObject({ plan: { code: 'free' }, status: 'active' });
  });

  it('of a period that was lived through goes back without touching what is paid behind it', async () => {
    const karl = await subscriber(app, 'pro');
    const first = (await karl.call('GET', '/payments')).body.items[0].orderId;
    await renew(app, karl);
    const { currentPeriodEnd } = await karl.current();
    app.clock.to(later(currentPeriodEnd, -DAY));
    expect((await refundInFull(first)).status).toBe(201);
    expect(await karl.current()).toMatchObject({ plan: { code: 'pro' }, currentPeriodEnd });
  });
});
