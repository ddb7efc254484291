import { until } from '../../support/embedded-process.js';
import { startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';
import { ordered, runDue, subscriber, type Subscriber } from '../../support/subscriber.js';

const DAY = 24 * 3600_000;
const ROUNDS = 4;

/** Each race ends with the invariants: periods without gap and overlap, and no fen lost. */
describe('at the same moment', () => {
  let app: FakeApp;
  let beside: FakeApp;

  beforeAll(async () => {
    app = await startFakeApp();
    beside = await startFakeApp({ beside: app });
  });
  afterAll(async () => {
    await beside.close();
    await app.close();
  });
  afterEach(async () => {
    await app.janitor.runDue();
    await expectInvariants(app.dataSource);
  });

  /** Both processes hear of the payment. */
  const paidTwice = (somebody: Subscriber, orderId: string) => {
    app.north.pay(orderId);
    const path = `/payments/${orderId}`;
    return Promise.all([somebody.call('GET', path), somebody.call('GET', path)]);
  };
  const statusOf = async (somebody: Subscriber, orderId: string) =>
    (await somebody.call('GET', `/payments/${orderId}`)).body.status;
  /** Pending orders of two kinds, as no customer gets them one after the other. */
  const bothOrders = async (somebody: Subscriber) => {
    const orders = await Promise.all([
      ordered(somebody, 'change', { planCode: 'enterprise' }),
      ordered(somebody, 'renew'),
    ]);
    return orders.map(({ payment }) => payment.orderId as string);
  };

  it('a change and a renewal are paid: each is honoured or goes back, and nothing is lost', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const somebody = await subscriber(app, 'pro');
      const [change, renewal] = await bothOrders(somebody);
      await Promise.all([paidTwice(somebody, change!), paidTwice(somebody, renewal!)]);
      // The one that was closed for the other is found paid by the janitor.
      app.clock.forward(60_000);
      await app.janitor.runDue();
      await app.janitor.runDue();
      expect((await somebody.current()).plan.code).toBe('enterprise');
      expect(await statusOf(somebody, change!)).toBe('paid');
      expect(['paid', 'refunded']).toContain(await statusOf(somebody, renewal!));
    }
  });

  it('a renewal is paid and the expiry runs: the plan goes on, or begins anew', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const somebody = await subscriber(app, 'pro');
      const { currentPeriodEnd } = await somebody.current();
      const end = Date.parse(currentPeriodEnd) + 3 * DAY;
      app.clock.to(new Date(end - 60_000));
      const { payment } = await ordered(somebody, 'renew');
      app.clock.to(new Date(end));
      await Promise.all([paidTwice(somebody, payment.orderId), runDue(app), runDue(beside)]);
      expect(await somebody.current()).toMatchObject({ plan: { code: 'pro' }, graceUntil: null });
    }
  });

  it('a cancellation and a payment: either it is canceled or it is paid for', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const somebody = await subscriber(app, 'pro');
      const { payment } = await ordered(somebody, 'change', { planCode: 'enterprise' });
      await Promise.all([
        paidTwice(somebody, payment.orderId),
        somebody.call('POST', '/subscriptions/current/cancel', { atPeriodEnd: false }),
      ]);
      await app.janitor.runDue();
      const { plan } = await somebody.current();
      const status = await statusOf(somebody, payment.orderId);
      if (plan.code === 'enterprise') expect(status).toBe('paid');
      else expect(plan.code).toBe('free');
    }
  });

  it('ten changes are ordered and paid: each answers, one is carried out, the others close or go back', async () => {
    const somebody = await subscriber(app, 'pro');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        somebody.call('POST', '/subscriptions/current/change', { planCode: 'enterprise', provider: 'north' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    for (const { body } of answers) app.north.pay(body.payment.orderId);
    const orderIds: string[] = answers.map(({ body }) => body.payment.orderId);
    await Promise.all(orderIds.map((orderId) => statusOf(somebody, orderId)));
    await app.janitor.runDue();
    // Refunds go out in the background.
    await until(async () => {
      const rows = await app.sql('SELECT status FROM commercial.orders WHERE order_id = ANY ($1)', [
        orderIds,
      ]);
      return rows.filter(({ status }) => status === 'paid').length === 1;
    });
    expect((await somebody.current()).plan.code).toBe('enterprise');
  });

  it('twenty requests touch an account whose plan has expired: one free plan follows', async () => {
    const somebody = await subscriber(app, 'pro');
    const { currentPeriodEnd } = await somebody.current();
    app.clock.to(new Date(Date.parse(currentPeriodEnd) + 4 * DAY));
    const consume = { resourceType: 'dicom_processing', cost: 1 };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => somebody.call('POST', '/quota/consume', consume)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const rows = await app.sql(
      `SELECT status FROM commercial.subscriptions WHERE account_id = $1 AND status IN ('active', 'expired')`,
      [somebody.accountId],
    );
    expect(rows.map((row) => row.status).sort()).toEqual(['active', 'expired']);
  });
});
