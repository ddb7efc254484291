import { BillingListeners } from '../../../src/billing/ledger/listeners/billing-listeners.js';
import { untilPayment } from '../../support/app.js';
import { startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';
import { ordered, pay, runDue, subscriber } from '../../support/subscriber.js';

describe('canceling', () => {
  let app: FakeApp;
  const told: { accountId: string; what: string }[] = [];

  beforeAll(async () => {
    app = await startFakeApp();
    const listener = { onSubscriptionActivated: async () => {}, onSubscriptionEnded: async () => {} };
    app.app.get(BillingListeners, { strict: false }).add({
      ...listener,
      onSubscriptionExpiring: async (_manager, { accountId }, daysLeft) =>
        void told.push({ accountId, what: `expiring ${daysLeft}` }),
      onSubscriptionCanceled: async (_manager, { accountId, cancelAtPeriodEnd }) =>
        void told.push({ accountId, what: cancelAtPeriodEnd ? 'canceled later' : 'canceled' }),
      onSubscriptionExpired: async (_manager, { accountId }) =>
        void told.push({ accountId, what: 'expired' }),
    });
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  const toldOf = (accountId: string) =>
    told.filter((entry) => entry.accountId === accountId).map(({ what }) => what);

  it('at the period’s end leaves it in force until then, without reminders and without a grace', async () => {
    const anna = await subscriber(app, 'pro');
    const canceled = await anna.call('POST', '/subscriptions/current/cancel', {});
    expect(canceled).toMatchObject({ status: 200, body: { status: 'active', cancelAtPeriodEnd: true } });
    const { currentPeriodEnd } = await anna.current();
    app.clock.to(new Date(Date.parse(currentPeriodEnd) - 1000));
    await runDue(app);
    expect((await anna.current()).plan.code).toBe('pro');
    app.clock.to(currentPeriodEnd);
    expect((await anna.current()).plan.code).toBe('free');
    expect(toldOf(anna.accountId)).toEqual(['canceled later', 'expiring 0', 'expired']);
  });

  it('can be taken back until then, and twice is once', async () => {
    const bert = await subscriber(app, 'pro');
    await bert.call('POST', '/subscriptions/current/cancel', {});
    await bert.call('POST', '/subscriptions/current/cancel', {});
    const resumed = await bert.call('POST', '/subscriptions/current/resume');
    expect(resumed).toMatchObject({ status: 200, body: { cancelAtPeriodEnd: false } });
    const { currentPeriodEnd } = await bert.current();
    app.clock.to(currentPeriodEnd);
    expect(await bert.current()).toMatchObject({ plan: { code: 'pro' }, graceUntil: expect.any(String) });
    expect(toldOf(bert.accountId)[0]).toBe('canceled later');
    expect(toldOf(bert.accountId).filter((what) => what.startsWith('canceled'))).toHaveLength(1);
  });

  it('at once ends it, gives the free plan and returns no money', async () => {
    const carl = await subscriber(app, 'pro');
    const canceled = await carl.call('POST', '/subscriptions/current/cancel', { atPeriodEnd: false });
    expect(canceled).toMatchObject({ status: 200, body: { status: 'canceled', plan: { code: 'pro' } } });
    expect(await carl.current()).toMatchObject({ plan: { code: 'free' }, quotas: [{ used: 0, limit: 10 }] });
    expect((await carl.call('GET', '/payments')).body.items).toMatchObject([{ status: 'paid' }]);
    expect(toldOf(carl.accountId)).toEqual(['canceled']);
    const again = await carl.call('POST', '/subscriptions', { planCode: 'pro', provider: 'north' });
    expect(again.status).toBe(201);
  });

  it('within the grace is at once, since the period is over', async () => {
    const dora = await subscriber(app, 'pro');
    app.clock.to((await dora.current()).currentPeriodEnd);
    const canceled = await dora.call('POST', '/subscriptions/current/cancel', {});
    expect(canceled.body.status).toBe('canceled');
    expect((await dora.current()).plan.code).toBe('free');
  });

  it('is refused for a free plan', async () => {
    const emil = await subscriber(app);
    for (const path of ['cancel', 'resume']) {
      const refused = await emil.call('POST', `/subscriptions/current/${path}`, {});
      expect(refused).toMatchObject({ status: 409, body: { code: 'PLAN_IS_FREE' } });
    }
  });

  it('closes an order that waits; a renewal paid all the same after an end at once goes back', async () => {
    const fred = await subscriber(app, 'pro');
    const { orderId } = (await ordered(fred, 'renew')).payment;
    await fred.call('POST', '/subscriptions/current/cancel', { atPeriodEnd: false });
    expect((await fred.call('GET', `/payments/${orderId}`)).body.status).toBe('closed');
    app.north.pay(orderId);
    app.clock.forward(60_000);
    await app.janitor.runDue();
    await app.janitor.runDue();
    await untilPayment(app, orderId, 'refunded');
    expect((await fred.current()).plan.code).toBe('free');
  });

  it('at the period’s end is taken back by a renewal that is paid after it', async () => {
    const gina = await subscriber(app, 'pro');
    await gina.call('POST', '/subscriptions/current/cancel', {});
    const { payment } = await ordered(gina, 'renew');
    await pay(app, gina, payment.orderId);
    expect((await gina.current()).cancelAtPeriodEnd).toBe(false);
  });
});
