import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { FixedClock } from '../support/fixed-clock.js';
import { expectInvariants } from '../support/invariants.js';
import { QuotaModel, type ModelTerms } from '../support/quota-model.js';
import { addPlan, consumption, rewritePlans } from '../support/quota-parties.js';
import {
  endSubscription,
  newAccount,
  startQuotaProcess,
  subscribe,
  topUp,
  type QuotaProcess,
} from '../support/quota-process.js';

const TERMS: ModelTerms = { limit: 10, overageCap: 3, maxConcurrent: 2 };
/** What can be had instead. */
const SMALL: ModelTerms = { limit: 4, overageCap: 0, maxConcurrent: 2 };
const START = new Date('2027-01-31T12:00:00.000Z');
const HOUR = 3600 * 1000;
const USER = uuid();

type Command =
  | { do: 'consume'; cost: number }
  | { do: 'hold'; cost: number; hours: number }
  | { do: 'commit'; which: number; cost: number | null }
  | { do: 'release'; which: number }
  | { do: 'giveBack'; which: number }
  | { do: 'topUp'; amount: number; days: number }
  | { do: 'refund' | 'subscribe' | 'change' | 'look' | 'sweep' }
  | { do: 'wait'; hours: number };

const cost = fc.integer({ min: 1, max: 7 });
const which = fc.nat({ max: 6 });
const hours = fc.constantFrom(1, 1, 5, 24, 24 * 20);
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('consume' as const), cost }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('hold' as const), cost, hours: fc.constantFrom(1, 3, 30) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('commit' as const), which, cost: fc.option(cost) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('giveBack' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('topUp' as const),
      amount: fc.integer({ min: 1, max: 6 }),
      days: fc.constantFrom(1, 1, 40),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'refund' as const }, { do: 'sweep' as const }) },
  { weight: 2, arbitrary: fc.constantFrom({ do: 'subscribe' as const }, { do: 'look' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'change' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), hours }) },
);

const codeOf = (error: unknown): string => {
  const { code } = error as { code?: string };
  if (code === undefined) throw error;
  return code;
};
const outcome = (work: Promise<unknown>): Promise<string> => work.then(() => 'ok', codeOf);

