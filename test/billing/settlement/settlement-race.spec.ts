import {
  administrator,
  buy,
  order,
  payAtCashier,
  paymentRow,
  register,
  startApp,
  untilPayment,
  visitCashier,
  type CommercialApp,
  type Person,
} from '../../support/app.js';
import { until } from '../../support/embedded-process.js';
import { statuses } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';

const CHANNELS = ['alipay', 'wechat'] as const;

/** Two processes' worth of applications on one database; the channels' gateways are in the first. */
describe('settlement under parallel requests', () => {
  let apps: [CommercialApp, CommercialApp];
  let admin: Person;
  let people = 0;

  beforeAll(async () => {
    const first = await startApp();
    apps = [first, await startApp({ beside: first })];
    admin = await administrator(first);
  });
  afterAll(async () => {
    await apps[1].close();
    await apps[0].close();
  });
  afterEach(() => expectInvariants(apps[0].dataSource));

  const person = () => register(apps[0], `p${(people += 1)}`);
  const through = (index: number, somebody: Person, method: string, path: string, body?: unknown) =>
    apps[index % 2]!.call(method, path, { token: somebody.token, body });
  const planOf = async (somebody: Person) =>
    (await somebody.call('GET', '/subscriptions/current')).body.plan?.code;

  it.each(CHANNELS)('settles once when notification, polls and closings of %s meet', async (provider) => {
    for (let round = 0; round < 6; round += 1) {
      const anna = await person();
      const { orderId } = await order(anna, provider);
      await visitCashier(apps[0], orderId);
      const [paid, ...answers] = await Promise.all([
        payAtCashier(apps[0], orderId),
        ...Array.from({ length: 8 }, (_, index) =>
          index % 3 === round % 3
            ? through(index, anna, 'POST', `/payments/${orderId}/close`)
            : through(index, anna, 'GET', `/payments/${orderId}`),
        ),
      ]);
      expect(Object.keys(statuses(answers)).every((status) => ['200', '409'].includes(status))).toBe(true);
      const final = paid.status === 204 ? 'paid' : 'closed';
      await untilPayment(apps[0], orderId, final);
      expect(await planOf(anna)).toBe(final === 'paid' ? 'pro' : 'free');
      await expectInvariants(apps[0].dataSource);
    }
  });

  it.each(CHANNELS)('settles once when a paid order of %s is found by many', async (provider) => {
    const anna = await person();
    const { orderId } = await order(anna, provider);
    const [, ...answers] = await Promise.all([
      payAtCashier(apps[0], orderId),
      ...Array.from({ length: 20 }, (_, index) => through(index, anna, 'GET', `/payments/${orderId}`)),
    ]);
    expect(statuses(answers)).toEqual({ 200: 20 });
    await untilPayment(apps[0], orderId, 'paid');
    const grants = await apps[0].sql(
      `SELECT 1 FROM commercial.quota_balances b JOIN commercial.orders p
         ON p.subscription_id = b.subscription_id WHERE p.order_id = $1`,
      [orderId],
    );
    expect(grants).toHaveLength(1);
  });

  it('honours money that comes after the closing', async () => {
    const anna = await person();
    // Alipay knows of no trade before its page is opened, so there is nothing that the closing could close there.
    const { orderId } = await order(anna, 'alipay');
    expect((await anna.call('POST', `/payments/${orderId}/close`)).body.status).toBe('closed');
    expect((await payAtCashier(apps[0], orderId)).status).toBe(204);
    await untilPayment(apps[0], orderId, 'paid');
    expect(await planOf(anna)).toBe('pro');
  });

  it.each([
    ['one after the other', false],
    ['at once', true],
  ])('keeps one of two payments for one plan and returns the other in full: %s', async (_how, atOnce) => {
    const anna = await person();
    const first = await order(anna, 'alipay');
    const second = await order(anna, 'alipay');
    expect((await anna.call('GET', `/payments/${first.orderId}`)).body.status).toBe('closed');
    if (atOnce) {
      await Promise.all([first, second].map(({ orderId }) => payAtCashier(apps[0], orderId)));
    } else {
      await payAtCashier(apps[0], second.orderId);
      await untilPayment(apps[0], second.orderId, 'paid');
      await payAtCashier(apps[0], first.orderId);
    }
    await untilStatuses([first.orderId, second.orderId], ['paid', 'refunded']);
    if (!atOnce) expect((await paymentRow(apps[0], first.orderId)).status).toBe('refunded');
    expect(await planOf(anna)).toBe('pro');
    const refunds = await apps[0].sql(
      `SELECT r.origin, r.status, r.amount_fen FROM commercial.payment_refunds r
       JOIN commercial.orders p ON p.id = r.payment_id WHERE p.order_id = ANY($1)`,
      [[first.orderId, second.orderId]],
    );
    expect(refunds).toEqual([{ origin: 'automatic', status: 'succeeded', amount_fen: 9900 }]);
  });

  it('keeps one of the payments made through both channels', async () => {
    const anna = await person();
    const alipay = await order(anna, 'alipay');
    const wechat = await order(anna, 'wechat');
    await Promise.all([alipay, wechat].map(({ orderId }) => payAtCashier(apps[0], orderId)));
    await untilStatuses([alipay.orderId, wechat.orderId], ['paid', 'refunded']);
    expect(await planOf(anna)).toBe('pro');
  });

  it('returns the money of a plan smaller than the one that came into force meanwhile', async () => {
    const anna = await person();
    const small = await order(anna, 'wechat', 'pro');
    await buy(apps[0], anna, 'wechat', 'enterprise');
    await payAtCashier(apps[0], small.orderId);
    await untilPayment(apps[0], small.orderId, 'refunded');
    expect(await planOf(anna)).toBe('enterprise');
  });

  it('honours both of two plans paid at once as far as they go, and the larger stays', async () => {
    for (let round = 0; round < 3; round += 1) {
      const anna = await person();
      const orders = [await order(anna, 'wechat', 'pro'), await order(anna, 'alipay', 'enterprise')];
      await Promise.all(orders.map(({ orderId }) => payAtCashier(apps[0], orderId)));
      await untilPayment(apps[0], orders[1].orderId, 'paid');
      await until(async () =>
        ['paid', 'refunded'].includes((await paymentRow(apps[0], orders[0].orderId)).status),
      );
      expect(await planOf(anna)).toBe('enterprise');
    }
  });

  it('honours one of many orders made at once, whichever are paid', async () => {
    const anna = await person();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        through(index, anna, 'POST', '/subscriptions', { planCode: 'pro', provider: 'alipay' }),
      ),
    );
    expect(statuses(answers)).toEqual({ 201: 6 });
    const orderIds = answers.map(({ body }) => body.payment.orderId);
    await untilStatuses(orderIds, [...Array(5).fill('closed'), 'pending']);
    await Promise.all(orderIds.map((orderId) => payAtCashier(apps[0], orderId)));
    await untilStatuses(orderIds, ['paid', ...Array(5).fill('refunded')]);
    expect(await planOf(anna)).toBe('pro');
  });

  it.each(CHANNELS)(
    'refunds through %s no more than was paid, however many ask at once',
    async (provider) => {
      const anna = await person();
      const orderId = await buy(apps[0], anna, provider);
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          through(index, admin, 'POST', `/payments/${orderId}/refunds`, { amount: '30.00' }),
        ),
      );
      expect(statuses(answers)).toEqual({ 201: 3, 409: 3 });
      await until(async () => (await paymentRow(apps[0], orderId)).refunded_fen === 9000);
      const rest = await Promise.all(
        Array.from({ length: 4 }, (_, index) =>
          through(index, admin, 'POST', `/payments/${orderId}/refunds`, {}),
        ),
      );
      expect(statuses(rest)).toEqual({ 201: 1, 409: 3 });
      await untilPayment(apps[0], orderId, 'refunded');
      expect(await planOf(anna)).toBe('free');
    },
  );

  it('gives a free plan once when many ask for it', async () => {
    const anna = await person();
    await apps[0].sql(
      `UPDATE commercial.subscriptions SET status = 'expired', ended_at = $2 WHERE account_id =
      (SELECT personal_account_id FROM commercial.users WHERE id = $1)`,
      [anna.id, apps[0].clock.now()],
    );
    await apps[0].sql(
      `UPDATE commercial.quota_balances SET valid_until = valid_from WHERE account_id =
      (SELECT personal_account_id FROM commercial.users WHERE id = $1)`,
      [anna.id],
    );
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        through(index, anna, 'POST', '/subscriptions', { planCode: 'free' }),
      ),
    );
    expect(statuses(answers)).toEqual({ 201: 1, 409: 7 });
  });

  async function untilStatuses(orderIds: readonly string[], expected: readonly string[]): Promise<void> {
    await until(async () => {
      const rows = await apps[0].sql('SELECT status FROM commercial.orders WHERE order_id = ANY($1)', [
        orderIds,
      ]);
      const found = rows.map(({ status }) => status);
      return found.toSorted().join() === expected.toSorted().join();
    });
  }
});
