import type { DataSource } from 'typeorm';
import { CheckQueue } from '../../../src/billing/ledger/orders/check-queue.js';
import { createDataSource } from '../../../src/commercial/data-source.js';
import { runMigrations } from '../../../src/commercial/run-migrations.js';
import { register, untilPayment } from '../../support/app.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { until } from '../../support/embedded-process.js';
import { orderThrough, startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { expectInvariants } from '../../support/invariants.js';

/** The janitor at work by itself, on the machine's own time. */
describe('jobs', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let people = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url }).initialize();
    await Promise.all([runMigrations(dataSource), runMigrations(dataSource)]);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const start = (jobs: boolean, beside?: FakeApp) =>
    startFakeApp({ database, options: { jobs }, ...(beside ? { beside } : {}) });
  const buyer = (app: FakeApp) => register(app, `worker${(people += 1)}`);
  const queued = (): Promise<{ order_id: string; state: string }[]> =>
    dataSource.query(
      `SELECT data->>'orderId' AS order_id, state FROM commercial_jobs.job WHERE name = 'payment-checks'`,
    );

  it('queued by a process that works none are worked by another, and find a lost payment', async () => {
    const serving = await start(false);
    const working = await start(true, serving);
    try {
      const orderId = await orderThrough(await buyer(serving), 'north');
      expect(await queued()).toContainEqual({ order_id: orderId, state: 'created' });
      serving.north.pay(orderId);
      await untilPayment(serving, orderId, 'paid');
      expect(serving.north.made('query', orderId)).toHaveLength(1);
      await expectInvariants(dataSource);
    } finally {
      await working.close();
      await serving.close();
    }
  }, 60_000);

  it('are there when the transaction that needs them is committed, and not otherwise', async () => {
    const app = await start(false);
    try {
      const checks = app.app.get(CheckQueue, { strict: false });
      const undone = app.dataSource.transaction(async (manager) => {
        await checks.payment(manager, 'undone', app.clock.now());
        throw new Error('the business has failed');
      });
      await expect(undone).rejects.toThrow('the business has failed');
      await app.dataSource.transaction((manager) => checks.payment(manager, 'done', app.clock.now()));
      const orders = (await queued()).map((job) => job.order_id);
      expect(orders).toContain('done');
      expect(orders).not.toContain('undone');
    } finally {
      await app.close();
    }
  });

  it('that nobody queued are found at the start of a process that works them', async () => {
    const serving = await start(false);
    try {
      const orderId = await orderThrough(await buyer(serving), 'north');
      serving.north.pay(orderId);
      await dataSource.query(`DELETE FROM commercial_jobs.job WHERE data->>'orderId' = $1`, [orderId]);
      serving.clock.forward(10_000);
      const working = await start(true, serving);
      await untilPayment(serving, orderId, 'paid').finally(() => working.close());
    } finally {
      await serving.close();
    }
  }, 60_000);

  it('that run when the process stops come to their end first', async () => {
    const serving = await start(false);
    const working = await start(true, serving);
    const { promise, open } = gate();
    try {
      serving.north.gate = promise;
      const orderId = await orderThrough(await buyer(serving), 'north');
      serving.north.pay(orderId);
      await until(async () => serving.north.made('query', orderId).length > 0);
      const closed = working.close();
      open();
      await closed;
      const rows = await serving.sql(`SELECT status FROM commercial.orders WHERE order_id = $1`, [orderId]);
      expect(rows).toEqual([{ status: 'paid' }]);
      expect((await queued()).filter((job) => job.order_id === orderId && job.state === 'active')).toEqual(
        [],
      );
    } finally {
      open();
      await serving.close();
    }
  }, 60_000);
});

function gate(): { promise: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open: () => open() };
}
