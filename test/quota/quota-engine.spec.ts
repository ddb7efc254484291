import { v7 as uuid } from 'uuid';
import { QuotaEvents } from '../../src/quota/engine/quota-events.js';
import { SubscriptionLifecycle } from '../../src/billing/ledger/subscriptions/subscription-lifecycle.js';
import { QuotaGrants } from '../../src/quota/balances/quota-grants.js';
import { QuotaHolds } from '../../src/quota/debits/quota-holds.js';
import { QuotaListeners, type QuotaThreshold } from '../../src/quota/engine/quota-listeners.js';
import { IdempotencyService } from '../../src/idempotency/idempotency.service.js';
import { consume, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { queryRow, until } from '../support/embedded-process.js';
import { expectInvariants } from '../support/invariants.js';
import { accountOf, addPlan, consumption, quotaOf, settledAs } from '../support/quota-parties.js';

type Owner = Person & { accountId: string };

describe('debits that share a commit', () => {
  let app: CommercialApp;
  let other: CommercialApp;
  let people = 0;

  beforeAll(async () => {
    app = await startApp();
    other = await startApp({ beside: app });
    await addPlan(app, {
      code: 'large',
      quotas: { processing_count: { limit: 1000 } },
      features: { max_concurrent: 50 },
    });
  });
  afterAll(async () => {
    await other.close();
    await app.close();
  });
  afterEach(() => expectInvariants(app.dataSource));

  async function owner(planCode?: string): Promise<Owner> {
    const somebody = await register(app, `debtor${(people += 1)}`);
    if (planCode) await somebody.call('POST', '/subscriptions', { body: { planCode } });
    return { ...somebody, accountId: await accountOf(app, somebody.id) };
  }

  const order = ({ accountId, id }: Owner, more: Parameters<typeof consumption>[2] = {}) =>
    consumption(accountId, id, more);

  const used = async ({ accountId }: Owner): Promise<number> =>
    (await quotaOf(app).states(accountId))[0]!.used;

  const deadlocks = async (): Promise<number> =>
    (await app.sql('SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()'))[0]!
      .deadlocks;

  const statements = async (): Promise<number> =>
    Number(
      (await app.sql(`SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()`))[0]!
        .xact_commit,
    );

  /** As many as it takes for PostgreSQL to look balances up one by one, in the order in which it is told of them. */
  async function fillBalances(): Promise<void> {
    await app.sql(`
      WITH account AS (
        INSERT INTO commercial.accounts (id, kind, created_at)
        SELECT gen_random_uuid(), 'personal', now() FROM generate_series(1, 3000) RETURNING id
      )
      INSERT INTO commercial.quota_balances (id, account_id, kind, quota_type, granted, valid_from, valid_until)
      SELECT gen_random_uuid(), id, 'topup', 'processing_count', 1, now(), now() + interval '1 day' FROM account`);
    await app.sql('ANALYZE commercial.quota_balances');
  }

  it('are answered each for itself', async () => {
    const [anna, bert] = [await owner('large'), await owner('large')];
    const orders = Array.from({ length: 60 }, (_, index) =>
      order(index % 2 ? anna : bert, { cost: 1 + (index % 3) }),
    );
    const answers = await Promise.all(orders.map((each) => quotaOf(app).consume(each)));
    answers.forEach(({ usageId }, index) => expect(usageId).toBe(orders[index]!.usageId));
    const rows = await app.sql('SELECT id, account_id, cost FROM commercial.usage_logs WHERE id = ANY ($1)', [
      orders.map(({ usageId }) => usageId),
    ]);
    const expected = orders.map((each) => [each.usageId, each.accountId, each.cost]);
    expect(rows.map((row) => [row.id, row.account_id, row.cost]).toSorted()).toEqual(expected.toSorted());
    // What each was told is what was there right after it.
    let sum = 0;
    answers.forEach(({ quota }, index) => {
      if (orders[index]!.accountId !== anna.accountId) return;
      sum += orders[index]!.cost;
      expect(quota).toMatchObject({ used: sum, remaining: 1000 - sum });
    });
  });

  it('carry many callers in a few transactions', async () => {
    const anna = await owner('large');
    await quotaOf(app).consume(order(anna));
    await app.sql('SELECT pg_stat_force_next_flush()');
    const before = await statements();
    await Promise.all(Array.from({ length: 300 }, () => quotaOf(app).consume(order(anna))));
    await until(async () => (await statements()) > before);
    expect((await statements()) - before).toBeLessThan(100);
    expect(await used(anna)).toBe(301);
  });

  it('count once under one usage id, wherever the copies meet', async () => {
    const [anna, bert] = [await owner('large'), await owner('large')];
    const same = order(anna, { cost: 5 });
    const [first, ...others] = await Promise.all(
      Array.from({ length: 30 }, (_, index) => quotaOf(index % 2 ? app : other).consume(same)),
    );
    expect(others.every(({ usageId }) => usageId === first!.usageId)).toBe(true);
    expect(await used(anna)).toBe(5);
    const stolen = { ...same, accountId: bert.accountId, userId: bert.id };
    const mixed = [order(bert), stolen, order(bert)].map((each) => quotaOf(app).consume(each));
    expect(await settledAs(mixed, ({ quota }) => quota.used)).toEqual([
      1,
      `usage ${same.usageId} belongs to another account`,
      2,
    ]);
  });

  it('find what a first run took, even where nothing is left for a second', async () => {
    const anna = await owner();
    const all = order(anna, { cost: 10 });
    await quotaOf(app).consume(all);
    const answers = [all, order(anna), all].map((each) => quotaOf(other).consume(each));
    expect(await settledAs(answers, ({ quota }) => quota.remaining)).toEqual([0, 'QUOTA_EXCEEDED', 0]);
  });

  it('go through where one carries what the database refuses', async () => {
    const anna = await owner('large');
    const orders = Array.from({ length: 20 }, (_, index) =>
      order(anna, { metadata: index === 7 ? { text: 'a\u0000b' } : { index } }),
    );
    const outcomes = await settledAs(
      orders.map((each) => quotaOf(app).consume(each)),
      () => 'done',
    );
    expect(outcomes).toEqual(orders.map((_, index) => (index === 7 ? '22P05' : 'done')));
    expect(await used(anna)).toBe(19);
    await expect(quotaOf(app).consume(order(anna, { usageId: 'x' }))).rejects.toThrow(
      'usageId must be a UUID',
    );
    await expect(quotaOf(app).consume(order(anna, { accountId: '{}' }))).rejects.toThrow('accountId');
    await expect(quotaOf(app).consume(order(anna, { cost: 0.5 }))).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });

  it('keep what was said, word for word', async () => {
    const anna = await owner('large');
    const said = {
      resourceId: `"{}\\,'张三NULL`,
      metadata: { 'a"b\\c': [null, '{1,2}', '\\\\"', { x: '\u{1f600}' }] },
    };
    const each = order(anna, said);
    await quotaOf(app).consume(each);
    const [row] = await app.sql('SELECT * FROM commercial.usage_logs WHERE id = $1', [each.usageId]);
    expect(row).toMatchObject({ resource_id: said.resourceId, metadata: said.metadata });
  });

  it('survive connections that are cut, each counted once', async () => {
    const anna = await owner('large');
    // However fast the callers are between two cuts, they must not come to the end of it.
    await quotaOf(app).consume(order(anna));
    await app.sql('UPDATE commercial.quota_balances SET granted = 1000000 WHERE account_id = $1', [
      anna.accountId,
    ]);
    const cut = () =>
      queryRow(
        app.database.url,
        `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%quota_debit%'`,
      );
    let going = true;
    let done = 1;
    const caller = async () => {
      while (going) {
        await quotaOf(app).consume(order(anna));
        done += 1;
      }
    };
    const callers = Array.from({ length: 16 }, caller);
    for (let round = 1; round <= 5; round += 1) {
      const goal = done + 20;
      await until(async () => done >= goal);
      await cut();
    }
    going = false;
    await Promise.all(callers);
    expect(await used(anna)).toBe(done);
  });

  it('of two processes never wait for each other in a circle', async () => {
    await fillBalances();
    const owners = await Promise.all(Array.from({ length: 8 }, () => owner('large')));
    await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        quotaOf(index % 2 ? app : other).consume(order(owners[(index * 5) % 8]!)),
      ),
    );
    expect(await deadlocks()).toBe(0);
    for (const each of owners) expect(await used(each)).toBe(50);
  });

  const hold = (host: CommercialApp, accountId: string, userId: string): Promise<unknown> => {
    const { usageId: holdId, ...order } = consumption(accountId, userId);
    const refused = (error: unknown) =>
      expect(error).toMatchObject({ code: expect.stringMatching(/^(CONCURRENCY_LIMIT|QUOTA_EXCEEDED)$/) });
    return host.app
      .get(QuotaHolds, { strict: false })
      .hold({ ...order, holdId })
      .catch(refused);
  };

  const topUp = (host: CommercialApp, accountId: string): Promise<unknown> =>
    host.dataSource.transaction((manager) =>
      host.app.get(QuotaGrants, { strict: false }).grant(manager, {
        grantId: uuid(),
        accountId,
        kind: 'topup',
        quotaType: 'processing_count',
        amount: 1,
        validFrom: host.clock.now(),
        validUntil: new Date(host.clock.now().getTime() + 1000),
      }),
    );

  const lock = (host: CommercialApp, accountId: string): Promise<unknown> =>
    host.dataSource.transaction((manager) =>
      host.app.get(SubscriptionLifecycle, { strict: false }).lockAccount(manager, accountId),
    );

  it('of one account never wait in a circle with what else happens to it', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { id, accountId } = await owner();
      const first = consumption(accountId, id, { cost: 9 });
      await Promise.all([
        quotaOf(app).consume(first),
        ...[app, other].flatMap((host) => [
          hold(host, accountId, id),
          topUp(host, accountId),
          lock(host, accountId),
        ]),
        ...[app, other].map((host) => lock(host, accountId)),
        quotaOf(other).giveBack(accountId, first.usageId),
      ]);
    }
    expect(await deadlocks()).toBe(0);
  });

  it('of a process that leaves are given back all the same', async () => {
    const leaving = await startApp({ beside: app });
    const anna = await owner();
    const failing = Array.from({ length: 5 }, async () => {
      const { usageId } = await quotaOf(leaving).consume(order(anna));
      return quotaOf(leaving).giveBack(anna.accountId, usageId);
    });
    await Promise.all([...failing, leaving.close()]);
    expect(await used(anna)).toBe(0);
  });

  it('are given back however many wait', async () => {
    const crowded = await startApp({ beside: app, commercial: { quotaEngine: { maxWaiting: 3 } } });
    const anna = await owner('large');
    const usageIds: string[] = [];
    for (let n = 0; n < 8; n += 1) usageIds.push((await quotaOf(crowded).consume(order(anna))).usageId);
    await Promise.all(usageIds.map((usageId) => quotaOf(crowded).giveBack(anna.accountId, usageId)));
    expect(await used(anna)).toBe(0);
    await crowded.close();
  });

  it('join the host’s transaction: rolled back, the quota is back', async () => {
    const anna = await owner();
    const { dataSource } = app;
    const boom = new Error('the host failed');
    await expect(
      dataSource.transaction(async (manager) => {
        const { quota } = await quotaOf(app).consume(manager, order(anna, { cost: 4 }));
        expect(quota.remaining).toBe(6);
        throw boom;
      }),
    ).rejects.toBe(boom);
    expect(await used(anna)).toBe(0);
    await dataSource.transaction((manager) => quotaOf(app).consume(manager, order(anna, { cost: 4 })));
    expect(await used(anna)).toBe(4);
    // A refusal leaves the transaction usable.
    const rest = await dataSource.transaction(async (manager) => {
      const refusal = quotaOf(app).consume(manager, order(anna, { cost: 7 }));
      await expect(refusal).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
      const same = order(anna, { cost: 6 });
      await quotaOf(app).consume(manager, same);
      return (await quotaOf(app).consume(manager, same)).quota.remaining;
    });
    expect(rest).toBe(0);
    await expect(quotaOf(app).consume(dataSource.manager, order(anna))).rejects.toThrow(
      'no running transaction',
    );
  });

  it('make the new period’s balance in the host’s transaction too', async () => {
    const anna = await owner();
    await quotaOf(app).consume(order(anna, { cost: 10 }));
    app.clock.forward(32 * 24 * 3_600_000);
    try {
      await app.dataSource.transaction((manager) => quotaOf(app).consume(manager, order(anna, { cost: 9 })));
      expect(await used(anna)).toBe(9);
    } finally {
      app.clock.forward(-32 * 24 * 3_600_000);
    }
  });

  describe('thresholds', () => {
    let told: (QuotaThreshold & { by: string })[];
    let failures: number;
    /** How often somebody's thresholds of 80 and of 100 percent were told. Earlier tests' are told here too. */
    const toldOf = ({ accountId }: Owner) =>
      [80, 100].map(
        (percent) =>
          told.filter((event) => event.accountId === accountId && event.percent === percent).length,
      );
    const sum = (owner: Owner) => toldOf(owner).reduce((a, b) => a + b);

    beforeAll(() => {
      for (const [by, each] of Object.entries({ app, other })) {
        each.app.get(QuotaListeners, { strict: false }).add({
          onThreshold: async (manager, threshold) => {
            await manager.query('SELECT 1');
            if ((failures -= 1) >= 0) throw new Error('the listener failed');
            told.push({ ...threshold, by });
          },
        });
      }
    });
    beforeEach(() => {
      told = [];
      failures = 0;
    });

    it('are told once for each balance, however many debits race over them', async () => {
      const anna = await owner();
      await Promise.all(
        Array.from({ length: 24 }, (_, index) =>
          quotaOf(index % 2 ? app : other)
            .consume(order(anna))
            .catch(() => {}),
        ),
      );
      await until(async () => sum(anna) >= 2);
      await Promise.all([app, other].map((each) => each.app.get(QuotaEvents, { strict: false }).deliver()));
      expect(toldOf(anna)).toEqual([1, 1]);
      expect(told).toContainEqual(
        expect.objectContaining({
          accountId: anna.accountId,
          quotaType: 'processing_count',
          percent: 80,
          granted: 10,
        }),
      );
    });

    it('are not told again when quota comes back and goes again, but in the next period they are', async () => {
      const bert = await owner();
      const last = order(bert, { cost: 3 });
      await quotaOf(app).consume(order(bert, { cost: 7 }));
      for (let round = 0; round < 3; round += 1) {
        await quotaOf(app)
          .consume({ ...last, usageId: uuid() })
          .then(({ usageId }) => quotaOf(app).giveBack(bert.accountId, usageId));
      }
      await until(async () => sum(bert) >= 2);
      await app.app.get(QuotaEvents, { strict: false }).deliver();
      expect(toldOf(bert)).toEqual([1, 1]);
      app.clock.forward(32 * 24 * 3_600_000);
      try {
        await quotaOf(app).consume(order(bert, { cost: 8 }));
        await until(async () => sum(bert) >= 3);
        expect(toldOf(bert)).toEqual([2, 1]);
      } finally {
        app.clock.forward(-32 * 24 * 3_600_000);
      }
    });

    it('are told again by a listener that failed', async () => {
      const carl = await owner();
      failures = 1;
      await quotaOf(app).consume(order(carl, { cost: 8 }));
      const events = app.app.get(QuotaEvents, { strict: false });
      await until(async () => {
        await events.deliver();
        return sum(carl) > 0;
      });
      expect(toldOf(carl)).toEqual([1, 0]);
    });
  });

  it('forgets Idempotency-Keys after 24 hours, and not before', async () => {
    const anna = await owner();
    for (const key of ['old', 'new']) {
      await consume(anna, {}, { 'idempotency-key': key });
    }
    await app.sql(
      `UPDATE commercial.idempotency_keys SET created_at = now() - interval '24 hours 1 second' WHERE user_id = $1 AND key = 'old'`,
      [anna.id],
    );
    expect(await app.app.get(IdempotencyService, { strict: false }).purge()).toBeGreaterThanOrEqual(1);
    const kept = await app.sql('SELECT key FROM commercial.idempotency_keys WHERE user_id = $1', [anna.id]);
    expect(kept).toEqual([{ key: 'new' }]);
  });
});
