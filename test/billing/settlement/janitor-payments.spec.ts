import { DueChecks } from '../../../src/billing/settlement/polling/due-checks.js';
import { administrator, paymentRow, register, type Person } from '../../support/app.js';
import {
  buyThrough,
  eventsOf,
  orderThrough,
  pass,
  refundRows,
  startFakeApp,
  type FakeApp,
} from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';

const MINUTE = 60;

describe('payments that nobody tells of', () => {
  let app: FakeApp;
  let people = 0;

  beforeAll(async () => {
    app = await startFakeApp();
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.north.away = false;
  });
  afterEach(() => expectInvariants(app.dataSource));

  const buyer = () => register(app, `buyer${(people += 1)}`);
  const statusOf = async (orderId: string): Promise<string> => (await paymentRow(app, orderId)).status;
  const planOf = async (person: Person): Promise<string> => {
    const [row] = await app.sql(
      `SELECT l.code FROM commercial.subscriptions s JOIN commercial.subscription_plans l ON l.id = s.plan_id
       JOIN commercial.users u ON u.personal_account_id = s.account_id WHERE u.id = $1 AND s.status = 'active'`,
      [person.id],
    );
    return row.code;
  };

  it('are found five seconds after the order, and not asked about before', async () => {
    const person = await buyer();
    const orderId = await orderThrough(person, 'north');
    app.north.pay(orderId);
    await pass(app, 4, 2);
    expect(app.north.made('query', orderId)).toEqual([]);
    await pass(app, 2, 2);
    expect(await statusOf(orderId)).toBe('paid');
    expect(await planOf(person)).toBe('pro');
    await pass(app, 10 * MINUTE, MINUTE);
    expect(app.north.made('query', orderId)).toHaveLength(1);
  });

  it.each([7, 29])('are active within two minutes, also when paid after %i minutes', async (minutes) => {
    const person = await buyer();
    const orderId = await orderThrough(person, 'north');
    await pass(app, minutes * MINUTE);
    expect(await statusOf(orderId)).toBe('pending');
    app.north.pay(orderId);
    await pass(app, 2 * MINUTE);
    expect(await planOf(person)).toBe('pro');
  });

  it('are asked about again where the answer is unknown, and nothing is taken for failure', async () => {
    const orderId = await orderThrough(await buyer(), 'north');
    app.north.pay(orderId);
    app.north.away = true;
    await pass(app, 5 * MINUTE);
    expect(await statusOf(orderId)).toBe('pending');
    app.north.away = false;
    await pass(app, MINUTE);
    expect(await statusOf(orderId)).toBe('paid');
  });

  it('are closed at the channel before they are closed here', async () => {
    const orderId = await orderThrough(await buyer(), 'north');
    app.north.away = true;
    await pass(app, 40 * MINUTE, 15);
    expect(app.north.made('close', orderId).length).toBeGreaterThan(1);
    expect(await statusOf(orderId)).toBe('pending');
    app.north.away = false;
    await pass(app, 10 * MINUTE, 15);
    expect(app.north.orders.get(orderId)!.state).toBe('closed');
    expect(await statusOf(orderId)).toBe('closed');
  });

  it('that were paid in the last moment are honoured, not closed', async () => {
    const person = await buyer();
    const orderId = await orderThrough(person, 'north');
    await pass(app, 29 * MINUTE);
    app.north.pay(orderId);
    app.clock.to((await paymentRow(app, orderId)).expires_at);
    await app.janitor.runDue();
    expect(await statusOf(orderId)).toBe('paid');
    expect(app.north.made('close', orderId)).toHaveLength(1);
    expect(await planOf(person)).toBe('pro');
  });

  it('whose checking process died before it asked are asked about at the next turn', async () => {
    const orderId = await orderThrough(await buyer(), 'north');
    app.north.pay(orderId);
    app.clock.forward(5_000);
    await app.app.get(DueChecks, { strict: false }).claimPayment(orderId);
    await app.janitor.runDue();
    expect(await statusOf(orderId)).toBe('pending');
    await pass(app, 10);
    expect(await statusOf(orderId)).toBe('paid');
  });

  it('are shared by two processes: each is asked about once', async () => {
    const other = await startFakeApp({ beside: app });
    try {
      const person = await buyer();
      const orders: string[] = [];
      for (const provider of ['north', 'south']) {
        for (const planCode of ['pro', 'enterprise'])
          orders.push(await orderThrough(person, provider, planCode));
      }
      app.clock.forward(6_000);
      const before = app.north.calls.length + app.south.calls.length;
      const done = await Promise.all([app.janitor.runDue(), other.janitor.runDue(), app.janitor.runDue()]);
      const open = await app.sql(`SELECT order_id FROM commercial.orders WHERE status = 'pending'`);
      expect(done.reduce((sum, count) => sum + count)).toBe(
        app.north.calls.length + app.south.calls.length - before,
      );
      for (const { order_id: orderId } of open as { order_id: string }[]) {
        const asked = [...app.north.made('query', orderId), ...app.south.made('query', orderId)];
        expect(asked).toHaveLength(1);
      }
      expect(open.length).toBeGreaterThan(0);
      expect(orders).toHaveLength(4);
    } finally {
      await other.close();
    }
  });

  describe('money that comes after the closing', () => {
    it('is honoured within a minute', async () => {
      const person = await buyer();
      const orderId = await orderThrough(person, 'north');
      expect((await person.call('POST', `/payments/${orderId}/close`)).body.status).toBe('closed');
      await pass(app, 3 * MINUTE);
      app.north.pay(orderId);
      await pass(app, MINUTE);
      expect(await statusOf(orderId)).toBe('paid');
      expect(await planOf(person)).toBe('pro');
      expect(await eventsOf(app, orderId)).toEqual(['payment.closed', 'payment.paid', 'incident.paid_late']);
    });

    it('is refunded in full within a minute where the plan was bought meanwhile', async () => {
      const person = await buyer();
      const orderId = await orderThrough(person, 'north');
      await person.call('POST', `/payments/${orderId}/close`);
      await buyThrough(app, person, 'south');
      app.north.pay(orderId);
      await pass(app, MINUTE);
      expect(await paymentRow(app, orderId)).toMatchObject({ status: 'refunded', refunded_fen: 9900 });
      expect(await planOf(person)).toBe('pro');
      expect(await refundRows(app, orderId)).toMatchObject([{ origin: 'automatic', status: 'succeeded' }]);
      expect(await eventsOf(app, orderId)).toEqual(
        expect.arrayContaining(['incident.paid_late', 'incident.paid_twice', 'payment.refunded']),
      );
    });
  });

  it('both channels paid for one purchase: one is honoured, the other goes back, and an administrator sees why', async () => {
    const person = await buyer();
    const first = await orderThrough(person, 'north');
    app.north.away = true;
    const second = await orderThrough(person, 'south').finally(() => (app.north.away = false));
    app.north.pay(first);
    app.south.pay(second);
    await pass(app, 2 * MINUTE);
    const rows = await Promise.all([paymentRow(app, first), paymentRow(app, second)]);
    expect(rows.map((row) => row.status).sort()).toEqual(['paid', 'refunded']);
    const { body } = await (await administrator(app)).call('GET', '/admin/payment-incidents?limit=100');
    const refunded = rows.find((row) => row.status === 'refunded').order_id;
    expect(body.items).toContainEqual(
      expect.objectContaining({
        orderId: refunded,
        event: 'incident.paid_twice',
        detail: expect.objectContaining({ obstacle: 'the plan was paid for already' }),
      }),
    );
    const stranger = await buyer();
    expect((await stranger.call('GET', `/payments/${first}/history`)).status).toBe(403);
    expect((await stranger.call('GET', '/admin/payment-incidents')).status).toBe(403);
  });

  it.each([
    ['zh-CN', '该订阅计划已付款'],
    ['en', 'the plan was paid for already'],
  ])('a buyer who reads %s is told in it why money comes back', async (locale, reason) => {
    const person = await buyer();
    await person.call('PUT', '/users/me', { body: { locale } });
    const first = await orderThrough(person, 'north');
    await person.call('POST', `/payments/${first}/close`);
    await buyThrough(app, person, 'south');
    app.north.pay(first);
    await pass(app, MINUTE);
    expect(app.north.made('refund', first)).toMatchObject([{ reason }]);
    const { body } = await person.call('GET', `/payments/${first}/refunds`);
    expect(body.items).toMatchObject([{ reason, origin: 'automatic', status: 'succeeded' }]);
  });

  it('an automatic refund that was never sent is sent by schedule, under its number', async () => {
    const person = await buyer();
    const first = await orderThrough(person, 'north');
    await person.call('POST', `/payments/${first}/close`);
    await buyThrough(app, person, 'south');
    app.north.pay(first);
    app.north.refundAnswers.push({ outcome: 'unknown', reason: 'the answer was lost' });
    await pass(app, MINUTE);
    expect(await paymentRow(app, first)).toMatchObject({ status: 'refunded' });
    const numbers = [...app.north.made('refund', first), ...app.north.made('queryRefund', first)];
    expect(numbers.length).toBeGreaterThan(1);
    expect(new Set(numbers.map((call) => call.refundNo)).size).toBe(1);
  });
});
