import type { AuthenticatedUser } from '../../../src/auth/identity/caller/authenticated-user.js';
import { AgreementJobs } from '../../../src/billing/sales/agreements/agreement-jobs.js';
import { AgreementsService } from '../../../src/billing/sales/agreements/agreements.service.js';
import { RenewalCharges } from '../../../src/billing/sales/agreements/renewal-charges.js';
import { DueWork } from '../../../src/jobs/due-work.js';
import { administrator, PASSWORD, register } from '../../support/app.js';
import type { PaymentObservation } from '../../../src/providers/payment-observation.js';
import { FakeAgreements } from '../../support/fake-agreements.js';
import type { FakeChannel } from '../../support/fake-channel.js';
import { startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';
import { until } from '../../support/embedded-process.js';
import { accountOf } from '../../support/quota-parties.js';
import { ordered, pay, subscriber, type Subscriber } from '../../support/subscriber.js';

const AGREEMENT = '/subscriptions/current/agreement';
const DAY = 24 * 3600_000;

/** Answers queries for orders in the channel's place, until it is taken back. */
function queriesAnswered(channel: FakeChannel, answer: PaymentObservation): () => void {
  channel.queryPayment = async () => answer;
  return () => void delete (channel as Partial<FakeChannel>).queryPayment;
}
const MINUTE = 60_000;

/** When a renewal is charged and when not, and that nothing charges it twice. Two processes on one database. */
describe('a renewal by agreement', () => {
  let app: FakeApp;
  let beside: FakeApp;
  let channel: FakeAgreements;

  beforeAll(async () => {
    app = await startFakeApp();
    beside = await startFakeApp({ beside: app });
  });
  beforeEach(() => {
    app.north.away = false;
    app.north.agreements = channel = new FakeAgreements(app.north);
  });
  afterAll(async () => {
    await beside.close();
    await app.close();
  });
  afterEach(async () => {
    await expectInvariants(app.dataSource);
    // Nobody of an earlier test is charged when the next one moves the clock.
    await app.sql(
      `UPDATE commercial.payment_agreements SET status = 'ended', ended_at = now(), charge_at = NULL, check_at = NULL
       WHERE status <> 'ended'`,
    );
  });

  const runAll = (process: FakeApp = app) => process.app.get(DueWork, { strict: false }).runAll();
  const runCharges = (process: FakeApp = app) => process.app.get(AgreementJobs, { strict: false }).runDue();
  const rowOf = async (accountId: string) =>
    (
      await app.sql(
        'SELECT * FROM commercial.payment_agreements WHERE account_id = $1 ORDER BY created_at DESC, id DESC',
        [accountId],
      )
    )[0];
  const signs = async ({ call }: Subscriber) => {
    const { body } = await call('POST', AGREEMENT, { provider: 'north' });
    channel.states.set(body.agreement.id.replaceAll('-', ''), 'active');
    expect((await call('GET', AGREEMENT)).body.agreement.status).toBe('active');
    await runCharges();
  };
  const signed = async (planCode = 'pro'): Promise<Subscriber> => {
    const somebody = await subscriber(app, planCode);
    await signs(somebody);
    return somebody;
  };
  /** A moment later than so many days before the end, with all done that is due but the charge. */
  const comesToTheEnd = async (somebody: Subscriber, days = 1) => {
    const end = Date.parse((await somebody.current()).currentPeriodEnd);
    app.clock.to(new Date(end - days * DAY + 1_000));
    await somebody.current();
  };
  const renewals = async ({ call }: Subscriber) =>
    (await call('GET', '/payments')).body.items.filter(({ purpose }: any) => purpose === 'renewal');
  /** Holds charges back until they are let go. */
  const heldBack = () => {
    let release = () => {};
    channel.gate = new Promise((resolve) => (release = resolve));
    return async (charging: Promise<unknown>) => {
      channel.gate = null;
      release();
      await charging;
    };
  };
  const underWay = () => until(async () => channel.charges.length > 0);
  const expectCharged = async (somebody: Subscriber, amount: string) => {
    expect(await renewals(somebody)).toMatchObject([{ status: 'paid', amount }]);
    expect(channel.charges).toHaveLength(1);
  };

  /** Charged for its renewal, which then goes back in full. @returns the order's number */
  const chargedAndRefunded = async (somebody: Subscriber): Promise<string> => {
    await comesToTheEnd(somebody);
    await runAll();
    const [{ orderId }] = await renewals(somebody);
    const admin = await administrator(app);
    expect((await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} })).status).toBe(201);
    return orderId;
  };

  /** What its reminders said of it, in the order in which they went out. */
  const announced = async ({ accountId }: Subscriber) =>
    (
      await app.sql(
        `SELECT data FROM commercial.events WHERE account_id = $1 AND type = 'subscription.expiring'
         ORDER BY sequence`,
        [accountId],
      )
    ).map(({ data }) => [data.daysLeft, data.autoRenewal?.planCode ?? null]);

  describe('is announced', () => {
    const pro = (daysLeft: number) => [daysLeft, 'pro'];
    const nothing = (daysLeft: number) => [daysLeft, null];

    it('by reminders that say what will be charged, as long as the agreement stands', async () => {
      const udo = await signed();
      await comesToTheEnd(udo, 3);
      // The channel doesn't hear of its end yet; nothing is charged all the same.
      app.north.away = true;
      await udo.call('DELETE', AGREEMENT);
      await comesToTheEnd(udo, -1);
      expect(await announced(udo)).toEqual([pro(7), pro(3), nothing(1), nothing(0)]);
    });

    it('at the end too, while it is still tried', async () => {
      const vera = await signed();
      channel.empty = true;
      await comesToTheEnd(vera);
      await runAll();
      await comesToTheEnd(vera, -1);
      expect((await announced(vera)).at(-1)).toEqual(pro(0));
    });

    it('under the name of the plan that is scheduled', async () => {
      const wanda = await signed('enterprise');
      await wanda.call('POST', '/subscriptions/current/change', { planCode: 'pro' });
      await comesToTheEnd(wanda, 7);
      expect(await announced(wanda)).toEqual([pro(7)]);
    });

    it('by nothing where its customer has canceled', async () => {
      const willi = await signed();
      await willi.call('POST', '/subscriptions/current/cancel', {});
      await comesToTheEnd(willi, -1);
      expect(await announced(willi)).toEqual([nothing(0)]);
    });

    /** A week before the end, and what is announced then by whoever is there. */
    const aWeekBefore = async (somebody: Subscriber) => {
      app.clock.to(new Date(Date.parse((await somebody.current()).currentPeriodEnd) - 7 * DAY + 1_000));
      return () => runAll();
    };

    it('by nothing where the channel isn’t offered any more', async () => {
      const xaver = await signed();
      const announce = await aWeekBefore(xaver);
      app.north.agreements = undefined as never;
      await announce();
      expect(await announced(xaver)).toEqual([nothing(7)]);
    });

    it('by nothing where its customer is shut out', async () => {
      const yann = await signed();
      const announce = await aWeekBefore(yann);
      await app.sql('UPDATE commercial.users SET deactivated_at = now() WHERE personal_account_id = $1', [
        yann.accountId,
      ]);
      await announce();
      expect(await announced(yann)).toEqual([nothing(7)]);
    });

    it('by nothing at the end of a period whose charge went back', async () => {
      const ulla = await signed();
      await chargedAndRefunded(ulla);
      await comesToTheEnd(ulla, -1);
      expect(await announced(ulla)).toEqual([pro(7), pro(3), pro(1), nothing(0)]);
    });

    it('by nothing at the end of a trial, which has no grace to be charged in', async () => {
      const zoe = await subscriber(app);
      const quotas = [{ quotaType: 'processing_count', quotaLimit: 1 }];
      const plan = {
        code: 'tried',
        name: '试用',
        description: '',
        price: '9.00',
        billingCycle: 'monthly',
        quotas,
      };
      await (await administrator(app)).call('POST', '/admin/plans', { body: { ...plan, trialDays: 14 } });
      expect((await zoe.call('POST', '/subscriptions', { planCode: 'tried', trial: true })).status).toBe(201);
      await signs(zoe);
      channel.empty = true;
      await comesToTheEnd(zoe);
      await runAll();
      await comesToTheEnd(zoe, 0);
      expect(await announced(zoe)).toEqual([[7, 'tried'], [3, 'tried'], [1, 'tried'], nothing(0)]);
    });
  });

  describe('is charged', () => {
    it('for the plan that is scheduled, at its price', async () => {
      const anna = await signed('enterprise');
      await anna.call('POST', '/subscriptions/current/change', { planCode: 'pro' });
      await comesToTheEnd(anna);
      await runAll();
      await expectCharged(anna, '99.00');
      expect((await anna.current()).plan.code).toBe('enterprise');
      app.clock.forward(DAY);
      expect(await anna.current()).toMatchObject({ plan: { code: 'pro' }, graceUntil: null });
    });

    it('at the price of the version that the plan goes on as', async () => {
      const bert = await signed();
      const { currentPeriodEnd: migrateAt } = await bert.current();
      const body = { price: '129.00', migrateAt };
      const admin = await administrator(app);
      expect((await admin.call('POST', '/admin/plans/pro/versions', { body })).status).toBe(201);
      await comesToTheEnd(bert);
      await runAll();
      await expectCharged(bert, '129.00');
      const back = { price: '99.00', migrateAt };
      await (await administrator(app)).call('POST', '/admin/plans/pro/versions', { body: back });
    });

    it.each([
      [4_900, '50.00'],
      [20_000, null],
    ])('for what %i fen of credit leave: %s', async (creditFen, amount) => {
      const carl = await signed();
      await app.sql(
        `INSERT INTO commercial.account_credits (id, account_id, amount_fen, created_at)
         VALUES (gen_random_uuid(), $1, $2, $3)`,
        [carl.accountId, creditFen, app.clock.now()],
      );
      const { currentPeriodEnd } = await carl.current();
      await comesToTheEnd(carl);
      await runAll();
      if (amount) await expectCharged(carl, amount);
      else expect(channel.charges).toEqual([]);
      expect((await carl.current()).currentPeriodEnd > currentPeriodEnd).toBe(true);
      const [{ left }] = await app.sql(
        'SELECT sum(amount_fen)::int AS left FROM commercial.account_credits WHERE account_id = $1',
        [carl.accountId],
      );
      expect(left).toBe(Math.max(0, creditFen - 9_900));
    });

    it('at once where it is signed on the last day or within the grace', async () => {
      const dora = await subscriber(app, 'pro');
      await comesToTheEnd(dora, -1);
      await runAll();
      await signs(dora);
      await expectCharged(dora, '99.00');
      expect((await dora.current()).graceUntil).toBeNull();
    });

    it('after an order by hand has closed unpaid, and not while that could be paid', async () => {
      const emil = await signed();
      await comesToTheEnd(emil);
      const { payment } = await ordered(emil, 'renew');
      await runCharges();
      expect(channel.charges).toEqual([]);
      await emil.call('POST', `/payments/${payment.orderId}/close`);
      app.clock.forward(6 * MINUTE);
      await runCharges();
      expect((await renewals(emil)).map(({ status }: any) => status)).toEqual(['paid', 'closed']);
    });
  });

  describe('is not charged', () => {
    const expectNothing = async () => {
      await runAll();
      app.clock.forward(DAY);
      await runAll();
      expect(channel.charges).toEqual([]);
    };

    it('where it was canceled at the period’s end, until that is taken back', async () => {
      const frida = await subscriber(app, 'pro');
      await frida.call('POST', '/subscriptions/current/cancel', {});
      await comesToTheEnd(frida);
      await signs(frida);
      await runAll();
      expect(channel.charges).toEqual([]);
      await frida.call('POST', '/subscriptions/current/resume');
      app.clock.forward(DAY);
      await runAll();
      await expectCharged(frida, '99.00');
    });

    it('on the way to the free plan, after which the agreement ends', async () => {
      const gerd = await signed();
      await gerd.call('POST', '/subscriptions/current/change', { planCode: 'free' });
      await comesToTheEnd(gerd);
      await expectNothing();
      expect((await gerd.current()).plan.code).toBe('free');
      expect(await rowOf(gerd.accountId)).toMatchObject({ status: 'ended' });
    });

    it('where its customer has renewed by hand, before it was due or while it was', async () => {
      const hans = await signed();
      await pay(app, hans, (await ordered(hans, 'renew')).payment.orderId);
      await comesToTheEnd(hans, 32);
      await expectNothing();
      await comesToTheEnd(hans);
      const { payment } = await ordered(hans, 'renew');
      await runCharges();
      await pay(app, hans, payment.orderId);
      await expectNothing();
    });

    it('to somebody who was deactivated', async () => {
      const ida = await signed();
      await comesToTheEnd(ida);
      const [{ id }] = await app.sql('SELECT id FROM commercial.users WHERE personal_account_id = $1', [
        ida.accountId,
      ]);
      const admin = await administrator(app);
      expect((await admin.call('POST', `/admin/users/${id}/deactivate`)).status).toBeLessThan(300);
      await expectNothing();
    });

    it.each(['canceled at once', 'refunded'])(
      'where the subscription was %s, and the agreement with it',
      async (how) => {
        const jan = await signed();
        const [{ orderId }] = (await jan.call('GET', '/payments')).body.items;
        if (how === 'refunded')
          await (await administrator(app)).call('POST', `/payments/${orderId}/refunds`, { body: {} });
        else await jan.call('POST', '/subscriptions/current/cancel', { atPeriodEnd: false });
        await expectNothing();
        expect(await rowOf(jan.accountId)).toMatchObject({ status: 'ended', charge_at: null });
      },
    );

    it('again for a period whose charge was refunded', async () => {
      const kurt = await signed();
      const orderId = await chargedAndRefunded(kurt);
      app.clock.forward(DAY);
      await runAll();
      expect(channel.charges).toEqual([orderId]);
      await pay(app, kurt, (await ordered(kurt, 'renew')).payment.orderId);
      expect((await kurt.current()).graceUntil).toBeNull();
    });

    it('while it is to end and the channel is away, which is told as soon as it answers', async () => {
      const lena = await signed();
      app.north.away = true;
      const { status, body } = await lena.call('DELETE', AGREEMENT);
      expect([status, body.agreement]).toEqual([
        200,
        expect.objectContaining({ status: 'active', endRequestedAt: expect.any(String) }),
      ]);
      await comesToTheEnd(lena);
      // As where it was due already when its end was asked for.
      await app.sql('UPDATE commercial.payment_agreements SET charge_at = $2 WHERE account_id = $1', [
        lena.accountId,
        app.clock.now(),
      ]);
      await runAll();
      app.north.away = false;
      await expectNothing();
      expect(await rowOf(lena.accountId)).toMatchObject({ status: 'ended' });
      expect([...channel.states.values()]).toEqual(['ended']);
    });
  });

  describe('is charged once', () => {
    it('by two processes at the same moment', async () => {
      for (let round = 0; round < 3; round += 1) {
        const max = await signed();
        await comesToTheEnd(max);
        channel.charges.length = 0;
        const { id } = await rowOf(max.accountId);
        const processes = Array.from({ length: 8 }, (_, n) => (n % 2 ? app : beside));
        const took = await Promise.all(
          processes.map(({ app: process }) => process.get(RenewalCharges, { strict: false }).charge(id)),
        );
        expect(took.filter(Boolean)).toHaveLength(1);
        await expectCharged(max, '99.00');
      }
    });

    it('where a process died between storing the order and charging it, or before it heard the answer', async () => {
      const nora = await signed();
      await comesToTheEnd(nora);
      const release = heldBack();
      const dying = runCharges();
      await underWay();
      channel.gate = null;
      app.clock.forward(6 * MINUTE);
      await runCharges(beside);
      const [first, second] = channel.charges;
      expect(second).toBe(first);
      await release(dying);
      expect(await renewals(nora)).toMatchObject([{ status: 'paid', orderId: first }]);
    });

    it('where its answer is lost: the channel is asked', async () => {
      const otto = await signed();
      await comesToTheEnd(otto);
      channel.mute = true;
      await runCharges();
      await expectCharged(otto, '99.00');
      channel.mute = false;
      app.clock.forward(6 * MINUTE);
      await runAll();
      await expectCharged(otto, '99.00');
    });

    it.each([
      ['says that it is paid', false, ['paid']],
      ['does not answer', true, ['pending']],
    ])(
      'where its answer was lost and it is refused the next time: the channel is asked first, which %s',
      async (_, isAway, statuses) => {
        const pia = await signed();
        await comesToTheEnd(pia);
        channel.mute = true;
        const answerAgain = queriesAnswered(app.north, { outcome: 'unknown', reason: 'too busy' });
        await runCharges();
        channel.mute = false;
        channel.empty = true;
        if (!isAway) answerAgain();
        app.clock.forward(6 * MINUTE);
        await runCharges();
        expect((await renewals(pia)).map(({ status }: any) => status)).toEqual(statuses);
        answerAgain();
        expect(new Set(channel.charges).size).toBe(1);
        const [{ orderId }] = await renewals(pia);
        expect((await pia.call('GET', `/payments/${orderId}`)).body.status).toBe('paid');
      },
    );

    it('where the channel was away: under the same number, and under another when the first is closed', async () => {
      const paul = await signed();
      await comesToTheEnd(paul);
      app.north.away = true;
      await runCharges();
      app.clock.forward(6 * MINUTE);
      await runCharges();
      expect(new Set(channel.charges).size).toBe(1);
      app.clock.forward(40 * MINUTE);
      await runAll();
      expect(channel.charges).toHaveLength(2);
      app.north.away = false;
      app.clock.forward(60 * MINUTE);
      await runAll();
      app.clock.forward(6 * MINUTE);
      await runAll();
      expect((await renewals(paul)).map(({ status }: any) => status)).toEqual(['paid', 'closed']);
    });

    it.each([
      ['its customer pays by hand meanwhile', 'renew', 'the period was paid for otherwise'],
      ['it is canceled meanwhile', 'cancel', 'the subscription was canceled meanwhile'],
    ])('where %s: what was charged goes back', async (_, deed, obstacle) => {
      const rosa = await signed();
      await comesToTheEnd(rosa);
      const { currentPeriodEnd } = await rosa.current();
      const release = heldBack();
      const charging = runCharges();
      await underWay();
      if (deed === 'cancel') await rosa.call('POST', '/subscriptions/current/cancel', {});
      else await pay(app, rosa, (await ordered(rosa, 'renew')).payment.orderId);
      const after = await rosa.current();
      await release(charging);
      const [orderId] = channel.charges;
      await until(async () => (await rosa.call('GET', `/payments/${orderId}`)).body.status === 'refunded');
      expect((await rosa.current()).currentPeriodEnd).toBe(after.currentPeriodEnd);
      expect(after.currentPeriodEnd > currentPeriodEnd).toBe(deed === 'renew');
      const refunds = await app.sql(
        `SELECT r.reason FROM commercial.payment_refunds r JOIN commercial.orders p
           ON p.id = r.payment_id WHERE p.order_id = $1`,
        [orderId],
      );
      expect(refunds).toEqual([{ reason: obstacle }]);
    });
  });

  it('whose charge two processes see refused is told of once', async () => {
    const somebody = await signed();
    await comesToTheEnd(somebody);
    channel.empty = true;
    const release = heldBack();
    const slow = runCharges();
    await underWay();
    channel.gate = null;
    app.clock.forward(6 * MINUTE);
    await runCharges(beside);
    await release(slow);
    const [{ orderId, status }] = await renewals(somebody);
    const events = await app.sql(
      `SELECT data FROM commercial.events WHERE type = 'payment.failed' AND data -> 'payment' ->> 'orderId' = $1`,
      [orderId],
    );
    expect([status, events.length, channel.charges.length]).toEqual(['failed', 1, 2]);
  });

  it('ends where its channel knows it no more, but not while it may not know it yet', async () => {
    const somebody = await signed();
    const [number] = channel.states.keys();
    channel.states.delete(number!);
    expect((await somebody.call('GET', AGREEMENT)).body.agreement.status).toBe('active');
    app.clock.forward(61 * MINUTE);
    expect((await somebody.call('GET', AGREEMENT)).body.agreement.status).toBe('ended');
  });

  it('is agreed on once, however often it is asked for at the same moment', async () => {
    const { accountId } = await subscriber(app, 'pro');
    const [{ id }] = await app.sql('SELECT id FROM commercial.users WHERE personal_account_id = $1', [
      accountId,
    ]);
    const user = { id, accountId } as AuthenticatedUser;
    const agreed = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        (n % 2 ? app : beside).app.get(AgreementsService, { strict: false }).open(user, 'north', null),
      ),
    );
    expect(new Set(agreed.map((agreement) => agreement.id)).size).toBe(1);
    const [{ count }] = await app.sql(
      'SELECT count(*)::int FROM commercial.payment_agreements WHERE account_id = $1',
      [accountId],
    );
    expect(count).toBe(1);
  });

  it('that is signed by a link that was over is ended at the channel', async () => {
    const somebody = await subscriber(app, 'pro');
    const { id } = (await somebody.call('POST', AGREEMENT, {})).body.agreement;
    const number = id.replaceAll('-', '');
    app.clock.forward(DAY + MINUTE);
    await runAll();
    expect(await rowOf(somebody.accountId)).toMatchObject({ status: 'ended', sign_url: null });
    channel.states.set(number, 'active');
    const observation = { outcome: 'active', agreementNo: `A${number}`, signedAt: null };
    const body = { notificationId: `late-${number}`, agreementId: number, observation };
    expect((await app.call('POST', '/webhooks/north', { body })).status).toBe(200);
    await runAll();
    expect(channel.states.get(number)).toBe('ended');
    expect(await rowOf(somebody.accountId)).toMatchObject({ status: 'ended', check_at: null });
  });

  it('is part of its person’s data, and ends with the person', async () => {
    const person = await register(app, 'agrees-and-goes');
    const { body } = await person.call('POST', '/subscriptions', {
      body: { planCode: 'pro', provider: 'north' },
    });
    app.north.pay(body.payment.orderId);
    await person.call('GET', `/payments/${body.payment.orderId}`);
    const { id } = (await person.call('POST', AGREEMENT, { body: {} })).body.agreement;
    channel.states.set(id.replaceAll('-', ''), 'active');
    const { agreements } = (await person.call('GET', '/users/me/export')).body;
    expect(agreements).toMatchObject([{ id, provider: 'north', number: id.replaceAll('-', '') }]);
    const accountId = await accountOf(app, person.id);
    expect((await person.call('DELETE', '/users/me', { body: { password: PASSWORD } })).status).toBe(204);
    expect(await rowOf(accountId)).toMatchObject({ sign_url: null, end_requested_at: expect.any(Date) });
    await runAll();
    expect(await rowOf(accountId)).toMatchObject({ status: 'ended' });
    expect([...channel.states.values()]).toEqual(['ended']);
  });
});
