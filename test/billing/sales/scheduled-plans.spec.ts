import { administrator } from '../../support/app.js';
import { startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';
import { addPlan } from '../../support/quota-parties.js';
import { ordered, pay, renew, subscriber, type Subscriber } from '../../support/subscriber.js';

describe('a plan that is scheduled', () => {
  let app: FakeApp;

  beforeAll(async () => {
    app = await startFakeApp();
    await addPlan(app, { code: 'basic', priceFen: 4_900, quotas: { processing_count: { limit: 50 } } });
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  const change = (somebody: Subscriber, planCode: string) => ordered(somebody, 'change', { planCode });
  const resume = (somebody: Subscriber) => somebody.call('POST', '/subscriptions/current/resume');
  const refundInFull = async (orderId: string) =>
    (await administrator(app)).call('POST', `/payments/${orderId}/refunds`, { body: {} });

  it('and paid ahead isn’t taken back by resuming, which names the order', async () => {
    const anna = await subscriber(app, 'pro');
    await change(anna, 'basic');
    const orderId = await renew(app, anna);
    const before = await anna.current();
    const refused = await resume(anna);
    expect(refused).toMatchObject({ status: 409, body: { code: 'PERIOD_PAID_AHEAD', orderId } });
    expect(refused.body.detail).toContain(orderId);
    const again = await anna.call('POST', '/subscriptions/current/change', {
      planCode: 'pro',
      provider: 'north',
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'PERIOD_PAID_AHEAD', orderId } });
    expect(await anna.current()).toEqual(before);
    expect((await refundInFull(orderId)).status).toBe(201);
    expect((await resume(anna)).body).toMatchObject({ plan: { code: 'pro' }, scheduledPlanCode: null });
  });

  it('and paid ahead stays shown where a cancellation, or what was scheduled behind it, is taken back', async () => {
    const bert = await subscriber(app, 'pro');
    await change(bert, 'basic');
    await renew(app, bert);
    const { body } = await bert.call('POST', '/subscriptions/current/cancel', {});
    expect(body).toMatchObject({ cancelAtPeriodEnd: true, scheduledPlanCode: 'basic' });
    expect((await resume(bert)).body).toMatchObject({ cancelAtPeriodEnd: false, scheduledPlanCode: 'basic' });
    await change(bert, 'free');
    expect(await bert.current()).toMatchObject({ scheduledPlanCode: 'free' });
    expect(await resume(bert)).toMatchObject({ status: 200, body: { scheduledPlanCode: 'basic' } });
    expect((await resume(bert)).status).toBe(409);
  });

  it('is shown where its order was made before the plan was taken back, and paid after', async () => {
    const carl = await subscriber(app, 'pro');
    await change(carl, 'basic');
    const { payment } = await ordered(carl, 'renew');
    expect((await resume(carl)).body).toMatchObject({ scheduledPlanCode: null });
    await pay(app, carl, payment.orderId);
    expect(await carl.current()).toMatchObject({ plan: { code: 'pro' }, scheduledPlanCode: 'basic' });
  });

  it('and free is taken back by a renewal that is paid, as a cancellation is', async () => {
    const dora = await subscriber(app, 'pro');
    const { currentPeriodEnd: end } = await dora.current();
    await change(dora, 'free');
    const { payment } = await ordered(dora, 'renew');
    expect(await dora.current()).toMatchObject({ scheduledPlanCode: 'free', currentPeriodEnd: end });
    await pay(app, dora, payment.orderId);
    const renewed = await dora.current();
    expect(renewed).toMatchObject({ plan: { code: 'pro' }, scheduledPlanCode: null });
    app.clock.to(renewed.currentPeriodEnd);
    expect(await dora.current()).toMatchObject({ plan: { code: 'pro' }, graceUntil: expect.any(String) });
  });

  it.each([
    ['a smaller plan', (somebody: Subscriber) => change(somebody, 'basic')],
    ['the free plan', (somebody: Subscriber) => change(somebody, 'free')],
    ['a cancellation', (somebody: Subscriber) => somebody.call('POST', '/subscriptions/current/cancel', {})],
  ])('is taken back by changing to the plan in force, for nothing: %s', async (_, schedule) => {
    const emil = await subscriber(app, 'pro');
    await schedule(emil);
    const body = { planCode: 'pro' };
    const preview = await emil.call('POST', '/subscriptions/current/change/preview', body);
    expect(preview.body).toMatchObject({ kind: 'resumption', amount: '0.00', plan: { code: 'pro' } });
    expect(await change(emil, 'pro')).toMatchObject({
      payment: null,
      change: { kind: 'resumption' },
      subscription: { plan: { code: 'pro' }, scheduledPlanCode: null, cancelAtPeriodEnd: false },
    });
    expect((await emil.call('GET', '/payments')).body.items).toHaveLength(1);
    // With nothing to take back it is a renewal.
    expect(await change(emil, 'pro')).toMatchObject({ change: { kind: 'renewal', amount: '99.00' } });
  });

  it('and taken back takes no coupon', async () => {
    const fred = await subscriber(app, 'pro');
    const admin = await administrator(app);
    await admin.call('POST', '/admin/coupons', { body: { code: 'BACK-AGAIN', percentOff: 50 } });
    await change(fred, 'basic');
    const body = { planCode: 'pro', couponCode: 'BACK-AGAIN', provider: 'north' };
    const refused = await fred.call('POST', '/subscriptions/current/change', body);
    expect(refused).toMatchObject({ status: 409, body: { code: 'COUPON_INVALID' } });
  });
});
