import { administrator, paymentRow, register } from '../../support/app.js';
import {
  buyThrough,
  eventsOf,
  pass,
  refundRows,
  startFakeApp,
  type FakeApp,
} from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';

const HOUR = 3600;

describe('a refund that is not final', () => {
  let app: FakeApp;
  let orderId: string;
  let people = 0;

  beforeAll(async () => {
    app = await startFakeApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    orderId = await buyThrough(app, await register(app, `follower${(people += 1)}`), 'north');
  });
  afterEach(async () => {
    app.north.away = false;
    await expectInvariants(app.dataSource);
  });

  const refund = async (amount?: string) => {
    const admin = await administrator(app);
    return admin.call('POST', `/payments/${orderId}/refunds`, {
      body: amount === undefined ? {} : { amount },
    });
  };
  const numbers = () => {
    const calls = [...app.north.made('refund', orderId), ...app.north.made('queryRefund', orderId)];
    return new Set(calls.map((call) => call.refundNo));
  };
  const onlyRefund = async () => (await refundRows(app, orderId))[0];
  const becomes = async (result: 'succeeded' | 'failed') => {
    const { refund_no: refundNo, amount_fen: amountFen } = await onlyRefund();
    const outcome =
      result === 'succeeded'
        ? { outcome: result, refundedAt: null }
        : { outcome: result, code: 'CLOSED', message: 'no money moved' };
    app.north.refunds.set(refundNo, { orderId, amountFen, result: outcome });
  };

  it('accepted without money moved is asked about after ten seconds, not before, until it is done', async () => {
    app.north.refundAnswers.push({ outcome: 'pending', reason: 'fund_change=N' });
    expect(await refund()).toMatchObject({ status: 201, body: { status: 'pending', amount: '99.00' } });
    const { refund_no: refundNo } = await onlyRefund();
    app.north.refunds.set(refundNo, {
      orderId,
      amountFen: 9900,
      result: { outcome: 'pending', reason: 'PROCESSING' },
    });
    await pass(app, 9, 3);
    expect(app.north.made('queryRefund', orderId)).toEqual([]);
    await pass(app, 30, 3);
    expect(app.north.made('queryRefund', orderId).length).toBeGreaterThanOrEqual(2);
    expect((await onlyRefund()).status).toBe('pending');
    await becomes('succeeded');
    await pass(app, 120);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'refunded', refunded_fen: 9900 });
    expect(numbers()).toEqual(new Set([refundNo]));
    const asked = app.north.made('queryRefund', orderId).length;
    await pass(app, HOUR, 300);
    expect(app.north.made('queryRefund', orderId)).toHaveLength(asked);
  });

  it('abnormal for a day is followed all the same, and counts against the rest meanwhile', async () => {
    app.north.refundAnswers.push({ outcome: 'pending', reason: 'PROCESSING' });
    await refund('60.00');
    const { refund_no: refundNo } = await onlyRefund();
    app.north.refunds.set(refundNo, {
      orderId,
      amountFen: 6000,
      result: { outcome: 'pending', reason: 'status ABNORMAL' },
    });
    await pass(app, 24 * HOUR, 600);
    expect(await onlyRefund()).toMatchObject({ status: 'pending', channel_message: 'status ABNORMAL' });
    const amounts = { refundedAmount: '0.00', refundPendingAmount: '60.00' };
    const admin = await administrator(app);
    expect((await admin.call('GET', `/payments/${orderId}`)).body).toMatchObject(amounts);
    const all = await admin.call('GET', '/admin/payments?limit=1');
    expect(all.body.items).toMatchObject([{ orderId, ...amounts }]);
    expect(await refund('39.01')).toMatchObject({ status: 409, body: { code: 'REFUND_EXCEEDS_PAYMENT' } });
    await becomes('succeeded');
    await pass(app, 7 * HOUR, 600);
    expect(await paymentRow(app, orderId)).toMatchObject({
      status: 'partially_refunded',
      refunded_fen: 6000,
      refund_pending_fen: 0,
    });
  });

  it('unknown to us and never seen by the channel is asked for again under its number', async () => {
    app.north.away = true;
    expect((await refund('10.00')).body.status).toBe('pending');
    app.north.away = false;
    await pass(app, 15);
    expect(await paymentRow(app, orderId)).toMatchObject({
      status: 'partially_refunded',
      refunded_fen: 1000,
    });
    expect(app.north.made('refund', orderId)).toHaveLength(2);
    expect(numbers().size).toBe(1);
  });

  it('done though its answer was lost is found, and not asked for again', async () => {
    app.north.refundAnswers.push({ outcome: 'unknown', reason: 'the answer was lost' });
    await refund('10.00');
    await becomes('succeeded');
    await pass(app, 15);
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 1000 });
    expect(app.north.made('refund', orderId)).toHaveLength(1);
  });

  it('refused gives its amount free again, and is shown to a person', async () => {
    app.north.refundAnswers.push({ outcome: 'failed', code: 'NOT_ENOUGH', message: 'balance' });
    expect((await refund()).body.status).toBe('failed');
    expect(await eventsOf(app, orderId)).toEqual(expect.arrayContaining(['incident.refund_failed']));
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid', refunded_fen: 0 });
    expect((await refund()).body.status).toBe('succeeded');
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'refunded' });
  });

  it('of which fifty are wanted at once keeps the sum within the payment', async () => {
    const admin = await administrator(app);
    const clicks = Array.from({ length: 50 }, () =>
      admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '10.00' } }),
    );
    const answers = await Promise.all(clicks);
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(9);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(41);
    expect(await paymentRow(app, orderId)).toMatchObject({
      refunded_fen: 9000,
      status: 'partially_refunded',
    });
    expect(app.north.refunds.size).toBeGreaterThanOrEqual(9);
  });
});
