import { DueWork } from '../../../src/jobs/due-work.js';
import { addMonths } from '../../../src/time/periods.js';
import { administrator, buy, register, startApp, type CommercialApp } from '../../support/app.js';
import { until } from '../../support/embedded-process.js';
import { expectInvariants } from '../../support/invariants.js';

const AGREEMENT = '/subscriptions/current/agreement';
const DAY = 24 * 3600_000;

/** A subscription that is charged by agreement, over Alipay's protocol from the signature to its end. */
describe('an agreement', () => {
  let app: CommercialApp;
  let deaf: CommercialApp;
  let people = 0;

  beforeAll(async () => {
    app = await startApp({ alipay: { agreements: {} } });
    deaf = await startApp({ beside: app, notifications: false, alipay: { agreements: {} } });
  });
  afterAll(async () => {
    await deaf.close();
    await app.close();
  });
  afterEach(() => expectInvariants(app.dataSource));

  /** Somebody on the plan `pro`, by an API key that outlives the months. */
  const customer = async () => {
    const person = await register(app, `signs-${(people += 1)}`);
    const { key: apiKey } = (await person.call('POST', '/api-keys', { body: { name: 'stays' } })).body;
    await buy(app, person, 'alipay');
    const call = (method: string, path: string, body?: object, by: CommercialApp = app) =>
      by.call(method, path, body === undefined ? { apiKey } : { apiKey, body });
    const agreement = async () => (await call('GET', AGREEMENT)).body.agreement;
    return {
      call,
      agreement,
      current: async () => (await call('GET', '/subscriptions/current')).body,
      payments: async () => (await call('GET', '/payments')).body.items,
      /** What is in the table, without asking the channel as the API would. */
      status: async (id: string) =>
        (await app.sql('SELECT status FROM commercial.payment_agreements WHERE id = $1', [id]))[0].status,
    };
  };
  type Customer = Awaited<ReturnType<typeof customer>>;

  /** Opens the link in the browser. @returns the page that it leads to */
  const visit = async (signUrl: string) => {
    const page = (await fetch(signUrl, { redirect: 'manual' })).headers.get('location')!;
    return (does: string) => fetch(`${page}/${does}`, { method: 'POST' });
  };
  const signed = async ({ call, status }: Customer) => {
    const { id, signUrl } = (await call('POST', AGREEMENT, {})).body.agreement;
    const buyer = await visit(signUrl);
    await buyer('sign');
    await until(async () => (await status(id)) === 'active');
    return { id, buyer };
  };
  const runDue = () => app.app.get(DueWork, { strict: false }).runAll();
  const advance = async (days: number) => {
    for (let day = 0; day < days; day += 1) {
      app.clock.forward(DAY);
      await runDue();
    }
  };
  /** A moment later than that, with everything done that is due by then. */
  const daysBeforeEnd = async ({ current }: Customer, days: number) => {
    const end = Date.parse((await current()).currentPeriodEnd);
    app.clock.to(new Date(end - days * DAY + 1_000));
    await runDue();
  };
  const eventsOf = async (type: string) =>
    (await app.sql('SELECT data FROM commercial.events WHERE type = $1 ORDER BY id', [type])).map(
      ({ data }) => data,
    );

  it('is signed, charged a day before the end, month after month, and refunded as any payment', async () => {
    const anna = await customer();
    const opened = await anna.call('POST', AGREEMENT, { provider: 'alipay' });
    expect(opened).toMatchObject({
      status: 201,
      body: { agreement: { provider: 'alipay', status: 'pending', signUrl: expect.any(String) } },
    });
    const { id, signUrl } = opened.body.agreement;
    expect(await anna.agreement()).toMatchObject({ id, status: 'pending', signUrl });
    const buyer = await visit(signUrl);
    await buyer('sign');
    await until(async () => (await anna.status(id)) === 'active');
    expect(await anna.agreement()).toMatchObject({ id, signUrl: null, signedAt: expect.any(String) });

    const { currentPeriodStart: start, currentPeriodEnd } = await anna.current();
    await daysBeforeEnd(anna, 2);
    expect((await anna.current()).currentPeriodEnd).toBe(currentPeriodEnd);
    for (const month of [2, 3]) {
      await daysBeforeEnd(anna, 1);
      const end = addMonths(new Date(start), month).toISOString();
      expect(await anna.current()).toMatchObject({ currentPeriodEnd: end, graceUntil: null });
    }
    const payments = await anna.payments();
    const renewal = { purpose: 'renewal', status: 'paid', amount: '99.00', paymentUrl: null };
    expect(payments).toMatchObject([renewal, renewal, { purpose: 'subscription' }]);

    const admin = await administrator(app);
    await admin.call('POST', `/payments/${payments[0].orderId}/refunds`, { body: {} });
    await until(async () => (await anna.payments())[0].status === 'refunded');
    const { currentPeriodEnd: again } = await anna.current();
    expect(again).toBe(addMonths(new Date(start), 2).toISOString());
    await advance(2);
    expect(await anna.payments()).toHaveLength(3);
  });

  it('that the buyer’s purse doesn’t meet is tried again each day, until the grace is over', async () => {
    const bert = await customer();
    const { id, buyer } = await signed(bert);
    await buyer('empty');
    const { id: subscriptionId } = await bert.current();
    await daysBeforeEnd(bert, 1);
    expect(await bert.payments()).toMatchObject([{ purpose: 'renewal', status: 'failed' }, {}]);
    const [failed] = await eventsOf('payment.failed');
    expect(failed).toMatchObject({
      payment: { purpose: 'renewal', status: 'failed', amount: '99.00' },
      reason: expect.stringContaining('ACQ.BUYER_BALANCE_NOT_ENOUGH'),
    });
    await advance(1);
    await advance(1);
    expect(await bert.current()).toMatchObject({ id: subscriptionId, graceUntil: expect.any(String) });
    expect((await bert.payments()).filter(({ status }: any) => status === 'failed')).toHaveLength(3);
    await advance(3);
    expect((await bert.current()).plan.code).toBe('free');
    expect(await bert.agreement()).toMatchObject({ id, status: 'ended' });
    expect((await bert.payments()).filter(({ status }: any) => status === 'paid')).toHaveLength(1);
  });

  it('that can be charged again within the grace goes on where the paid time ended', async () => {
    const carl = await customer();
    const { buyer } = await signed(carl);
    await buyer('empty');
    const { currentPeriodEnd: end } = await carl.current();
    await daysBeforeEnd(carl, 1);
    await advance(1);
    expect((await carl.current()).graceUntil).not.toBeNull();
    await buyer('fill');
    await advance(1);
    expect(await carl.current()).toMatchObject({ currentPeriodStart: end, graceUntil: null });
  });

  it('ended by the buyer is told by a notification, and charged no more', async () => {
    const dora = await customer();
    const { id, buyer } = await signed(dora);
    await buyer('end');
    await until(async () => (await dora.status(id)) === 'ended');
    await daysBeforeEnd(dora, -1);
    expect(await dora.payments()).toHaveLength(1);
    const again = await dora.call('POST', AGREEMENT, {});
    expect(again.status).toBe(201);
    expect(again.body.agreement.id).not.toBe(id);
    expect(await dora.agreement()).toMatchObject({ status: 'pending' });
  });

  it('is found signed and ended by a query where its notifications are lost', async () => {
    const emil = await customer();
    const { id, signUrl } = (await emil.call('POST', AGREEMENT, {}, deaf)).body.agreement;
    const buyer = await visit(signUrl);
    await buyer('sign');
    expect(await emil.status(id)).toBe('pending');
    app.clock.forward(60_000);
    await runDue();
    expect(await emil.status(id)).toBe('active');
    await buyer('end');
    expect(await emil.status(id)).toBe('active');
    expect(await emil.agreement()).toMatchObject({ id, status: 'ended', endedAt: expect.any(String) });
  });

  it('is ended by its customer at the channel and here, however often it is asked', async () => {
    const frida = await customer();
    const { id, buyer } = await signed(frida);
    for (const _ of [1, 2]) {
      const { status, body } = await frida.call('DELETE', AGREEMENT);
      expect([status, body.agreement]).toEqual([200, expect.objectContaining({ id, status: 'ended' })]);
    }
    await buyer('sign');
    expect(await frida.agreement()).toMatchObject({ id, status: 'ended' });
  });

  it('is settled once by copies of a notification, and by none that was changed or is unknown', async () => {
    const gerd = await customer();
    const { id } = await signed(gerd);
    const [notice] = await app.sql(
      `SELECT n.* FROM commercial.payment_notifications n
       JOIN commercial.payment_agreements a ON a.number = n.order_id WHERE a.id = $1`,
      [id],
    );
    expect(notice).toMatchObject({ provider: 'alipay', outcome: 'settled', copies: 1 });
    const send = (text: string) =>
      fetch(`${app.url}/webhooks/alipay`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: text,
      });
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(notice.body.toString())));
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(Array(5).fill('success'));
    const [{ copies }] = await app.sql('SELECT copies FROM commercial.payment_notifications WHERE id = $1', [
      notice.id,
    ]);
    expect(copies).toBe(6);
    const forged = await send(notice.body.toString().replace('NORMAL', 'UNSIGN'));
    expect(forged.status).toBe(401);
    const audit = await app.sql('SELECT action FROM commercial.audit_log WHERE subject_id = $1', [id]);
    expect(audit.map(({ action }) => action)).toEqual(['agreement.signed']);
    await app.sql(`UPDATE commercial.payment_agreements SET number = $2 WHERE id = $1`, [
      id,
      `f${notice.order_id.slice(1)}`,
    ]);
    expect((await send(notice.body.toString())).status).toBe(404);
  });

  it('is offered for what costs money, once at a time, and only where the channel has it', async () => {
    const refusal = async (answer: Promise<{ status: number; body: any }>) => {
      const { status, body } = await answer;
      return [status, body.code];
    };
    const hans = await customer();
    await signed(hans);
    expect(await refusal(hans.call('POST', AGREEMENT, {}))).toEqual([409, 'AGREEMENT_EXISTS']);
    for (const provider of ['wechat', 'unionpay']) {
      const refused = await refusal(hans.call('POST', AGREEMENT, { provider }));
      expect(refused).toEqual([409, 'AGREEMENT_NOT_OFFERED']);
    }
    const free = await register(app, 'has-the-free-plan');
    expect(await refusal(free.call('POST', AGREEMENT, { body: {} }))).toEqual([409, 'PLAN_IS_FREE']);
    expect(await refusal(free.call('GET', AGREEMENT))).toEqual([404, 'NOT_FOUND']);
    expect(await refusal(free.call('DELETE', AGREEMENT))).toEqual([404, 'NOT_FOUND']);
  });
});
