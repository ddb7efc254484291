import { administrator, paymentRow, register, type Person } from '../../support/app.js';
import {
  buyThrough,
  eventsOf,
  pass,
  refundRows,
  startFakeApp,
  type FakeApp,
} from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';
import type { RefundResult } from '../../../src/providers/payment-provider.js';

const HOUR = 3600;
const POOR: RefundResult = { outcome: 'failed', code: 'NOT_ENOUGH', message: 'balance', passes: true };
const CLOSED: RefundResult = { outcome: 'failed', code: 'CLOSED', message: 'for good' };
const DONE: RefundResult = { outcome: 'succeeded', refundedAt: null };

describe('a refused refund', () => {
  let app: FakeApp;
  let admin: Person;
  let orderId: string;
  let refundNo: string;
  let refundId: string;
  let people = 0;

  beforeAll(async () => {
    app = await startFakeApp();
  });
  afterAll(() => app.close());
  afterEach(async () => {
    app.north.away = false;
    await expectInvariants(app.dataSource);
    // What this test left to be retried must not take the next one's answers.
    await app.sql(`UPDATE commercial.payment_refunds SET check_at = NULL WHERE status = 'failed'`);
  });

  /** Refuses a refund of 10.00. */
  const refused = async (why: RefundResult) => {
    orderId = await buyThrough(app, await register(app, `refused${(people += 1)}`), 'north');
    admin = await administrator(app);
    app.north.refundAnswers.push(why);
    const { body } = await refund('10.00');
    expect(body.status).toBe('failed');
    ({ refundId } = body);
    refundNo = (await refundRows(app, orderId))[0].refund_no;
    app.north.calls.splice(0);
  };
  const refund = async (amount?: string) => {
    admin = await administrator(app);
    return admin.call('POST', `/payments/${orderId}/refunds`, {
      body: amount === undefined ? {} : { amount },
    });
  };
  const retry = (id = refundId, headers: Record<string, string> = {}) =>
    admin.call('POST', `/payments/${orderId}/refunds/${id}/retry`, { headers });
  /** At the channel, under the refused one's number. */
  const becomes = (result: RefundResult, amountFen = 1000) =>
    app.north.refunds.set(refundNo, { orderId, amountFen, result });
  const calls = () =>
    app.north.calls
      .filter((call) => call.orderId === orderId)
      .map(({ method, refundNo: no }) => [method, no]);

  it('is retried under its own number, after the channel was asked about it', async () => {
    await refused(POOR);
    expect(await retry()).toMatchObject({ status: 200, body: { refundId, status: 'succeeded' } });
    expect(calls()).toEqual([
      ['queryRefund', refundNo],
      ['refund', refundNo],
    ]);
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 1000, refund_pending_fen: 0 });
    expect(await eventsOf(app, orderId)).toEqual(
      expect.arrayContaining(['payment.refund_failed', 'payment.refund_retried', 'payment.refunded']),
    );
    expect(await retry()).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    expect(app.north.made('refund', orderId)).toHaveLength(1);
  });

  it('whose money moved all the same is entered, and not asked for again', async () => {
    await refused(CLOSED);
    becomes(DONE);
    expect((await retry()).body).toMatchObject({ status: 'succeeded' });
    expect(app.north.made('refund', orderId)).toEqual([]);
  });

  it('that the channel is at is pending again', async () => {
    await refused(CLOSED);
    becomes({ outcome: 'pending', reason: 'PROCESSING' });
    expect((await retry()).body).toMatchObject({ status: 'pending' });
    expect(app.north.made('refund', orderId)).toEqual([]);
    expect((await admin.call('GET', `/payments/${orderId}`)).body).toMatchObject({
      refundedAmount: '0.00',
      refundPendingAmount: '10.00',
    });
  });

  it('is left alone while nobody knows what became of it', async () => {
    await refused(POOR);
    app.north.away = true;
    expect(await retry()).toMatchObject({ status: 502, body: { code: 'REFUND_UNCERTAIN' } });
    expect(await refund('10.00')).toMatchObject({ status: 502, body: { code: 'REFUND_UNCERTAIN' } });
    expect(await refundRows(app, orderId)).toMatchObject([{ status: 'failed' }]);
  });

  it('is retried once by many clicks at the same time, and by one key', async () => {
    await refused(POOR);
    const key = { 'idempotency-key': `retry-${refundId}` };
    const answers = await Promise.all([retry(), retry(), retry(refundId, key), retry(refundId, key)]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3);
    const moved = [...app.north.refunds.values()].filter((one) => one.orderId === orderId);
    expect(moved).toMatchObject([{ amountFen: 1000 }]);
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 1000 });
  });

  it('of more than is left is not retried', async () => {
    await refused(POOR);
    expect((await refund('95.00')).body.status).toBe('succeeded');
    expect(await retry()).toMatchObject({ status: 409, body: { code: 'REFUND_EXCEEDS_PAYMENT' } });
  });

  it('of another order, or none, is not found; and only administrators retry', async () => {
    await refused(POOR);
    const buyer = await register(app, `refused${(people += 1)}`);
    const other = await buyThrough(app, buyer, 'north');
    admin = await administrator(app);
    const path = `/payments/${other}/refunds/${refundId}/retry`;
    expect((await admin.call('POST', path)).status).toBe(404);
    expect((await retry('019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b12')).status).toBe(404);
    expect((await retry('not-a-uuid')).status).toBe(400);
    expect((await buyer.call('POST', path)).status).toBe(403);
  });

  it('is asked about before another takes its place, and counts where its money moved', async () => {
    await refused(CLOSED);
    becomes(DONE);
    expect(await refund('95.00')).toMatchObject({ status: 409, body: { code: 'REFUND_EXCEEDS_PAYMENT' } });
    expect(await refundRows(app, orderId)).toMatchObject([{ refund_no: refundNo, status: 'succeeded' }]);
    expect((await refund()).body).toMatchObject({ amount: '89.00', status: 'succeeded' });
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 9900 });
  });

  it('that the channel is at counts before another takes its place', async () => {
    await refused(CLOSED);
    becomes({ outcome: 'pending', reason: 'PROCESSING' });
    expect(await refund('95.00')).toMatchObject({ status: 409 });
    expect(await refundRows(app, orderId)).toMatchObject([{ status: 'pending' }]);
  });

  describe('by schedule', () => {
    it('is retried under its number while the cause may pass, after an hour, six hours, and daily', async () => {
      await refused(POOR);
      app.north.refundAnswers.push(POOR, POOR);
      await pass(app, 3000, 600);
      expect(app.north.made('refund', orderId)).toHaveLength(0);
      await pass(app, 700, 100);
      expect(app.north.made('refund', orderId)).toHaveLength(1);
      await pass(app, 7 * HOUR, 600);
      expect(app.north.made('refund', orderId)).toHaveLength(2);
      await pass(app, 25 * HOUR, 1800);
      expect(await refundRows(app, orderId)).toMatchObject([
        { refund_no: refundNo, status: 'succeeded', retries: 3 },
      ]);
      expect(new Set(calls().map(([, no]) => no))).toEqual(new Set([refundNo]));
      // A person is told of the refusal once, not of each retry.
      const events = await eventsOf(app, orderId);
      expect(events.filter((event) => event === 'incident.refund_failed')).toHaveLength(1);
    });

    it('is given up after a week, and retried by hand still', async () => {
      await refused(POOR);
      app.north.refundAnswers.push(...Array.from({ length: 8 }, () => POOR));
      await pass(app, 14 * 24 * HOUR, 6 * HOUR);
      expect(app.north.made('refund', orderId)).toHaveLength(8);
      expect(await refundRows(app, orderId)).toMatchObject([{ status: 'failed', check_at: null }]);
      admin = await administrator(app);
      expect((await retry()).body).toMatchObject({ status: 'succeeded' });
    });

    it('is not retried where it was refused for good', async () => {
      await refused(CLOSED);
      await pass(app, 48 * HOUR, 6 * HOUR);
      expect(app.north.made('refund', orderId)).toHaveLength(0);
    });

    it('is not retried any more once another has taken its place: it would be paid twice', async () => {
      await refused(POOR);
      expect((await refund('10.00')).body.status).toBe('succeeded');
      await pass(app, 48 * HOUR, 6 * HOUR);
      expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 1000 });
      expect(await refundRows(app, orderId)).toMatchObject([
        { status: 'failed', check_at: null },
        { status: 'succeeded' },
      ]);
    });

    it('goes on where the process died after it had claimed the retry', async () => {
      await refused(POOR);
      await app.sql(
        `UPDATE commercial.payment_refunds SET status = 'pending', settled_at = NULL, retries = 1 WHERE id = $1`,
        [refundId],
      );
      await app.sql(`UPDATE commercial.orders SET refund_pending_fen = 1000 WHERE order_id = $1`, [orderId]);
      await pass(app, 2 * HOUR, 600);
      expect(await refundRows(app, orderId)).toMatchObject([{ refund_no: refundNo, status: 'succeeded' }]);
    });
  });
});
