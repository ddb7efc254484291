import type { NotificationResult, RefundResult } from '../../../src/providers/payment-provider.js';
import { administrator, paymentRow, register, type Person } from '../../support/app.js';
import {
  buyThrough,
  eventsOf,
  notify,
  orderThrough,
  refundRows,
  startFakeApp,
  type FakeApp,
} from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';

type Notice = Extract<NotificationResult, { outcome: 'refund' }>;
const DONE: RefundResult = { outcome: 'succeeded', refundedAt: null };

describe('a channel’s word about a refund', () => {
  let app: FakeApp;
  let person: Person;
  let count = 0;

  beforeAll(async () => {
    app = await startFakeApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    app.north.away = false;
    person = await register(app, `noticed${(count += 1)}`);
  });
  afterEach(() => expectInvariants(app.dataSource));

  const notice = (orderId: string, about: Partial<Notice>): Notice => ({
    outcome: 'refund',
    notificationId: `n${(count += 1)}`,
    orderId,
    refundNo: null,
    result: DONE,
    amountFen: null,
    refundedFen: null,
    orderAmountFen: null,
    ...about,
  });
  const say = (orderId: string, about: Partial<Notice>) => notify(app, 'north', notice(orderId, about));

  it('that comes before the word about the payment makes us ask about the payment first', async () => {
    const orderId = await orderThrough(person, 'north');
    app.north.pay(orderId);
    app.north.refunds.set('console1', { orderId, amountFen: 1000, result: DONE });
    expect((await say(orderId, { refundNo: 'console1', amountFen: 1000 })).status).toBe(200);
    expect(app.north.made('query', orderId)).toHaveLength(1);
    expect(await paymentRow(app, orderId)).toMatchObject({
      status: 'partially_refunded',
      refunded_fen: 1000,
    });
    expect(await eventsOf(app, orderId)).toEqual(
      expect.arrayContaining(['notification.received', 'payment.paid', 'payment.refunded']),
    );
  });

  it('of an order that is not paid at all is refused, and comes again', async () => {
    const orderId = await orderThrough(person, 'north');
    expect((await say(orderId, { refundNo: 'console2', amountFen: 1000 })).status).toBe(409);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'pending', refunded_fen: 0 });
  });

  it('that was made at the channel’s console enters what was refunded, each number once', async () => {
    const orderId = await buyThrough(app, person, 'north');
    const first = notice(orderId, { refundNo: 'console3', amountFen: 2000 });
    const copies = await Promise.all([1, 2, 3, 4].map(() => notify(app, 'north', first)));
    expect(copies.map((copy) => copy.status)).toEqual([200, 200, 200, 200]);
    await say(orderId, { refundNo: 'console4', amountFen: 1000 });
    expect(await refundRows(app, orderId)).toMatchObject([
      { refund_no: 'console3', amount_fen: 2000, origin: 'channel' },
      { refund_no: 'console4', amount_fen: 1000, origin: 'channel' },
    ]);
    const { body } = await person.call('GET', `/payments/${orderId}`);
    expect(body).toMatchObject({ refundedAmount: '30.00', status: 'partially_refunded' });
  });

  it('by its sum alone enters what is new', async () => {
    const orderId = await buyThrough(app, person, 'north');
    await say(orderId, { refundedFen: 2500 });
    await say(orderId, { refundedFen: 2500 });
    await say(orderId, { refundedFen: 4000 });
    expect((await refundRows(app, orderId)).map((row) => row.amount_fen)).toEqual([2500, 1500]);
  });

  it('by sum enters the time that it tells', async () => {
    const orderId = await buyThrough(app, person, 'north');
    const refundedAt = new Date('2026-03-02T01:02:03Z');
    await say(orderId, { refundedFen: 2500, result: { outcome: 'succeeded', refundedAt } });
    expect(await refundRows(app, orderId)).toMatchObject([{ amount_fen: 2500, settled_at: refundedAt }]);
  });

  it('that tells neither sum nor number is asked about, comes again, and is shown to a person', async () => {
    const orderId = await buyThrough(app, person, 'north');
    expect((await say(orderId, {})).status).toBe(409);
    expect(await refundRows(app, orderId)).toEqual([]);
    expect(await eventsOf(app, orderId)).toContain('incident.refund_of_unknown_amount');
    app.north.refunds.set(`console${orderId}`, { orderId, amountFen: 700, result: DONE });
    expect((await say(orderId, { refundNo: `console${orderId}` })).status).toBe(200);
    expect(await refundRows(app, orderId)).toMatchObject([{ amount_fen: 700, origin: 'channel' }]);
  });

  it('that can’t be read to its end is asked about', async () => {
    const orderId = await buyThrough(app, person, 'north');
    const odd = { refundNo: `odd${orderId}`, result: { outcome: 'unknown', reason: 'no amount' } } as const;
    expect((await say(orderId, odd)).status).toBe(409);
    app.north.refunds.set(`odd${orderId}`, { orderId, amountFen: 700, result: DONE });
    expect((await say(orderId, odd)).status).toBe(200);
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 700 });
  });

  it('by sum and then by number is one refund', async () => {
    const orderId = await buyThrough(app, person, 'north');
    await say(orderId, { refundedFen: 3000 });
    await say(orderId, { refundNo: 'console5', amountFen: 1000 });
    await say(orderId, { refundNo: 'console6', amountFen: 3000 });
    expect(await refundRows(app, orderId)).toMatchObject([{ refund_no: 'console6', amount_fen: 3000 }]);
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 3000 });
  });

  it('of a second payment of the order, returned at the console as a person was told to, takes nothing back', async () => {
    const orderId = await buyThrough(app, person, 'north');
    const second = { tradeNo: `second${orderId}`, orderAmountFen: 9900 };
    expect((await say(orderId, { ...second, refundNo: `twice${orderId}`, amountFen: 9900 })).status).toBe(
      200,
    );
    expect((await say(orderId, { ...second, refundedFen: 9900 })).status).toBe(200);
    expect(await refundRows(app, orderId)).toEqual([]);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid', refunded_fen: 0 });
    expect(await eventsOf(app, orderId)).toContain('incident.second_trade');
    expect((await say(orderId, { tradeNo: `T${orderId}`, refundedFen: 9900 })).status).toBe(200);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'refunded' });
  });

  it('by its sum, while the channel can’t be asked how much its number is, and then by both numbers, counts once', async () => {
    const orderId = await buyThrough(app, person, 'north');
    app.north.away = true;
    await say(orderId, { refundNo: `b${orderId}`, refundedFen: 2000 });
    app.north.away = false;
    for (const letter of ['a', 'b']) {
      app.north.refunds.set(letter + orderId, { orderId, amountFen: 1000, result: DONE });
      await say(orderId, { refundNo: letter + orderId, refundedFen: letter === 'a' ? 1000 : 2000 });
    }
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 2000 });
  });

  it.each([
    ['of more than was paid, in one', { refundNo: 'toomuch1', amountFen: 9901 }],
    ['of more than was paid, in sum', { refundedFen: 9901 }],
    ['of an order of another amount', { refundNo: 'elsewhere1', amountFen: 1000, orderAmountFen: 1000 }],
  ])('%s changes nothing and is shown to a person', async (_, about) => {
    const orderId = await buyThrough(app, person, 'north');
    expect((await say(orderId, about)).status).toBe(409);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid', refunded_fen: 0 });
    expect(await eventsOf(app, orderId)).toContain('incident.observation_refused');
  });

  describe('of ours', () => {
    let orderId: string;
    let refundNo: string;

    beforeEach(async () => {
      orderId = await buyThrough(app, person, 'north');
      app.north.refundAnswers.push({ outcome: 'pending', reason: 'PROCESSING' });
      const admin = await administrator(app);
      await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '10.00' } });
      refundNo = (await refundRows(app, orderId))[0].refund_no;
    });

    it('settles it, once', async () => {
      for (let copy = 0; copy < 3; copy += 1)
        expect((await say(orderId, { refundNo, amountFen: 1000 })).status).toBe(200);
      expect(await refundRows(app, orderId)).toMatchObject([{ status: 'succeeded', origin: 'admin' }]);
      expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 1000 });
    });

    it('with the sum of all, enters what was made at the console meanwhile', async () => {
      // Less than ours, which isn't done yet: the sum alone can't tell whose it is.
      expect((await say(orderId, { refundedFen: 900 })).status).toBe(200);
      expect(await refundRows(app, orderId)).toMatchObject([{ status: 'pending' }]);
      await say(orderId, { refundNo, refundedFen: 1900 });
      expect(await refundRows(app, orderId)).toMatchObject([
        { refund_no: refundNo, status: 'succeeded', amount_fen: 1000 },
        { origin: 'channel', status: 'succeeded', amount_fen: 900 },
      ]);
      expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 1900 });
      const admin = await administrator(app);
      const rest = await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} });
      expect(rest.body).toMatchObject({ amount: '80.00', status: 'succeeded' });
    });

    it('beside one of the console, which is asked about by its number', async () => {
      app.north.refunds.set(`console${orderId}`, { orderId, amountFen: 900, result: DONE });
      await say(orderId, { refundNo: `console${orderId}`, refundedFen: 900 });
      expect(await refundRows(app, orderId)).toMatchObject([
        { refund_no: refundNo, status: 'pending' },
        { refund_no: `console${orderId}`, origin: 'channel', status: 'succeeded', amount_fen: 900 },
      ]);
      await say(orderId, { refundNo, refundedFen: 1900 });
      await say(orderId, { refundNo, refundedFen: 1900 });
      expect(await refundRows(app, orderId)).toHaveLength(2);
      expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 1900 });
    });

    it('hides none of the console’s, which comes again until the channel can be asked about it', async () => {
      app.north.away = true;
      const console = { refundNo: `hidden${orderId}`, refundedFen: 900 };
      expect((await say(orderId, console)).status).toBe(409);
      await say(orderId, { refundNo, result: { outcome: 'failed', code: 'CLOSED', message: '' } });
      app.north.away = false;
      app.north.refunds.set(`hidden${orderId}`, { orderId, amountFen: 900, result: DONE });
      expect((await say(orderId, console)).status).toBe(200);
      expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 900 });
    });

    it('learns from the answer to it what was made at the console', async () => {
      app.north.refundAnswers.push({ outcome: 'succeeded', refundedAt: null, orderRefundedFen: 1200 });
      const admin = await administrator(app);
      await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '1.00' } });
      // Ours of 10.00 is pending; of 12.00 in all, 1.00 is the new one, and 1.00 nobody's here.
      expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 200 });
    });

    it('with another amount changes nothing', async () => {
      expect((await say(orderId, { refundNo, amountFen: 999 })).status).toBe(409);
      expect(await refundRows(app, orderId)).toMatchObject([{ status: 'pending' }]);
    });

    it('of an order of another amount changes nothing', async () => {
      expect((await say(orderId, { refundNo, amountFen: 1000, orderAmountFen: 1000 })).status).toBe(409);
      expect(await refundRows(app, orderId)).toMatchObject([{ status: 'pending' }]);
    });

    it('under another order changes nothing', async () => {
      const other = await buyThrough(app, await register(app, `other${(count += 1)}`), 'north');
      expect((await say(other, { refundNo, amountFen: 1000 })).status).toBe(409);
      expect(await refundRows(app, orderId)).toMatchObject([{ status: 'pending' }]);
      expect(await paymentRow(app, other)).toMatchObject({ refunded_fen: 0 });
    });

    it('that failed before, and moved money after all, is entered', async () => {
      await say(orderId, { refundNo, result: { outcome: 'failed', code: 'CLOSED', message: '' } });
      expect(await refundRows(app, orderId)).toMatchObject([{ status: 'failed' }]);
      await say(orderId, { refundNo, amountFen: 1000 });
      expect(await refundRows(app, orderId)).toMatchObject([{ status: 'succeeded' }]);
      expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 1000 });
    });

    it.each([
      ['all of it', 1000, []],
      ['a part of it', 3000, [2000]],
      ['the whole payment', 9900, [8900]],
    ])(
      'that failed before, and is told by a sum first, then by number, counts once: %s',
      async (_, sum, rest) => {
        await say(orderId, { refundNo, result: { outcome: 'failed', code: 'CLOSED', message: '' } });
        await say(orderId, { refundedFen: sum });
        await say(orderId, { refundNo, amountFen: 1000 });
        await say(orderId, { refundNo, amountFen: 1000, refundedFen: sum });
        const rows = await refundRows(app, orderId);
        expect(rows[0]).toMatchObject({ refund_no: refundNo, status: 'succeeded', amount_fen: 1000 });
        expect(rows.slice(1).map((row) => row.amount_fen)).toEqual(rest);
        expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: sum });
      },
    );

    it('that failed before, and moved money after the rest was refunded, is shown to a person', async () => {
      await say(orderId, { refundNo, result: { outcome: 'failed', code: 'CLOSED', message: '' } });
      const admin = await administrator(app);
      await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} });
      await say(orderId, { refundNo, amountFen: 1000 });
      expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 9900 });
      expect(await eventsOf(app, orderId)).toContain('incident.refund_exceeds_payment');
    });
  });
});
