import type { CommercialEvent } from '../../src/events/types/event-types.js';
import { CommercialEvents } from '../../src/events/types/commercial-events.js';
import { DeliveryDispatcher } from '../../src/events/dispatch/delivery-dispatcher.js';
import { DueDeliveries } from '../../src/events/queue/due-deliveries.js';
import { EventOutbox } from '../../src/events/outbox/event-outbox.js';
import { inTransaction } from '../../src/database/transaction.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { installJobs } from '../../src/jobs/install-jobs.js';
import { QuotaEvents } from '../../src/quota/engine/quota-events.js';
import {
  administrator,
  buy,
  consume,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { until } from '../support/embedded-process.js';
import { expectInvariants } from '../support/invariants.js';

/** What the handlers of that app hear, in order. */
function hear(app: CommercialApp): CommercialEvent[] {
  const heard: CommercialEvent[] = [];
  app.app.get(CommercialEvents, { strict: false }).on('*', (event) => void heard.push(event));
  return heard;
}

const deliver = (app: CommercialApp) => app.app.get(DeliveryDispatcher, { strict: false }).runDue();

async function accountOf(app: CommercialApp, person: Person): Promise<string> {
  const [row] = await app.sql('SELECT personal_account_id AS id FROM commercial.users WHERE id = $1', [
    person.id,
  ]);
  return row.id;
}

/** Writes that many events of one subscription, each in a transaction of its own. */
async function write(app: CommercialApp, accountId: string, subscriptionId: string, count: number) {
  const outbox = app.app.get(EventOutbox, { strict: false });
  for (let used = 1; used <= count; used += 1) {
    await inTransaction(app.dataSource, (manager) =>
      outbox.record(manager, {
        type: 'quota.threshold',
        accountId,
        subscriptionId,
        subjectId: accountId,
        data: { quotaType: 'processing_count', percent: 80, used, granted: 100 },
        at: app.clock.now(),
      }),
    );
  }
}

const usedIn = (events: CommercialEvent[]) =>
  events.map(({ data }) => (data as CommercialEvent<'quota.threshold'>['data']).used);

describe('the outbox', () => {
  let app: CommercialApp;
  let heard: CommercialEvent[];
  let person: Person;
  let accountId: string;
  let beside: CommercialApp | undefined;

  beforeAll(async () => {
    app = await startApp({ commercial: { events: { handlerTimeoutMs: 500 } } });
    heard = hear(app);
    person = await register(app, 'buyer');
    accountId = await accountOf(app, person);
  });
  afterAll(async () => {
    await beside?.close();
    await app.close();
  });
  beforeEach(async () => {
    await deliver(app);
    heard.length = 0;
  });

  it('tells a purchase and its refund in order, with what the outside may know', async () => {
    const admin = await administrator(app);
    await deliver(app);
    heard.length = 0;
    const orderId = await buy(app, person, 'alipay');
    await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} });
    await deliver(app);

    // Each subscription's events come in order; those of the free plan, which takes the refunded one's place, beside them.
    const { subscriptionId } = heard[0]!;
    const told = heard.filter((event) => event.subscriptionId === subscriptionId);
    expect(told.map(({ type }) => type)).toEqual([
      'subscription.activated',
      'payment.paid',
      'payment.refunded',
      'subscription.refunded',
    ]);
    const [activated, paid, refunded] = told;
    const free = heard.filter((event) => ![subscriptionId, null].includes(event.subscriptionId));
    expect(free).toMatchObject([
      { type: 'subscription.activated', data: { subscription: { planCode: 'free', status: 'active' } } },
    ]);
    const [entitled, lost, ofFree, ...more] = heard.filter(({ type }) => type === 'entitlements.changed');
    expect(more).toEqual([]);
    const support = { feature: 'max_concurrent', type: 'static', granted: true, value: 3 };
    expect(entitled).toMatchObject({ subscriptionId: null, data: { entitlements: expect.any(Array) } });
    expect((entitled as CommercialEvent<'entitlements.changed'>).data.entitlements).toContainEqual(support);
    const without = { ...support, granted: false, value: null };
    expect((lost as CommercialEvent<'entitlements.changed'>).data.entitlements).toContainEqual(without);
    const few = { ...support, value: 1 };
    expect((ofFree as CommercialEvent<'entitlements.changed'>).data.entitlements).toContainEqual(few);
    expect(activated).toMatchObject({
      accountId,
      data: { subscription: { planCode: 'pro', status: 'active', cancelAtPeriodEnd: false } },
    });
    expect(paid).toMatchObject({
      subscriptionId: activated!.subscriptionId,
      data: { payment: { orderId, provider: 'alipay', amount: '99.00', status: 'paid', planCode: 'pro' } },
    });
    expect(refunded).toMatchObject({
      data: { payment: { refundedAmount: '99.00', status: 'refunded' }, refund: { amount: '99.00' } },
    });
    expect(JSON.stringify(heard)).not.toMatch(/paymentUrl|qrCode|@example\.com/);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(heard.length);
  });

  it('tells a threshold of a plan’s quota within its subscription', async () => {
    const other = await register(app, 'user-of-quota');
    const [{ id }] = await app.sql('SELECT id FROM commercial.subscriptions WHERE account_id = $1', [
      await accountOf(app, other),
    ]);
    await consume(other, { cost: 10 });
    await app.app.get(QuotaEvents, { strict: false }).deliver();
    await deliver(app);
    expect(heard.filter(({ type }) => type === 'quota.threshold')).toMatchObject([
      { subscriptionId: id, data: { quotaType: 'processing_count', percent: 80, used: 10, granted: 10 } },
      { subscriptionId: id, data: { quotaType: 'processing_count', percent: 100, used: 10, granted: 10 } },
    ]);
  });

  it('forgets what was written in a transaction that was rolled back', async () => {
    const outbox = app.app.get(EventOutbox, { strict: false });
    const [before] = await app.sql('SELECT count(*) FROM commercial.events');
    await expect(
      inTransaction(app.dataSource, async (manager) => {
        await outbox.record(manager, {
          type: 'payment.incident',
          accountId,
          subscriptionId: null,
          subjectId: accountId,
          data: { orderId: 'none', incident: 'paid_twice' },
          at: app.clock.now(),
        });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect((await app.sql('SELECT count(*) FROM commercial.events'))[0]).toEqual(before);
  });

  it('tells again what a handler threw at, and holds back what follows in the same subscription only', async () => {
    const [one, two] = ['019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11', '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b12'];
    let fails = true;
    const tried: CommercialEvent[] = [];
    app.app.get(CommercialEvents, { strict: false }).on('quota.threshold', (event) => {
      if (event.subscriptionId !== one) return;
      tried.push(event);
      if (fails) throw new Error('not now');
    });
    await write(app, accountId, one, 3);
    await write(app, accountId, two, 3);
    await deliver(app);
    expect(usedIn(tried)).toEqual([1]);
    expect(usedIn(heard.filter(({ subscriptionId }) => subscriptionId === two))).toEqual([1, 2, 3]);

    fails = false;
    app.clock.forward(4_000);
    await deliver(app);
    expect(tried).toHaveLength(1);
    app.clock.forward(1_001);
    await deliver(app);
    expect(usedIn(tried)).toEqual([1, 1, 2, 3]);
    expect(tried[1]!.id).toBe(tried[0]!.id);
  });

  it('tells again what a handler never came back from, and others meanwhile', async () => {
    const [one, two] = ['019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b15', '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b16'];
    let isStuck = true;
    app.app.get(CommercialEvents, { strict: false }).on('quota.threshold', async ({ subscriptionId }) => {
      if (subscriptionId === one && isStuck) await new Promise(() => {});
    });
    await write(app, accountId, one, 1);
    await write(app, accountId, two, 1);
    await deliver(app);
    expect(
      await app.sql(`SELECT last_error FROM commercial.event_deliveries WHERE status = 'pending'`),
    ).toEqual([{ last_error: 'not done within 0.5 s' }]);
    isStuck = false;
    app.clock.forward(5_001);
    await deliver(app);
    expect(heard.map(({ subscriptionId }) => subscriptionId).toSorted()).toEqual([one, one, two]);
  });

  it('numbers events of an account in the order of their commits: who comes second waits', async () => {
    const subscription = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b13';
    let second: Promise<void> | undefined;
    await inTransaction(app.dataSource, async (manager) => {
      await app.app.get(EventOutbox, { strict: false }).record(manager, {
        type: 'payment.incident',
        accountId,
        subscriptionId: subscription,
        subjectId: accountId,
        data: { orderId: 'none', incident: 'paid_late' },
        at: app.clock.now(),
      });
      let isWritten = false;
      second = write(app, accountId, subscription, 1).then(() => void (isWritten = true));
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%NO KEY UPDATE%'`;
      await until(async () => isWritten || (await app.sql(waiting)).length > 0);
      await deliver(app);
      expect(heard).toEqual([]);
    });
    await second;
    await deliver(app);
    expect(heard.map(({ type }) => type)).toEqual(['payment.incident', 'quota.threshold']);
    expect(heard[0]!.sequence).toBeLessThan(heard[1]!.sequence);
  });

  it('is shared by two processes: each event once, in order', async () => {
    beside = await startApp({ beside: app });
    const both = [heard, hear(beside)];
    const streams = Array.from({ length: 6 }, (_, i) => `019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2c0${i}`);
    for (const stream of streams) await write(app, accountId, stream, 4);
    await Promise.all([deliver(app), deliver(beside), deliver(app), deliver(beside)]);
    const all = both.flat();
    expect(all).toHaveLength(24);
    expect(new Set(all.map(({ id }) => id)).size).toBe(24);
    const [left] = await app.sql(
      `SELECT count(*)::int FROM commercial.event_deliveries WHERE status = 'pending'`,
    );
    expect(left.count).toBe(0);
  });

  it('gives what a process that died had in hand to another once its lease is over', async () => {
    await write(app, accountId, '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b14', 2);
    const due = app.app.get(DueDeliveries, { strict: false });
    const [lost] = await due.claim('handlers', 10);
    expect(usedIn([lost!.event])).toEqual([1]);
    await deliver(app);
    expect(heard).toEqual([]);

    await app.sql(
      `UPDATE commercial.event_deliveries SET leased_until = now() - interval '1 s' WHERE id = $1`,
      [lost!.id],
    );
    await deliver(app);
    expect(usedIn(heard)).toEqual([1, 2]);
    expect(heard[0]!.id).toBe(lost!.event.id);

    // It wasn't dead after all, only slow: what it says comes too late.
    await due.settle(lost!, { outcome: 'failed', error: 'too late' });
    const [row] = await app.sql('SELECT status, attempts FROM commercial.event_deliveries WHERE id = $1', [
      lost!.id,
    ]);
    expect(row).toEqual({ status: 'delivered', attempts: 2 });
  });

  it('keeps nothing for handlers where there are none', async () => {
    const silent = await startApp();
    await register(silent, 'nobody-listens');
    expect(await silent.sql('SELECT type FROM commercial.events ORDER BY sequence')).toEqual([
      { type: 'subscription.activated' },
      { type: 'entitlements.changed' },
    ]);
    expect(await silent.sql('SELECT 1 FROM commercial.event_deliveries')).toEqual([]);
    await silent.close();
  });

  it('leaves every promise of the database kept', () => expectInvariants(app.dataSource));
});

describe('a process that works jobs', () => {
  it('tells without being asked', async () => {
    const database = await createTestDatabase();
    const connection = await createDataSource({ url: database.url }).initialize();
    await installJobs(connection);
    await connection.destroy();
    const app = await startApp({ database, commercial: { jobs: true } });
    const told = new Promise<CommercialEvent>((resolve) => {
      app.app.get(CommercialEvents, { strict: false }).on('subscription.activated', resolve);
    });
    await register(app, 'listener');
    expect(await told).toMatchObject({ data: { subscription: { planCode: 'free' } } });
    await app.close();
    await database.drop();
  });
});
