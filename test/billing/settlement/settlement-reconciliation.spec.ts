import { ReconciliationJob } from '../../../src/billing/settlement/reconciliation/reconciliation-job.js';
import type { BillLine } from '../../../src/providers/payment-provider.js';
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
import type { FakeChannel } from '../../support/fake-channel.js';
import { fieldsAtFault } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';

/** The day on which everything happens, from noon on: no test may cross a midnight. */
const today = '2026-03-11';
const NOON = '2026-03-11T12:00:00+08:00';
const yesterday = '2026-03-10';
const tomorrow = '2026-03-12';

describe('reconciliation', () => {
  let app: FakeApp;
  let admin: Person;
  let people = 0;

  beforeEach(async () => {
    app = await startFakeApp();
    app.clock.to(NOON);
    admin = await administrator(app);
  });
  afterEach(async () => {
    await expectInvariants(app.dataSource);
    await app.close();
  });

  const buyer = () => register(app, `billed${(people += 1)}`);
  const line = (orderId: string, change: Partial<BillLine> = {}): BillLine => ({
    kind: 'payment',
    orderId,
    refundNo: null,
    tradeNo: `T${orderId}`,
    amountFen: 9900,
    at: new Date(NOON),
    ...change,
  });
  const refundLine = (orderId: string, refundNo: string | null, amountFen: number): BillLine =>
    line(orderId, { kind: 'refund', refundNo, amountFen });
  const reconcile = async (bill: FakeChannel['bill'], date = today) => {
    app.north.bill = bill;
    const { status, body } = await admin.call('POST', '/admin/reconciliations', {
      body: { provider: 'north', date },
    });
    expect(status).toBe(201);
    const differences = await admin.call('GET', `/admin/reconciliations/${body.id}/differences?limit=100`);
    return { report: body, items: differences.body.items as any[] };
  };

  it('matches payments and refunds line by line', async () => {
    const orderId = await buyThrough(app, await buyer(), 'north');
    const { body } = await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '10.00' } });
    const refundNo = body.refundId.replaceAll('-', '');
    await buyThrough(app, await buyer(), 'south');
    const { report, items } = await reconcile([line(orderId), refundLine(orderId, refundNo, 1000)]);
    expect(report).toMatchObject({
      provider: 'north',
      date: today,
      status: 'done',
      lines: 2,
      matched: 2,
      differences: { missingHere: 0, missingThere: 0, amountDiffers: 0, settled: 0, open: 0 },
    });
    expect(items).toEqual([]);
    expect(await app.sql('SELECT count(*)::integer AS left FROM commercial.reconciliation_lines')).toEqual([
      { left: 0 },
    ]);
  });

  it('settles a payment that is missing here and proven by a query', async () => {
    const person = await buyer();
    const orderId = await orderThrough(person, 'north');
    app.north.pay(orderId);
    const { report, items } = await reconcile([line(orderId)]);
    expect(report).toMatchObject({ matched: 0, differences: { missingHere: 1, settled: 1, open: 0 } });
    expect(items).toMatchObject([{ kind: 'missing_here', entry: 'payment', orderId, resolution: 'settled' }]);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid' });
    expect((await person.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
  });

  it('compares the rest of a bill with a row that it can not read, and names that row', async () => {
    const orderId = await buyThrough(app, await buyer(), 'north');
    const text = '2026-03-01,甲,\0乙\n丙';
    const { report, items } = await reconcile([
      { kind: 'unreadable', row: 1, reason: 'a row of the bill has 4 values for 3 columns', text },
      line(orderId),
    ]);
    expect(report).toMatchObject({
      status: 'done',
      lines: 2,
      matched: 1,
      differences: { unreadable: 1, missingHere: 0, missingThere: 0, settled: 0, open: 1 },
    });
    expect(items).toMatchObject([
      {
        kind: 'unreadable',
        entry: null,
        orderId: null,
        resolution: 'open',
        detail: 'row 1: a row of the bill has 4 values for 3 columns: 2026-03-01,甲, 乙 丙',
      },
    ]);
  });

  it('believes no bill that the channel, asked, does not bear out', async () => {
    const orderId = await orderThrough(await buyer(), 'north');
    const { report, items } = await reconcile([line(orderId)]);
    expect(report.differences).toMatchObject({ missingHere: 1, settled: 0, open: 1 });
    expect(items[0].detail).toMatch(/does not say that it is paid/);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'pending' });
  });

  it('enters a refund that was made at the console, after a query', async () => {
    const orderId = await buyThrough(app, await buyer(), 'north');
    app.north.refunds.set('console7', {
      orderId,
      amountFen: 2000,
      result: { outcome: 'succeeded', refundedAt: new Date(NOON) },
    });
    const { report } = await reconcile([line(orderId), refundLine(orderId, 'console7', 2000)]);
    expect(report.differences).toMatchObject({ missingHere: 1, settled: 1, open: 0 });
    expect(await refundRows(app, orderId)).toMatchObject([
      { refund_no: 'console7', origin: 'channel', status: 'succeeded' },
    ]);
    const again = await reconcile([line(orderId), refundLine(orderId, 'console7', 2000)]);
    expect(again.report).toMatchObject({ matched: 2, differences: { open: 0 } });
  });

  it('finishes a refund of ours that is not final here', async () => {
    const orderId = await buyThrough(app, await buyer(), 'north');
    app.north.refundAnswers.push({ outcome: 'pending', reason: 'PROCESSING' });
    await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} });
    const { refund_no: refundNo } = (await refundRows(app, orderId))[0];
    app.north.refunds.set(refundNo, {
      orderId,
      amountFen: 9900,
      result: { outcome: 'succeeded', refundedAt: null },
    });
    const { report } = await reconcile([line(orderId), refundLine(orderId, refundNo, 9900)]);
    expect(report.differences).toMatchObject({ missingHere: 1, settled: 1, open: 0 });
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'refunded' });
  });

  describe('of a channel whose bill names a refund on the day on which it was asked for', () => {
    beforeEach(() => {
      app.north.billsRefundsWhen = 'asked';
    });

    it('matches one that is pending, and misses it on no other day', async () => {
      const orderId = await buyThrough(app, await buyer(), 'north');
      app.north.refundAnswers.push({ outcome: 'pending', reason: 'PROCESSING' });
      await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '10.00' } });
      const { refund_no: refundNo } = (await refundRows(app, orderId))[0];
      const lines = [line(orderId), refundLine(orderId, refundNo, 1000)];
      const asked = await reconcile(lines);
      expect(asked.report).toMatchObject({ matched: 2, differences: { missingHere: 0, open: 0 } });
      app.clock.to('2026-03-12T12:00:00+08:00');
      admin = await administrator(app);
      await notify(app, 'north', {
        outcome: 'refund',
        notificationId: `done${refundNo}`,
        orderId,
        refundNo,
        result: { outcome: 'succeeded', refundedAt: new Date('2026-03-12T03:00:00Z') },
        amountFen: 1000,
        refundedFen: null,
        orderAmountFen: null,
      });
      expect(await refundRows(app, orderId)).toMatchObject([
        { status: 'succeeded', billed_on: expect.anything() },
      ]);
      expect((await reconcile([], tomorrow)).report.differences).toMatchObject({ missingThere: 0, open: 0 });
      expect((await reconcile(lines)).report).toMatchObject({ matched: 2, differences: { open: 0 } });
    });

    it('takes the day on which the channel took it on, where that was another', async () => {
      const orderId = await buyThrough(app, await buyer(), 'north');
      const acceptedAt = new Date('2026-03-12T03:00:00Z');
      app.north.refundAnswers.push({ outcome: 'succeeded', refundedAt: acceptedAt, acceptedAt });
      await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '10.00' } });
      expect((await reconcile([line(orderId)])).report.differences).toMatchObject({ missingThere: 0 });
      expect((await reconcile([], tomorrow)).report.differences).toMatchObject({ missingThere: 1 });
    });

    it('misses one that no bill names', async () => {
      const orderId = await buyThrough(app, await buyer(), 'north');
      await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '10.00' } });
      expect((await reconcile([line(orderId)])).report.differences).toMatchObject({
        missingThere: 1,
        open: 1,
      });
    });
  });

  it('forgets what a bill had and we lacked, once it came here by another way', async () => {
    const orderId = await buyThrough(app, await buyer(), 'north');
    const first = await reconcile([line(orderId), refundLine(orderId, 'slow1', 700)]);
    expect(first.report.differences).toMatchObject({ missingHere: 1, open: 1 });
    app.north.refunds.set('slow1', {
      orderId,
      amountFen: 700,
      result: { outcome: 'succeeded', refundedAt: new Date(NOON) },
    });
    await notify(app, 'north', {
      outcome: 'refund',
      notificationId: 'slow',
      orderId,
      refundNo: 'slow1',
      result: { outcome: 'succeeded', refundedAt: new Date(NOON) },
      amountFen: 700,
      refundedFen: null,
      orderAmountFen: null,
    });
    await reconcile([], tomorrow);
    const { body } = await admin.call('GET', `/admin/reconciliations/${first.report.id}`);
    expect(body.differences).toMatchObject({ settled: 1, open: 0 });
  });

  it('pairs a refund that is known here by sum with its line by amount', async () => {
    const orderId = await buyThrough(app, await buyer(), 'north');
    await notify(app, 'north', {
      outcome: 'refund',
      notificationId: 'sum',
      orderId,
      refundNo: null,
      result: { outcome: 'succeeded', refundedAt: null },
      amountFen: null,
      refundedFen: 1500,
      orderAmountFen: null,
    });
    const { report } = await reconcile([line(orderId), refundLine(orderId, 'theirs', 1500)]);
    expect(report).toMatchObject({ matched: 2, differences: { missingHere: 0, missingThere: 0 } });
  });

  it('lists for a person what it can’t settle: unknown orders, second payments, doubled lines, other amounts', async () => {
    const orderId = await buyThrough(app, await buyer(), 'north');
    const other = await buyThrough(app, await buyer(), 'north');
    const { report, items } = await reconcile([
      line('f'.repeat(32)),
      line(orderId),
      line(orderId),
      line(orderId, { tradeNo: 'another trade' }),
      line(other, { amountFen: 9800 }),
      refundLine('e'.repeat(32), null, 100),
    ]);
    expect(report).toMatchObject({
      lines: 6,
      matched: 1,
      differences: { missingHere: 4, missingThere: 0, amountDiffers: 1, settled: 0, open: 5 },
    });
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ orderId: 'f'.repeat(32), ourAmount: null, channelAmount: '99.00' }),
        expect.objectContaining({ orderId, detail: 'the bill has this line twice' }),
        expect.objectContaining({
          tradeNo: 'another trade',
          detail: expect.stringMatching(/second payment/),
        }),
        expect.objectContaining({
          orderId: other,
          kind: 'amount_differs',
          channelAmount: '98.00',
          ourAmount: '99.00',
        }),
        expect.objectContaining({ entry: 'refund', orderId: 'e'.repeat(32), channelAmount: '1.00' }),
      ]),
    );
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid', refunded_fen: 0 });
  });

  it('tells what the bill lacks, and forgets it where the next day’s bill has it', async () => {
    const orderId = await buyThrough(app, await buyer(), 'north');
    await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '10.00' } });
    const { refund_no: refundNo } = (await refundRows(app, orderId))[0];
    const first = await reconcile([]);
    expect(first.report.differences).toMatchObject({ missingThere: 2, open: 2 });
    expect(first.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ entry: 'payment', orderId, channelAmount: null, ourAmount: '99.00' }),
        expect.objectContaining({ entry: 'refund', orderId, refundNo, ourAmount: '10.00' }),
      ]),
    );
    await reconcile([line(orderId), refundLine(orderId, refundNo, 1000)], tomorrow);
    const { body } = await admin.call('GET', `/admin/reconciliations/${first.report.id}`);
    expect(body.differences).toMatchObject({ missingThere: 2, settled: 2, open: 0 });
  });

  it('says where there is no bill yet, and where it breaks off', async () => {
    expect((await reconcile(null)).report).toMatchObject({ status: 'unavailable', lines: 0 });
    const orderId = await buyThrough(app, await buyer(), 'north');
    app.north.downloadBill = async function* () {
      yield line(orderId);
      throw new Error('the sum of the bill is wrong');
    };
    expect((await reconcile([])).report).toMatchObject({
      status: 'failed',
      error: 'the sum of the bill is wrong',
      differences: { missingHere: 0, missingThere: 0 },
    });
    expect(await app.sql('SELECT FROM commercial.reconciliation_lines')).toEqual([]);
  });

  it('matches a day without business with nothing, once its bill can’t be on its way any more', async () => {
    expect((await reconcile('none', yesterday)).report).toMatchObject({
      status: 'done',
      lines: 0,
      matched: 0,
      withoutBill: true,
      differences: { missingHere: 0, missingThere: 0, open: 0 },
    });
    expect((await reconcile('none')).report).toMatchObject({ status: 'unavailable', withoutBill: false });
    expect((await reconcile(null, yesterday)).report).toMatchObject({ status: 'unavailable' });
    expect((await reconcile([], yesterday)).report).toMatchObject({ status: 'done', withoutBill: false });
  });

  it('gives the bill of a channel that has one word for late and for none a day more', async () => {
    const unclear = async (now: string) => {
      app.clock.to(now);
      admin = await administrator(app);
      return (await reconcile('not_yet_or_none', yesterday)).report;
    };
    const unavailable = { status: 'unavailable', withoutBill: false };
    expect(await unclear('2026-03-11T10:00:00+08:00')).toMatchObject(unavailable);
    expect(await unclear('2026-03-12T09:59:00+08:00')).toMatchObject(unavailable);
    expect(await unclear('2026-03-12T10:00:00+08:00')).toMatchObject({ status: 'done', withoutBill: true });
  });

  it.each(['payment', 'refund'])('misses the bill of a day with a %s here', async (entry) => {
    const orderId = await buyThrough(app, await buyer(), 'north');
    let day = today;
    if (entry === 'refund') {
      app.clock.to('2026-03-12T12:00:00+08:00');
      admin = await administrator(app);
      await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} });
      day = tomorrow;
    }
    app.clock.to('2026-03-13T12:00:00+08:00');
    admin = await administrator(app);
    expect((await reconcile('none', day)).report).toMatchObject({ status: 'unavailable', lines: 0 });
  });

  it('runs once a day for yesterday, for each channel with bills, and again only where it wasn’t done', async () => {
    app.north.bill = [];
    const job = app.app.get(ReconciliationJob, { strict: false });
    const runs = async () => {
      await job.runUndone();
      admin = await administrator(app);
      const { body } = await admin.call('GET', '/admin/reconciliations');
      return body.items.map((item: any) => [item.provider, item.date, item.status]).toReversed();
    };
    const first = [
      ['north', yesterday, 'done'],
      ['south', yesterday, 'unavailable'],
    ];
    expect(await runs()).toEqual(first);
    // On the next day the bill that was late is asked for once more, and nothing before the first try is.
    app.clock.to('2026-03-12T12:00:00+08:00');
    app.south.bill = [];
    const second = [
      ['north', today, 'done'],
      ['south', yesterday, 'done'],
      ['south', today, 'done'],
    ];
    expect(await runs()).toEqual([...first, ...second]);
    expect(await runs()).toEqual([...first, ...second]);
  });

  it('is an administrator’s, for a day and a channel that exist', async () => {
    const person = await buyer();
    const body = { provider: 'north', date: today };
    expect((await person.call('POST', '/admin/reconciliations', { body })).status).toBe(403);
    expect((await person.call('GET', '/admin/reconciliations')).status).toBe(403);
    const wrong = { provider: 'north', date: '2026-02-30' };
    expect(fieldsAtFault(await admin.call('POST', '/admin/reconciliations', { body: wrong }))).toEqual([
      'date',
    ]);
    expect(
      await admin.call('POST', '/admin/reconciliations', { body: { ...body, provider: 'east' } }),
    ).toMatchObject({ status: 409, body: { code: 'CHANNEL_NOT_CONFIGURED' } });
    expect(await eventsOf(app, await buyThrough(app, person, 'north'))).toEqual(['payment.paid']);
  });
});
