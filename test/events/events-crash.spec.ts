import { v7 as uuid } from 'uuid';
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import type { CommercialEvent } from '../../src/events/types/event-types.js';
import { newSecret } from '../../src/events/webhooks/signature.js';
import { installJobs } from '../../src/jobs/install-jobs.js';
import { Child } from '../support/child.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/embedded-process.js';
import { startEventsHost, type EventsHost } from '../support/events-host.js';
import type { EventsOrder } from '../support/events-worker.js';
import { expectInvariants } from '../support/invariants.js';
import { stubServer, type StubServer } from '../support/stub-server.js';

const WORKER = new URL('../support/events-worker.ts', import.meta.url);
/** Of the whole story: the processes compile the sources as they start. */
const TIME_LIMIT_MS = 180_000;

describe('events through kill -9', () => {
  let database: TestDatabase;
  let receiver: StubServer;
  /** Processes that are loaded, and have their turn one after the other. */
  let lives: Child<EventsOrder>[];
  /** Another process on the same database; it works jobs from the end of the story on. */
  let host: EventsHost | undefined;
  const buyers = [buyer(), buyer()] as const;
  const [li, wei] = buyers;

  beforeAll(async () => {
    database = await createTestDatabase();
    receiver = await stubServer(() => ({ status: 204, body: '' }));
    const dataSource = await createDataSource({ url: database.url }).initialize();
    await installJobs(dataSource);
    await dataSource.query(SETTLE_IN, [buyers.map(({ id }) => id)]);
    await dataSource.query(REGISTER, [uuid(), receiver.origin, newSecret()]);
    await dataSource.destroy();
    const settings = { ...reached(), jobs: false };
    lives = Array.from({ length: 4 }, () => Child.load<EventsOrder>(WORKER, settings));
  }, TIME_LIMIT_MS);
  afterAll(async () => {
    await Promise.all(lives.map((life) => life.kill()));
    await host?.close();
    await receiver.close();
    await database.drop();
  });

  const reached = () => ({ url: database.url, receiver: new URL(receiver.origin).host });

  /** Gives one process after another its orders; the last of them kills it. */
  async function live(...orders: [order: EventsOrder, done: 1 | 0 | null][]): Promise<void> {
    const life = await lives.find(({ isAlive }) => isAlive)!.begin();
    for (const [order, done] of orders) expect([order, await life.tell(order)]).toEqual([order, done]);
    expect(life.isAlive).toBe(false);
  }

  it(
    'reach whoever is owed them at least once and in order, and nobody where the deed was not committed',
    async () => {
      await live(
        [{ do: 'buy', buyer: li }, 1],
        [{ do: 'buy', buyer: wei }, 1],
        [{ do: 'buy', buyer: li }, 1],
        [{ do: 'deliver', dieAt: 'before send' }, null],
      );
      expect(receiver.requests).toEqual([]);

      await forgetLeases();
      await live([{ do: 'buy', buyer: wei, dieAt: 'after commit' }, null]);
      await live([{ do: 'deliver', dieAt: 'after send' }, null]);
      const known = new Set(told().map(({ id }) => id));
      expect(known.size).toBeGreaterThan(0);

      await live(
        [{ do: 'deliver' }, 1],
        [{ do: 'buyInVain', buyer: li }, 0],
        [{ do: 'buy', buyer: wei, dieAt: 'before commit' }, null],
      );

      await forgetLeases();
      host = await startEventsHost({ ...reached(), jobs: true });
      await until(
        async () => (await rows(`SELECT 1 FROM ${DELIVERIES} WHERE status = 'pending'`)).length === 0,
      );

      await expectTrue(told());
      // What had been sent and not recorded came again, as what it was.
      expect(told().filter(({ id }) => known.has(id)).length).toBeGreaterThan(known.size);
      await expectInvariants(host.dataSource);
    },
    TIME_LIMIT_MS,
  );

  const told = (): CommercialEvent[] => receiver.requests.map(({ body }) => JSON.parse(body));
  const rows = (query: string): Promise<any[]> => host!.dataSource.query(query);

  /** What a process that died had in hand is another's after two minutes. */
  async function forgetLeases(): Promise<void> {
    const dataSource = await createDataSource({ url: database.url }).initialize();
    await dataSource.query(
      `UPDATE ${DELIVERIES} SET leased_until = now() - interval '1 s' WHERE leased_until > now()`,
    );
    await dataSource.destroy();
  }

  async function expectTrue(all: CommercialEvent[]): Promise<void> {
    const events = [...new Map(all.map((event) => [event.id, event])).values()];
    // Each id always came with the same words.
    expect(new Set(all.map((event) => JSON.stringify(event))).size).toBe(events.length);

    const paid = await rows(`SELECT order_id FROM commercial.orders WHERE paid_at IS NOT NULL`);
    expect(paid).toHaveLength(4);
    expect(ordersOf(events)).toEqual(paid.map((row) => row.order_id).toSorted());
    const unpaid = await rows(`SELECT 1 FROM commercial.orders WHERE paid_at IS NULL`);
    expect(unpaid).toHaveLength(2);

    const ends = await rows(`SELECT subscription_id AS id, ends_at FROM commercial.subscription_periods`);
    expect(endsOf(events).toSorted()).toEqual(
      ends.map((row) => `${row.id} ${row.ends_at.toISOString()}`).toSorted(),
    );
    for (const { accountId } of buyers) {
      const heard = all.filter((event) => event.accountId === accountId);
      // The account's own events and those of its subscription are two streams; each is told in order.
      const ofAccount = heard.filter(({ type }) => type === 'entitlements.changed');
      const ofSubscription = heard.filter(({ type }) => type !== 'entitlements.changed');
      for (const stream of [ofAccount, ofSubscription]) {
        // A copy directly follows its original: a later event of the stream was not told in between.
        expect(stream.map(({ sequence }) => sequence)).toEqual(
          stream.map(({ sequence }) => sequence).toSorted((a, b) => a - b),
        );
      }
      const own = events.filter((event) => event.accountId === accountId);
      expect(endsOf(own)).toEqual(endsOf(own).toSorted());
    }
  }
});

