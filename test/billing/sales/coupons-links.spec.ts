import {
  administrator,
  buy,
  order,
  payAtCashier,
  paymentRow,
  register,
  startApp,
  untilPayment,
  type CommercialApp,
  type Person,
} from '../../support/app.js';
import { until } from '../../support/embedded-process.js';
import { pass, startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { statuses } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';
import { ordered, subscriber, type Subscriber } from '../../support/subscriber.js';

const TERMS = { percentOff: 50, maxRedemptions: 1 };

/** A link that no buyer has opened can't be withdrawn at Alipay, so its order can be paid after it was closed here. */
describe('a coupon and links that live on', () => {
  let app: FakeApp;
  let coupons = 0;

  beforeAll(async () => {
    app = await startFakeApp();
  });
  afterAll(() => app.close());
  beforeEach(() => void (app.north.linksLive = true));
  afterEach(() => expectInvariants(app.dataSource));

  const coupon = (terms: object = TERMS) => couponOf(app, `LINK-${(coupons += 1)}`, terms);
  const statusesOf = async (code: string) =>
    (
      await app.sql(
        `SELECT r.status FROM commercial.coupon_redemptions r JOIN commercial.coupons c ON c.id = r.coupon_id
         WHERE c.code = $1 ORDER BY r.created_at, r.id`,
        [code],
      )
    ).map(({ status }) => status);
  const close = (somebody: Subscriber, orderId: string) =>
    somebody.call('POST', `/payments/${orderId}/close`);
  const renewal = async (somebody: Subscriber, couponCode: string): Promise<string> =>
    (await ordered(somebody, 'renew', { couponCode })).payment.orderId;
  const periodsOf = async ({ accountId }: Subscriber) =>
    (
      await app.sql(
        `SELECT d.id FROM commercial.subscription_periods d JOIN commercial.subscriptions s ON s.id = d.subscription_id
         WHERE s.account_id = $1 AND d.ended_at IS NULL`,
        [accountId],
      )
    ).length;
  /** One of them is paid, and the money of all others has gone back. */
  const untilOneIsKept = (orders: readonly string[]) =>
    until(async () => {
      const rows = await Promise.all(orders.map((orderId) => paymentRow(app, orderId)));
      const kept = rows.filter(({ status }) => status === 'paid').length;
      return kept === 1 && rows.filter(({ status }) => status === 'refunded').length === orders.length - 1;
    });

  it('is used once by a customer who closes, orders again, and pays every link', async () => {
    const anna = await subscriber(app, 'pro');
    const code = await coupon();
    const orders: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      orders.push(await renewal(anna, code));
      // By hand, or by the order that takes its place.
      if (round % 2 === 0) expect((await close(anna, orders.at(-1)!)).status).toBe(200);
    }
    expect(await statusesOf(code)).toEqual(['passed_on', 'passed_on', 'passed_on', 'reserved']);
    for (const orderId of orders) app.north.pay(orderId);
    await pass(app, 120, 30);
    await untilOneIsKept(orders);
    expect(await periodsOf(anna)).toBe(2);
    expect((await statusesOf(code)).filter((status) => status === 'redeemed')).toHaveLength(1);
  });

  it('goes with the first of a user’s orders that is paid, whichever was ordered first', async () => {
    const bert = await subscriber(app, 'pro');
    const code = await coupon();
    const former = await renewal(bert, code);
    const latter = await renewal(bert, code);
    expect(await statusesOf(code)).toEqual(['passed_on', 'reserved']);
    app.north.pay(former);
    await pass(app, 60, 30);
    expect(await paymentRow(app, former)).toMatchObject({ status: 'paid', amount_fen: 4_950 });
    expect(await statusesOf(code)).toEqual(['redeemed', 'passed_on']);
    app.north.pay(latter);
    await pass(app, 60, 30);
    await untilPayment(app, latter, 'refunded');
    expect(await statusesOf(code)).toEqual(['redeemed', 'released']);
  });

  it('is nobody else’s while a closed order can still be paid, and free again after that', async () => {
    const carl = await subscriber(app, 'pro');
    const code = await coupon();
    const orderId = await renewal(carl, code);
    await close(carl, orderId);
    expect(await statusesOf(code)).toEqual(['reserved']);
    const dora = await subscriber(app, 'pro');
    const wanted = { provider: 'north', couponCode: code };
    expect(await dora.call('POST', '/subscriptions/current/renew', wanted)).toMatchObject({
      status: 409,
      body: { code: 'COUPON_USED_UP' },
    });
    await pass(app, 31 * 60, 60);
    expect(await statusesOf(code)).toEqual(['released']);
    expect((await dora.call('POST', '/subscriptions/current/renew', wanted)).status).toBe(201);
  });

  it('is free at once where the channel closed the order for good', async () => {
    app.north.linksLive = false;
    const emil = await subscriber(app, 'pro');
    const code = await coupon();
    await close(emil, await renewal(emil, code));
    expect(await statusesOf(code)).toEqual(['released']);
  });

  it('stays with an order that can’t be closed, and goes along to the one in its place', async () => {
    const fred = await subscriber(app, 'pro');
    const code = await coupon();
    await renewal(fred, code);
    app.north.away = true;
    const answer = await fred.call('POST', '/subscriptions/current/renew', {
      provider: 'south',
      couponCode: code,
    });
    app.north.away = false;
    expect(answer.status).toBe(201);
    expect(await statusesOf(code)).toEqual(['passed_on', 'reserved']);
  });

  it('is previewed as what it would be, with a closed order too', async () => {
    const gina = await subscriber(app, 'pro');
    const code = await coupon();
    await close(gina, await renewal(gina, code));
    const body = { planCode: 'enterprise', couponCode: code };
    expect((await gina.call('POST', '/subscriptions/current/change/preview', body)).status).toBe(200);
  });

  it('is taken along to what needs no channel, and its former order’s money goes back', async () => {
    const hugo = await subscriber(app, 'pro');
    const code = await coupon({ amountOff: '99.00', maxRedemptions: 1 });
    const { payment } = await ordered(hugo, 'change', { planCode: 'enterprise', couponCode: code });
    expect((await ordered(hugo, 'renew', { couponCode: code })).payment).toBeNull();
    expect(await statusesOf(code)).toEqual(['passed_on', 'redeemed']);
    app.north.pay(payment.orderId);
    await pass(app, 60, 30);
    await untilPayment(app, payment.orderId, 'refunded');
    expect((await hugo.current()).plan.code).toBe('pro');
  });

  it('is used once where every link is paid in the same moment', async () => {
    const ida = await subscriber(app, 'pro');
    const code = await coupon();
    const orders: string[] = [];
    for (let round = 0; round < 4; round += 1) orders.push(await renewal(ida, code));
    for (const orderId of orders) app.north.pay(orderId);
    const polled = await Promise.all(orders.map((orderId) => ida.call('GET', `/payments/${orderId}`)));
    expect(statuses(polled)).toEqual({ 200: 4 });
    await pass(app, 60, 30);
    await untilOneIsKept(orders);
  });
});