describe('quota against its model', () => {
  let database: TestDatabase;
  let clock: FixedClock;
  let processes: QuotaProcess[];

  beforeAll(async () => {
    database = await createTestDatabase();
    clock = new FixedClock(START);
    processes = [];
    for (let index = 0; index < 3; index += 1) {
      processes.push(await startQuotaProcess(database.url, clock));
    }
    await processes[0]!.plans.seed();
    const { dataSource } = processes[0]!;
    await rewritePlans(
      dataSource,
      `UPDATE commercial.plan_quotas q SET quota_limit = $1, overage_cap = $2
       FROM commercial.subscription_plans p WHERE p.id = q.plan_id AND p.code = 'free'`,
      [TERMS.limit, TERMS.overageCap],
    );
    await rewritePlans(
      dataSource,
      `UPDATE commercial.subscription_plans SET features = $1 WHERE code = 'free'`,
      [{ max_concurrent: TERMS.maxConcurrent }],
    );
    await addPlan(
      { sql: (query, parameters) => dataSource.query(query, parameters) },
      {
        code: 'small',
        quotas: { processing_count: { limit: SMALL.limit, overageCap: SMALL.overageCap } },
        features: { max_concurrent: SMALL.maxConcurrent },
      },
    );
  });
  afterAll(async () => {
    for (const each of processes) await each.close();
    await database.drop();
  });

  const ids = (model: QuotaModel) => [...model.usages.keys()];

  /** Does a command to both. @returns what each said. */
  async function both(
    command: Command,
    model: QuotaModel,
    process: QuotaProcess,
    accountId: string,
  ): Promise<[real: unknown, expected: unknown]> {
    const now = clock.now().getTime();
    switch (command.do) {
      case 'consume': {
        const order = consumption(accountId, USER, { cost: command.cost });
        const real = await outcome(process.quota.consume(order));
        return [real, model.debit(order.usageId, command.cost, now, null)];
      }
      case 'hold': {
        const { usageId: holdId, ...order } = consumption(accountId, USER, { cost: command.cost });
        const ttlSeconds = command.hours * 3600;
        const real = await outcome(process.holds.hold({ ...order, holdId, ttlSeconds }));
        return [real, model.debit(holdId, command.cost, now, now + ttlSeconds * 1000)];
      }
      case 'commit':
      case 'release': {
        const id = ids(model).at(-1 - command.which) ?? uuid();
        const wanted = command.do === 'commit' ? command.cost : 0;
        const real = await outcome(
          wanted === 0 ? process.holds.release(accountId, id) : process.holds.commit(accountId, id, wanted),
        );
        return [real, model.settle(id, wanted, now)];
      }
      case 'giveBack': {
        const id = ids(model).at(-1 - command.which) ?? uuid();
        return [await process.quota.giveBack(accountId, id), model.giveBack(id)];
      }
      case 'topUp': {
        const lifetime = command.days * 24 * HOUR;
        const grantId = await topUp(process, accountId, command.amount, lifetime);
        model.topUp(grantId, command.amount, now, now + lifetime);
        return ['ok', 'ok'];
      }
      case 'refund': {
        const expected = model.isSubscribed;
        if (expected) model.endSubscription(now);
        return [await endSubscription(process, accountId), expected];
      }
      case 'subscribe':
        if (model.isSubscribed) return ['ok', 'ok'];
        model.change(TERMS, now);
        return [await outcome(subscribe(process, accountId, 'free')), 'ok'];
      case 'change': {
        const planCode = changePlan(model, now);
        return [await outcome(subscribe(process, accountId, planCode)), 'ok'];
      }
      case 'look':
        model.refresh(now);
        return [await outcome(process.quota.states(accountId)), 'ok'];
      case 'sweep':
        return [await process.expiry.expireHolds(), model.sweep(now)];
      case 'wait':
        clock.set(new Date(now + command.hours * HOUR));
        return ['ok', 'ok'];
    }
  }

  /** @returns the code of the plan that the model has now */
  function changePlan(model: QuotaModel, now: number): string {
    const toSmall = model.terms === TERMS;
    model.change(toSmall ? SMALL : TERMS, now);
    return toSmall ? 'small' : 'free';
  }

  async function usedInDatabase(accountId: string): Promise<ReturnType<QuotaModel['used']>> {
    const rows: { kind: string; valid_from: Date; used: number }[] = await processes[0]!.dataSource.query(
      'SELECT kind, valid_from, used FROM commercial.quota_balances WHERE account_id = $1',
      [accountId],
    );
    return rows.map(({ kind, valid_from: from, used }) => [kind === 'plan', from.getTime(), used]);
  }

  it('does and refuses what the model does and refuses, and draws from the same balances', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(command, fc.nat({ max: 2 })), { minLength: 10, maxLength: 40, size: 'max' }),
        async (steps) => {
          clock.set(START);
          // What an earlier run left open would be swept in this one.
          await processes[0]!.dataSource.query(
            `UPDATE commercial.quota_holds SET expires_at = 'infinity' WHERE status = 'open'`,
          );
          const accountId = await newAccount(processes[0]!);
          const model = new QuotaModel(TERMS);
          model.subscribe(START.getTime());
          await subscribe(processes[0]!, accountId, 'free');
          for (const [step, index] of steps) {
            const [real, expected] = await both(step, model, processes[index]!, accountId);
            expect([step, real]).toEqual([step, expected]);
            const used = await usedInDatabase(accountId);
            expect([step, used.toSorted()]).toEqual([step, model.used().toSorted()]);
          }
        },
      ),
      { numRuns: 25 },
    );
    await expectInvariants(processes[0]!.dataSource);
  });

  it('keeps every promise when everything happens at once, in three processes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.tuple(command, fc.nat({ max: 2 })), { minLength: 6, maxLength: 25, size: 'max' }),
          {
            minLength: 2,
            maxLength: 4,
          },
        ),
        (waves) => race(waves),
      ),
      { numRuns: 12, endOnFailure: true },
    );
  });

  /** What one process was told about a usage. */
  interface Told {
    id: string;
    cost: number;
    as: 'held' | 'consumed';
    outcome: string;
  }

  async function race(waves: [Command, number][][]): Promise<void> {
    clock.set(START);
    const accountId = await newAccount(processes[0]!);
    await subscribe(processes[0]!, accountId, 'free');
    const told: Told[] = [];
    const settled = new Set<string>();
    for (const wave of waves) {
      const before = told.filter(({ outcome }) => outcome === 'ok').map(({ id }) => id);
      await Promise.all(
        wave.map(([command, index]) => act(command, processes[index]!, accountId, before, told, settled)),
      );
      await expectInvariants(processes[0]!.dataSource);
      const open = await processes[0]!.dataSource.query(
        `SELECT count(*)::int AS open FROM commercial.quota_holds
         WHERE account_id = $1 AND status = 'open' AND expires_at > $2`,
        [accountId, clock.now()],
      );
      expect(open[0].open).toBeLessThanOrEqual(TERMS.maxConcurrent + unlimitedHolds(waves));
    }
    await expectRemembered(accountId, told, settled);
  }

  /** After a refund no plan limits how many are open. */
  const unlimitedHolds = (waves: [Command, number][][]): number =>
    waves.flat().some(([{ do: name }]) => name === 'refund') ? Infinity : 0;

  async function act(
    command: Command,
    process: QuotaProcess,
    accountId: string,
    before: readonly string[],
    told: Told[],
    settled: Set<string>,
  ): Promise<void> {
    const target = 'which' in command ? (before.at(-1 - command.which) ?? uuid()) : uuid();
    if ('which' in command) settled.add(target);
    switch (command.do) {
      case 'consume': {
        const order = consumption(accountId, USER, { cost: command.cost });
        const said = await outcome(process.quota.consume(order));
        told.push({ id: order.usageId, cost: command.cost, as: 'consumed', outcome: said });
        return;
      }
      case 'hold': {
        const { usageId: holdId, ...order } = consumption(accountId, USER, { cost: command.cost });
        const said = await outcome(
          process.holds.hold({ ...order, holdId, ttlSeconds: command.hours * 3600 }),
        );
        told.push({ id: holdId, cost: command.cost, as: 'held', outcome: said });
        return;
      }
      case 'commit':
        await outcome(process.holds.commit(accountId, target, command.cost));
        return;
      case 'release':
        await outcome(process.holds.release(accountId, target));
        return;
      case 'giveBack':
        await process.quota.giveBack(accountId, target);
        return;
      case 'topUp':
        await topUp(process, accountId, command.amount, command.days * 24 * HOUR);
        return;
      case 'refund':
        await endSubscription(process, accountId);
        return;
      case 'subscribe':
        // Two at once replace each other, which is allowed; what matters is what the quota makes of it.
        await subscribe(process, accountId, 'free');
        return;
      case 'change':
        await subscribe(process, accountId, 'small');
        return;
      case 'look':
        await process.quota.states(accountId);
        return;
      case 'sweep':
        await process.expiry.expireHolds();
        return;
      case 'wait':
        clock.set(new Date(clock.now().getTime() + command.hours * HOUR));
    }
  }

  /** Each acknowledged usage is there at its cost, each refused one is not, and nothing else is. */
  async function expectRemembered(
    accountId: string,
    told: readonly Told[],
    settled: ReadonlySet<string>,
  ): Promise<void> {
    const rows: { id: string; status: string; cost: number }[] = await processes[0]!.dataSource.query(
      'SELECT id, status, cost FROM commercial.usage_logs WHERE account_id = $1',
      [accountId],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const acknowledged = told.filter(({ outcome }) => outcome === 'ok');
    expect([...byId.keys()].toSorted()).toEqual(acknowledged.map(({ id }) => id).toSorted());
    for (const { id, cost, as } of acknowledged) {
      const row = byId.get(id)!;
      if (settled.has(id)) expect(row.cost).toBeLessThanOrEqual(cost);
      else if (as === 'consumed') expect(row).toEqual({ id, status: 'consumed', cost });
      else expect(['held', 'released']).toContain(row.status);
    }
  }
});
