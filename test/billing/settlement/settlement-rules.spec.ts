import { SettlementService } from '../../../src/billing/settlement/settle/settlement.service.js';
import type { NotificationResult } from '../../../src/providers/payment-provider.js';
import type { PaidTrade, PaymentObservation } from '../../../src/providers/payment-observation.js';
import { administrator, paymentRow, register, type Person } from '../../support/app.js';
import {
  buyThrough,
  eventsOf,
  notify,
  orderThrough,
  startFakeApp,
  type FakeApp,
} from '../../support/fake-app.js';
import { fieldsAtFault } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';
import { books } from '../../support/webhooks.js';

describe('settlement', () => {
  let app: FakeApp;
  let person: Person;
  let orderId: string;
  let count = 0;

  beforeAll(async () => {
    app = await startFakeApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    person = await register(app, `settler${(count += 1)}`);
    orderId = await orderThrough(person, 'north');
  });
  afterEach(() => expectInvariants(app.dataSource));

  const settle = (observation: PaymentObservation, provider = 'north') =>
    app.app.get(SettlementService, { strict: false }).settle(provider, orderId, observation, 'query');
  const trade = (change: Partial<PaidTrade> = {}): PaidTrade => ({ ...app.north.trade(orderId), ...change });
  const paid = (observation: PaymentObservation): NotificationResult => ({
    outcome: 'payment',
    notificationId: `p${(count += 1)}`,
    orderId,
    observation,
  });

  it('by twenty notifications, polls and looks at once happens once', async () => {
    app.north.pay(orderId);
    app.clock.forward(6_000);
    const word = paid({ outcome: 'paid', trade: trade() });
    await Promise.all([
      ...Array.from({ length: 10 }, () => notify(app, 'north', word)),
      ...Array.from({ length: 8 }, () => person.call('GET', `/payments/${orderId}`)),
      app.janitor.runDue(),
      app.janitor.runDue(),
    ]);
    expect((await eventsOf(app, orderId)).filter((event) => event === 'payment.paid')).toHaveLength(1);
    expect((await person.call('GET', '/subscriptions/current')).body).toMatchObject({
      plan: { code: 'pro' },
    });
  });

  it.each<[string, Partial<PaidTrade>]>([
    ['another amount', { amountFen: 9899 }],
    ['another currency', { currency: 'USD' }],
    ['another order', { orderId: '0'.repeat(32) }],
  ])('refuses %s, changes nothing, and shows it to a person', async (_, change) => {
    const before = await books(app);
    const observation: PaymentObservation = { outcome: 'paid', trade: trade(change) };
    expect(await settle(observation)).toMatchObject({ outcome: 'mismatch' });
    expect((await notify(app, 'north', paid(observation))).status).toBe(409);
    expect(await books(app)).toEqual(before);
    expect(await eventsOf(app, orderId)).toContain('incident.observation_refused');
  });

  it('refuses the word of another channel', async () => {
    expect(await settle({ outcome: 'paid', trade: trade() }, 'south')).toMatchObject({ outcome: 'mismatch' });
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'pending' });
  });

  it('refuses a trade number that paid another order', async () => {
    const other = await buyThrough(app, await register(app, `twin${(count += 1)}`), 'north');
    const { tradeNo } = app.north.trade(other);
    expect(await settle({ outcome: 'paid', trade: trade({ tradeNo }) })).toMatchObject({
      outcome: 'mismatch',
    });
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'pending' });
    expect(await eventsOf(app, orderId)).toContain('incident.observation_refused');
  });

  it('shows a second payment of one order to a person, once', async () => {
    app.north.pay(orderId);
    await settle({ outcome: 'paid', trade: trade() });
    for (let look = 0; look < 3; look += 1)
      await settle({ outcome: 'paid', trade: trade({ tradeNo: `second${orderId}` }) });
    const events = await eventsOf(app, orderId);
    expect(events.filter((event) => event === 'incident.second_trade')).toHaveLength(1);
    expect(await paymentRow(app, orderId)).toMatchObject({ provider_trade_no: `T${orderId}` });
  });

  it('takes nothing back for what went back of a second payment', async () => {
    app.north.pay(orderId);
    await settle({ outcome: 'paid', trade: trade() });
    const second = trade({ tradeNo: `second${orderId}` });
    await settle({ outcome: 'refunded', trade: second, refundedFen: 9900 });
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid', refunded_fen: 0 });
    expect(await eventsOf(app, orderId)).toContain('incident.second_trade');
  });

  it('enters no more refunds than there was money, whatever the channel tells', async () => {
    app.north.pay(orderId);
    await settle({ outcome: 'refunded', trade: trade(), refundedFen: 9901 });
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid', refunded_fen: 0 });
    expect(await eventsOf(app, orderId)).toContain('incident.refund_exceeds_payment');
  });

  it('shows a refund of an amount that the channel doesn’t tell to a person, once', async () => {
    app.north.pay(orderId);
    for (let look = 0; look < 2; look += 1)
      await settle({ outcome: 'refunded', trade: trade(), refundedFen: null });
    const events = await eventsOf(app, orderId);
    expect(events.filter((event) => event === 'incident.refund_of_unknown_amount')).toHaveLength(1);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid', refunded_fen: 0 });
  });

  it('of a word that can’t be read asks the channel', async () => {
    app.north.pay(orderId);
    const answer = await notify(app, 'north', paid({ outcome: 'unknown', reason: 'trade_state ODD' }));
    expect(answer.status).toBe(200);
    expect(await paymentRow(app, orderId)).toMatchObject({ status: 'paid' });
  });

  it('records what it saw, for an administrator', async () => {
    app.north.pay(orderId);
    await notify(app, 'north', paid({ outcome: 'paid', trade: trade() }));
    const admin = await administrator(app);
    const { body } = await admin.call('GET', `/payments/${orderId}/history`);
    expect(body.items).toMatchObject([
      {
        event: 'notification.received',
        orderId,
        detail: { provider: 'north', copies: 1, outcome: 'settled' },
      },
      {
        event: 'payment.paid',
        actorUserId: null,
        detail: { source: 'notification', tradeNo: `T${orderId}`, amountFen: 9900, late: false },
      },
    ]);
    expect((await admin.call('GET', `/payments/${'0'.repeat(32)}/history`)).status).toBe(404);
  });

  describe('of the way to pay', () => {
    const subscribe = (body: object) =>
      person.call('POST', '/subscriptions', { body: { planCode: 'pro', provider: 'north', ...body } });

    it('takes the channel’s first by default, and the one that is asked for', async () => {
      expect((await subscribe({})).body.payment.method).toBe('window');
      expect((await subscribe({ method: 'counter' })).body.payment.method).toBe('counter');
    });

    it('refuses one that the channel doesn’t have, before anything is closed or made', async () => {
      expect(fieldsAtFault(await subscribe({ method: 'jsapi' }))).toEqual(['method']);
      expect(await paymentRow(app, orderId)).toMatchObject({ status: 'pending' });
    });
  });
});
