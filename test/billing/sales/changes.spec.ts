import { v7 as uuid } from 'uuid';
import { administrator, untilPayment } from '../../support/app.js';
import { notify, startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { statuses, type Answer } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';
import { addPlan } from '../../support/quota-parties.js';
import { ordered, pay, renew, runDue, subscriber, type Subscriber } from '../../support/subscriber.js';

const DAY = 24 * 3600_000;
const fen = (yuan: string) => Math.round(Number(yuan) * 100);

describe('a change of plan', () => {
  let app: FakeApp;

  beforeAll(async () => {
    app = await startFakeApp();
    const quotas = { processing_count: { limit: 50 } };
    await addPlan(app, { code: 'pro_yearly', priceFen: 99_000, billingCycle: 'yearly', quotas });
    await addPlan(app, { code: 'basic', priceFen: 4_900, quotas });
    await addPlan(app, { code: 'basic_plus', priceFen: 12_000, quotas });
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  const change = (somebody: Subscriber, planCode: string) => ordered(somebody, 'change', { planCode });
  const preview = (somebody: Subscriber, planCode: string) =>
    somebody.call('POST', '/subscriptions/current/change/preview', { planCode });
  const lastOrder = async (somebody: Subscriber) =>
    (await somebody.call('GET', '/payments')).body.items[0].orderId as string;
  const refundInFull = async (orderId: string) =>
    (await administrator(app)).call('POST', `/payments/${orderId}/refunds`, { body: {} });
  const toPeriodPart = async (somebody: Subscriber, part: number) => {
    const { currentPeriodStart: start, currentPeriodEnd: end } = await somebody.current();
    app.clock.to(new Date(Date.parse(start) + (Date.parse(end) - Date.parse(start)) * part));
  };
  const creditOf = async ({ accountId }: Subscriber) =>
    (
      await app.sql(
        'SELECT coalesce(sum(amount_fen), 0)::int AS fen FROM commercial.account_credits WHERE account_id = $1',
        [accountId],
      )
    )[0].fen;

  it('to a larger plan costs the difference, and is in force when that is paid, not before', async () => {
    const anna = await subscriber(app, 'pro');
    await toPeriodPart(anna, 0.5);
    const { change: offer, subscription, payment } = await change(anna, 'enterprise');
    expect(offer).toMatchObject({ kind: 'upgrade', price: '999.00', surplus: '0.00' });
    expect(fen(offer.credit) + fen(offer.amount)).toBe(99_900);
    expect(fen(offer.credit)).toBeGreaterThanOrEqual(4_949);
    expect(fen(offer.credit)).toBeLessThanOrEqual(4_950);
    expect(subscription.plan.code).toBe('pro');
    expect((await anna.current()).plan.code).toBe('pro');
    const paid = await pay(app, anna, payment.orderId);
    expect(paid).toMatchObject({ purpose: 'change', planCode: 'enterprise', amount: offer.amount });
    const now = await anna.current();
    expect(now).toMatchObject({ plan: { code: 'enterprise' }, quotas: [{ used: 0, limit: 999_999 }] });
    expect(Date.parse(now.currentPeriodEnd) - Date.parse(now.currentPeriodStart)).toBeGreaterThan(27 * DAY);
  });

  it('is previewed as it is ordered, and the preview changes nothing', async () => {
    const bert = await subscriber(app, 'pro');
    const before = await bert.current();
    const { status, body } = await preview(bert, 'enterprise');
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'upgrade', plan: { code: 'enterprise' }, price: '999.00' });
    expect((await preview(bert, 'basic')).body).toMatchObject({
      kind: 'downgrade',
      amount: '0.00',
      effectiveAt: before.currentPeriodEnd,
    });
    expect(await bert.current()).toEqual(before);
    expect((await bert.call('GET', '/payments')).body.items).toHaveLength(1);
  });

  it('keeps the amounts of its order, however much time passes before it is paid', async () => {
    const carl = await subscriber(app, 'pro');
    await toPeriodPart(carl, 0.5);
    const { change: offer, payment } = await change(carl, 'enterprise');
    app.clock.forward(25 * 60_000);
    expect(await pay(app, carl, payment.orderId)).toMatchObject({ status: 'paid', amount: offer.amount });
    const [period] = await app.sql(
      `SELECT d.worth_fen FROM commercial.subscription_periods d JOIN commercial.orders p
       ON p.id = d.payment_id WHERE p.order_id = $1`,
      [payment.orderId],
    );
    expect(period.worth_fen).toBe(99_900);
  });

  it('is honoured where a fen of its credit is worth less than a millisecond', async () => {
    const quotas = { processing_count: { limit: 50 } };
    await addPlan(app, { code: 'dear', priceFen: 1_000_000_000, quotas });
    await addPlan(app, { code: 'dearer', priceFen: 2_000_000_000, quotas });
    for (let round = 0; round < 3; round += 1) {
      const carla = await subscriber(app, 'dear');
      const { payment } = await change(carla, 'dearer');
      expect(await pay(app, carla, payment.orderId)).toMatchObject({
        status: 'paid',
        refundedAmount: '0.00',
      });
      expect((await carla.current()).plan.code).toBe('dearer');
    }
  });

  it('takes along every period that is paid ahead, and keeps what is left over for later orders', async () => {
    const dora = await subscriber(app, 'pro');
    await renew(app, dora);
    const { change: offer, payment, subscription } = await change(dora, 'basic_plus');
    expect(offer).toMatchObject({ kind: 'upgrade', amount: '0.00' });
    const leftOver = 9_900 * 2 - 12_000;
    expect(fen(offer.surplus)).toBeGreaterThan(leftOver - 2);
    expect([payment, subscription.plan.code]).toEqual([null, 'basic_plus']);
    expect(await creditOf(dora)).toBe(fen(offer.surplus));
    const next = await ordered(dora, 'renew');
    expect(next.change).toMatchObject({ accountCredit: offer.surplus, price: '120.00' });
    await pay(app, dora, next.payment.orderId);
    expect(await creditOf(dora)).toBe(0);
  });

  it('from the free plan costs the whole price, and to the free plan is scheduled', async () => {
    const emil = await subscriber(app);
    const { change: offer, payment } = await change(emil, 'pro');
    expect(offer).toMatchObject({ kind: 'upgrade', credit: '0.00', amount: '99.00' });
    await pay(app, emil, payment.orderId);
    const back = await change(emil, 'free');
    expect(back).toMatchObject({ payment: null, subscription: { scheduledPlanCode: 'free' } });
    const { currentPeriodEnd } = await emil.current();
    app.clock.to(currentPeriodEnd);
    expect((await emil.current()).plan.code).toBe('free');
  });

  it('to a smaller plan waits for the end of what is paid, and is taken back by resuming', async () => {
    const fred = await subscriber(app, 'pro');
    const scheduled = await change(fred, 'basic');
    expect(scheduled).toMatchObject({ payment: null, change: { kind: 'downgrade' } });
    expect(await fred.current()).toMatchObject({ plan: { code: 'pro' }, scheduledPlanCode: 'basic' });
    await fred.call('POST', '/subscriptions/current/resume');
    expect((await fred.current()).scheduledPlanCode).toBeNull();
    await change(fred, 'basic');
    const { currentPeriodEnd, id } = await fred.current();
    app.clock.to(currentPeriodEnd);
    expect(await fred.current()).toMatchObject({
      id,
      plan: { code: 'basic' },
      scheduledPlanCode: null,
      graceUntil: expect.any(String),
      quotas: [{ limit: 50, used: 0 }],
    });
    await renew(app, fred);
    expect(await fred.current()).toMatchObject({
      plan: { code: 'basic' },
      currentPeriodStart: currentPeriodEnd,
    });
  });

  it('to a smaller plan that is paid ahead begins with its own period, by the job as well', async () => {
    const gina = await subscriber(app, 'pro');
    await change(gina, 'basic');
    const { currentPeriodEnd: end } = await gina.current();
    const { change: offer, payment } = await ordered(gina, 'renew');
    expect(offer).toMatchObject({ kind: 'renewal', plan: { code: 'basic' }, amount: '49.00' });
    await pay(app, gina, payment.orderId);
    expect(await gina.current()).toMatchObject({ plan: { code: 'pro' }, scheduledPlanCode: 'basic' });
    app.clock.to(end);
    await runDue(app);
    expect(await gina.current()).toMatchObject({
      plan: { code: 'basic' },
      currentPeriodStart: end,
      graceUntil: null,
      quotas: [{ limit: 50 }],
    });
  });

  it('between cycles is at once where the order costs more, and credits a year in full', async () => {
    const hugo = await subscriber(app, 'pro');
    const { payment } = await change(hugo, 'pro_yearly');
    await pay(app, hugo, payment.orderId);
    const { change: offer } = await change(hugo, 'enterprise');
    expect(offer.kind).toBe('upgrade');
    expect(fen(offer.credit)).toBeGreaterThan(98_990);
  });

  it('to a plan that nobody sells is refused, and to the free one that is held', async () => {
    const ida = await subscriber(app);
    expect((await preview(ida, 'nonesuch')).body.code).toBe('PLAN_NOT_FOUND');
    expect((await preview(ida, 'free')).body.code).toBe('ALREADY_SUBSCRIBED');
    const nameless = await ida.call('POST', '/subscriptions/current/change', { planCode: 'pro' });
    expect(nameless).toMatchObject({ status: 409, body: { code: 'CHANNEL_NOT_CONFIGURED' } });
  });

  it('refunded in full ends it all, and what it had credited can be refunded again', async () => {
    const jana = await subscriber(app, 'pro');
    const first = await lastOrder(jana);
    const { payment } = await change(jana, 'enterprise');
    await pay(app, jana, payment.orderId);
    expect(await refundInFull(first)).toMatchObject({
      status: 409,
      body: { code: 'REFUND_EXCEEDS_PAYMENT' },
    });
    expect((await refundInFull(payment.orderId)).status).toBe(201);
    expect((await jana.current()).plan.code).toBe('free');
    expect((await refundInFull(first)).body).toMatchObject({ status: 'succeeded', amount: '99.00' });
  });

  it('shows a person that the channel gave back what had been credited, and leaves the plan in force', async () => {
    const lena = await subscriber(app, 'pro');
    const first = await lastOrder(lena);
    await toPeriodPart(lena, 0.5);
    const { change: offer, payment } = await change(lena, 'enterprise');
    await pay(app, lena, payment.orderId);
    const creditedFen = fen(offer.credit);
    const refundedAtChannel = (refundNo: string, amountFen: number) =>
      notify(app, 'north', {
        outcome: 'refund',
        notificationId: refundNo,
        orderId: first,
        refundNo,
        result: { outcome: 'succeeded', refundedAt: null },
        amountFen,
        refundedFen: null,
        orderAmountFen: null,
      });
    const admin = await administrator(app);
    const incidents = async () =>
      (await admin.call('GET', '/admin/payment-incidents')).body.items.filter(
        ({ orderId }: { orderId: string }) => orderId === first,
      );

    await refundedAtChannel('within', 9_900 - creditedFen);
    expect(await incidents()).toEqual([]);
    await refundedAtChannel('beyond', creditedFen);
    await refundedAtChannel('beyond', creditedFen);
    expect(await incidents()).toMatchObject([
      {
        event: 'incident.credit_refunded',
        detail: {
          refundNo: 'beyond',
          origin: 'channel',
          creditedFen,
          goneFen: creditedFen,
          creditedToOrderId: payment.orderId,
          detail: expect.stringMatching(/ask the customer|endSubscription/),
        },
      },
    ]);
    expect((await lena.current()).plan.code).toBe('enterprise');
    // What the incident proposes can be done.
    const body = { amount: '1.00', endSubscription: true };
    expect((await admin.call('POST', `/payments/${payment.orderId}/refunds`, { body })).status).toBe(201);
    expect((await lena.current()).plan.code).toBe('free');
  });

  it('credits nothing that has gone back', async () => {
    const karl = await subscriber(app, 'pro');
    const orderId = await lastOrder(karl);
    const { payment } = await change(karl, 'enterprise');
    await (
      await administrator(app)
    ).call('POST', `/payments/${orderId}/refunds`, { body: { amount: '90.00' } });
    const { body } = await preview(karl, 'enterprise');
    expect(fen(body.credit)).toBeLessThanOrEqual(900);
    expect((await pay(app, karl, payment.orderId)).status).toMatch(/refunded|paid/);
    await app.janitor.runDue();
    expect((await karl.current()).plan.code).toBe('pro');
    await untilPayment(app, payment.orderId, 'refunded');
  });

  describe('with a coupon', () => {
    let coupons = 0;
    const coupon = async (terms: object): Promise<string> => {
      const code = `CHANGE-${(coupons += 1)}`;
      const admin = await administrator(app);
      const { status, body } = await admin.call('POST', '/admin/coupons', { body: { code, ...terms } });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return code;
    };
    const redemptionsOf = (code: string) =>
      app.sql(
        `SELECT r.status, r.discount_fen, c.redeemed FROM commercial.coupons c
         LEFT JOIN commercial.coupon_redemptions r ON r.coupon_id = c.id WHERE c.code = $1 ORDER BY r.created_at`,
        [code],
      );
    const worthOf = async (orderId: string) =>
      (
        await app.sql(
          `SELECT d.worth_fen FROM commercial.subscription_periods d JOIN commercial.orders p
           ON p.id = d.payment_id WHERE p.order_id = $1`,
          [orderId],
        )
      )[0].worth_fen;

    it('costs less before the credit counts, as it is previewed, and is worth what was given for it', async () => {
      const lena = await subscriber(app, 'pro');
      await toPeriodPart(lena, 0.5);
      const couponCode = await coupon({ percentOff: 33, maxRedemptions: 1 });
      const { body } = await lena.call('POST', '/subscriptions/current/change/preview', {
        planCode: 'enterprise',
        couponCode,
      });
      expect(body).toMatchObject({ price: '999.00', discount: '329.67' });
      expect(await redemptionsOf(couponCode)).toMatchObject([{ status: null, redeemed: 0 }]);
      const { change: offer, payment } = await ordered(lena, 'change', {
        planCode: 'enterprise',
        couponCode,
      });
      expect(offer.discount).toBe('329.67');
      expect(fen(offer.discount) + fen(offer.credit) + fen(offer.amount)).toBe(99_900);
      expect(payment.amount).toBe(offer.amount);
      expect(await redemptionsOf(couponCode)).toMatchObject([{ status: 'reserved', redeemed: 1 }]);
      await pay(app, lena, payment.orderId);
      expect(await redemptionsOf(couponCode)).toMatchObject([{ status: 'redeemed', discount_fen: 32_967 }]);
      expect(await worthOf(payment.orderId)).toBe(99_900 - 32_967);
      expect((await lena.current()).plan.code).toBe('enterprise');
    });

    it('renews for less, and later credits only what was paid', async () => {
      const mona = await subscriber(app, 'basic');
      const couponCode = await coupon({ amountOff: '40.00' });
      const { change: offer, payment } = await ordered(mona, 'renew', { couponCode });
      expect(offer).toMatchObject({ kind: 'renewal', discount: '40.00', amount: '9.00' });
      await pay(app, mona, payment.orderId);
      const credit = fen((await preview(mona, 'enterprise')).body.credit);
      expect(credit).toBeGreaterThan(4_900 + 900 - 5);
      expect(credit).toBeLessThanOrEqual(4_900 + 900);
    });

    it('that leaves nothing to pay needs no channel, and what credit isn’t needed stays the account’s', async () => {
      const nina = await subscriber(app, 'pro');
      const couponCode = await coupon({ percentOff: 100 });
      const {
        change: offer,
        payment,
        subscription,
      } = await ordered(nina, 'change', {
        planCode: 'enterprise',
        couponCode,
      });
      expect(payment).toBeNull();
      expect(subscription.plan.code).toBe('enterprise');
      expect(offer).toMatchObject({ discount: '999.00', amount: '0.00', surplus: offer.credit });
      expect(await creditOf(nina)).toBe(fen(offer.credit));
      expect((await preview(nina, 'pro_yearly')).body.credit).toBe('0.00');
      const again = await coupon({ amountOff: '950.00' });
      const renewal = await ordered(nina, 'renew', { couponCode: again });
      expect(renewal).toMatchObject({
        payment: null,
        change: { discount: '950.00', accountCredit: '49.00' },
      });
      expect(await redemptionsOf(again)).toMatchObject([{ status: 'redeemed', discount_fen: 95_000 }]);
    });

    it('is free again when the order closes unpaid, goes over to the next, and is had once by each user', async () => {
      const olga = await subscriber(app, 'pro');
      const couponCode = await coupon({ percentOff: 50, maxRedemptions: 1 });
      const first = await ordered(olga, 'renew', { couponCode });
      const previewed = await olga.call('POST', '/subscriptions/current/change/preview', {
        planCode: 'enterprise',
        couponCode,
      });
      expect(previewed.body).toMatchObject({ discount: '499.50' });
      const second = await ordered(olga, 'change', { planCode: 'enterprise', couponCode });
      expect((await olga.call('GET', `/payments/${first.payment.orderId}`)).body.status).toBe('closed');
      await olga.call('POST', `/payments/${second.payment.orderId}/close`);
      expect((await redemptionsOf(couponCode))[0].redeemed).toBe(0);
      const third = await ordered(olga, 'renew', { couponCode });
      await pay(app, olga, third.payment.orderId);
      const path = '/subscriptions/current';
      const renewal = { provider: 'north', couponCode };
      expect((await olga.call('POST', `${path}/renew`, renewal)).body.code).toBe('COUPON_ALREADY_USED');
      const paul = await subscriber(app, 'pro');
      expect((await paul.call('POST', `${path}/renew`, renewal)).body.code).toBe('COUPON_USED_UP');
      for (const [somebody, code] of [
        [olga, 'COUPON_ALREADY_USED'],
        [paul, 'COUPON_USED_UP'],
      ] as const) {
        const body = { planCode: 'enterprise', couponCode };
        expect((await somebody.call('POST', `${path}/change/preview`, body)).body.code).toBe(code);
      }
    });

    it('is refused where nothing is paid now, where it isn’t good, and where the plan is free', async () => {
      const quin = await subscriber(app, 'pro');
      const couponCode = await coupon({ percentOff: 50, planCodes: ['enterprise'] });
      for (const [planCode, reason] of [
        ['basic', 'costs nothing now'],
        ['free', 'costs nothing now'],
        ['pro', 'it is for the plans enterprise'],
      ]) {
        const answer = await quin.call('POST', '/subscriptions/current/change', {
          planCode,
          provider: 'north',
          couponCode,
        });
        expect(answer).toMatchObject({ status: 409, body: { code: 'COUPON_INVALID' } });
        expect(answer.body.detail).toContain(reason);
      }
      expect((await quin.current()).scheduledPlanCode).toBeNull();
    });

    it('is given once where eight renewals ask for the last one at once', async () => {
      const couponCode = await coupon({ percentOff: 10, maxRedemptions: 1 });
      const people = await Promise.all(Array.from({ length: 8 }, () => subscriber(app, 'pro')));
      const renewal = { provider: 'north', couponCode };
      const answers = await Promise.all(
        people.map((each) => each.call('POST', '/subscriptions/current/renew', renewal)),
      );
      expect(statuses(answers)).toEqual({ 201: 1, 409: 7 });
      expect((await redemptionsOf(couponCode))[0].redeemed).toBe(1);
    });
  });

  describe('whose request is run again after its answer was lost', () => {
    /** Twice with one key, whose first answer nobody kept; `between` happens in the meantime. */
    const twice = async (
      somebody: Subscriber,
      path: string,
      body: object,
      between: (first: Answer['body']) => Promise<unknown> = async () => null,
    ) => {
      const headers = { 'idempotency-key': uuid() };
      const call = async () =>
        (await somebody.call('POST', `/subscriptions/current/${path}`, body, headers)).body;
      const first = await call();
      await between(first);
      await app.sql(
        `UPDATE commercial.idempotency_keys SET answer_status = NULL, answer_body = NULL, leased_until = '-infinity'
         WHERE key = $1`,
        [headers['idempotency-key']],
      );
      return { first, again: await call() };
    };
    const paid = (somebody: Subscriber) => (first: Answer['body']) =>
      pay(app, somebody, first.payment.orderId);
    const orders = async (somebody: Subscriber) =>
      (await somebody.call('GET', '/payments')).body.items.length as number;

    it('finds its order, paid or not, on the terms that it was made on', async () => {
      for (const between of [() => async () => null, paid]) {
        const rosa = await subscriber(app, 'pro');
        const body = { planCode: 'enterprise', provider: 'north' };
        const { first, again } = await twice(rosa, 'change', body, between(rosa));
        const { kind, price, credit, amount } = first.change;
        expect(again.change).toMatchObject({ kind, price, credit, amount, plan: { code: 'enterprise' } });
        expect(again.payment.orderId).toBe(first.payment.orderId);
        expect(again.subscription.plan.code).toBe(between === paid ? 'enterprise' : 'pro');
        expect(await orders(rosa)).toBe(2);
      }
    });

    it('finds its renewal, and makes no other', async () => {
      const sara = await subscriber(app, 'pro');
      const { first, again } = await twice(sara, 'renew', { provider: 'north' }, paid(sara));
      expect(again.change).toEqual(first.change);
      expect(again.payment).toMatchObject({ orderId: first.payment.orderId, status: 'paid' });
      expect(again.subscription.currentPeriodEnd).toBe(first.change.periodEnd);
      expect(await orders(sara)).toBe(2);
    });

    it('finds what was carried out without a channel, and uses no credit twice', async () => {
      const tina = await subscriber(app, 'pro');
      await renew(app, tina);
      const changed = await twice(tina, 'change', { planCode: 'basic_plus' });
      expect(changed.again).toEqual(changed.first);
      expect(changed.first.change.kind).toBe('upgrade');
      await app.sql(
        `INSERT INTO commercial.account_credits (id, account_id, amount_fen, created_at) VALUES ($1, $2, 30000, $3)`,
        [uuid(), tina.accountId, app.clock.now()],
      );
      const before = await creditOf(tina);
      const renewed = await twice(tina, 'renew', {});
      expect(renewed.again).toEqual(renewed.first);
      expect(renewed.first).toMatchObject({ payment: null, change: { accountCredit: '120.00' } });
      expect(await creditOf(tina)).toBe(before - 12_000);
    });

    it('finds the free plan that took the place of one whose time was over', async () => {
      const ulla = await subscriber(app, 'pro');
      app.clock.to((await ulla.current()).currentPeriodEnd);
      const { first, again } = await twice(ulla, 'change', { planCode: 'free' });
      expect(first).toMatchObject({
        change: { kind: 'downgrade' },
        subscription: { plan: { code: 'free' } },
      });
      expect(again.change).toMatchObject({ kind: 'downgrade', amount: '0.00', plan: { code: 'free' } });
      expect(again.subscription.id).toBe(first.subscription.id);
    });
  });
});