describe('a coupon and the links of Alipay', () => {
  let app: CommercialApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  it('is used once where each link of it is paid', async () => {
    const anna = await register(app, 'anna');
    await buy(app, anna, 'alipay');
    const couponCode = await couponOf(app, 'ONCE', TERMS);
    const orders: string[] = [];
    for (let round = 0; round < 3; round += 1) orders.push(await renewal(anna, couponCode));
    for (const orderId of orders) {
      expect((await payAtCashier(app, orderId)).status).toBe(204);
      await untilPaid(orderId);
    }
    const [{ redeemed }] = await app.sql(`SELECT redeemed FROM commercial.coupons WHERE code = 'ONCE'`);
    expect(redeemed).toBe(1);
    for (const orderId of orders.slice(1)) await untilPayment(app, orderId, 'refunded');
    expect((await paymentRow(app, orders[0]!)).status).toBe('paid');
  });

  it('isn’t anybody’s who closes and lets somebody else order', async () => {
    const couponCode = await couponOf(app, 'ONE-FOR-ALL', TERMS);
    const [bert, carl] = [await register(app, 'bert'), await register(app, 'carl')];
    const subscribe = (person: Person) =>
      person.call('POST', '/subscriptions', { body: { planCode: 'pro', provider: 'alipay', couponCode } });
    const { orderId } = (await subscribe(bert)).body.payment;
    await bert.call('POST', `/payments/${orderId}/close`);
    expect((await subscribe(carl)).body.code).toBe('COUPON_USED_UP');
    expect((await order(carl, 'alipay')).amount).toBe('99.00');
  });

  const renewal = async (person: Person, couponCode: string): Promise<string> => {
    const body = { provider: 'alipay', couponCode };
    return (await person.call('POST', '/subscriptions/current/renew', { body })).body.payment.orderId;
  };

  async function untilPaid(orderId: string): Promise<void> {
    await until(async () => (await paymentRow(app, orderId)).paid_at !== null);
  }
});

/** Makes a coupon. @returns its code */
async function couponOf(app: CommercialApp, code: string, terms: object): Promise<string> {
  const admin = await administrator(app);
  const { status, body } = await admin.call('POST', '/admin/coupons', { body: { code, ...terms } });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return code;
}