const DELIVERIES = 'commercial.event_deliveries';

const SETTLE_IN = `
  WITH made AS (
    INSERT INTO commercial.accounts (id, kind, created_at)
    SELECT id, 'personal', now() FROM unnest($1::uuid[]) id RETURNING id
  )
  INSERT INTO commercial.users (id, email, password_hash, role, locale, personal_account_id, created_at)
  SELECT id, id || '@example.com', '', 'user', 'zh-CN', id, now() FROM made`;

const REGISTER = `
  INSERT INTO commercial.webhook_endpoints (id, url, secret, created_at, updated_at) VALUES ($1, $2, $3, now(), now())`;

function buyer(): AuthenticatedUser {
  const id = uuid();
  return {
    id,
    accountId: id,
    accountRole: null,
    role: 'user',
    via: 'token',
    sessionId: null,
    apiKeyId: null,
    scopes: null,
  };
}

/** Of which orders it was told that they are paid. */
function ordersOf(events: CommercialEvent[]): string[] {
  const paid = events.filter(({ type }) => type === 'payment.paid');
  return paid.map(({ data }) => (data as CommercialEvent<'payment.paid'>['data']).payment.orderId).toSorted();
}

/** To when which subscription was told to be paid, in the order of the telling. */
function endsOf(events: CommercialEvent[]): string[] {
  const paid = events.filter(
    ({ type }) => type === 'subscription.activated' || type === 'subscription.renewed',
  );
  return paid.map(({ data }) => {
    const { subscription } = data as CommercialEvent<'subscription.renewed'>['data'];
    return `${subscription.id} ${subscription.currentPeriodEnd}`;
  });
}
