import { administrator, consume, paymentRow, register, type Person } from '../../support/app.js';
import { buyThrough, orderThrough, startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { fieldsAtFault } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';

describe('refunding a part', () => {
  let app: FakeApp;
  let admin: Person;
  let person: Person;
  let orderId: string;
  let people = 0;

  beforeAll(async () => {
    app = await startFakeApp();
    admin = await administrator(app);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    person = await register(app, `parted${(people += 1)}`);
    orderId = await buyThrough(app, person, 'north');
  });
  afterEach(() => expectInvariants(app.dataSource));

  const path = () => `/payments/${orderId}/refunds`;
  const preview = () => admin.call('POST', `${path()}/preview`);

  it('is proposed as the least of what is left, the unused time and the unused quota', async () => {
    for (let study = 0; study < 61; study += 1) await consume(person);
    const { status, body } = await preview();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      refundable: '99.00',
      quotas: [{ quotaType: 'processing_count', total: 100, left: 39, worth: '38.61' }],
      unusedQuota: '38.61',
      suggested: '38.61',
    });
    // Seconds of a month have gone by: a fen at most.
    expect(Number(body.unusedTime)).toBeGreaterThan(98.9);
    expect(Number(body.unusedTime)).toBeLessThanOrEqual(99);
    expect(await paymentRow(app, orderId)).toMatchObject({ refunded_fen: 0 });
  });

  it('is never proposed beyond what is left', async () => {
    await admin.call('POST', path(), { body: { amount: '90.00' } });
    expect((await preview()).body).toMatchObject({ refundable: '9.00', suggested: '9.00' });
  });

  it('ends the subscription and takes its unused quota back only where that is asked for', async () => {
    expect((await admin.call('POST', path(), { body: { amount: '10.00' } })).status).toBe(201);
    expect((await person.call('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
    const ending = { amount: '20.00', reason: '不再使用', endSubscription: true };
    expect((await admin.call('POST', path(), { body: ending })).status).toBe(201);
    expect((await person.call('GET', '/subscriptions/current')).body.plan.code).toBe('free');
    expect(await paymentRow(app, orderId)).toMatchObject({
      status: 'partially_refunded',
      refunded_fen: 3000,
    });
    expect((await preview()).body).toMatchObject({ refundable: '69.00', suggested: '0.00', quotas: [] });
  });

  it('is listed for its owner and the administrator, and for nobody else', async () => {
    await admin.call('POST', path(), { body: { amount: '10.00', reason: 'first' } });
    await admin.call('POST', path(), { body: { amount: '20.00' } });
    const { body } = await person.call('GET', path());
    expect(body.items).toMatchObject([
      { amount: '20.00', status: 'succeeded', origin: 'admin', reason: null },
      { amount: '10.00', status: 'succeeded', origin: 'admin', reason: 'first' },
    ]);
    expect((await admin.call('GET', path())).body).toEqual(body);
    const stranger = await register(app, `stranger${(people += 1)}`);
    expect((await stranger.call('GET', path())).status).toBe(404);
    expect((await stranger.call('POST', `${path()}/preview`)).status).toBe(403);
  });

  it('is not proposed for an order that is not paid', async () => {
    const other = await orderThrough(await register(app, `unpaid${(people += 1)}`), 'north');
    expect(await admin.call('POST', `/payments/${other}/refunds/preview`)).toMatchObject({
      status: 409,
      body: { code: 'PAYMENT_NOT_PAID' },
    });
  });

  it('refuses an endSubscription that is neither true nor false', async () => {
    expect(fieldsAtFault(await admin.call('POST', path(), { body: { endSubscription: 'yes' } }))).toEqual([
      'endSubscription',
    ]);
  });
});
