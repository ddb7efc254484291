import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from '../support/embedded-process.js';
import { expectInvariants } from '../support/invariants.js';
import { MovableClock } from '../support/movable-clock.js';
import { startOwnServer, type OwnServer } from '../support/own-server.js';
import { rewritePlans } from '../support/quota-parties.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import {
  newAccount,
  startQuotaProcess,
  subscribe,
  topUp,
  type QuotaProcess,
} from '../support/quota-process.js';

const HOOKS = fileURLToPath(new URL('../support/typescript-hooks.mjs', import.meta.url));
const WORKER = fileURLToPath(new URL('../support/quota-worker.ts', import.meta.url));
const LIMIT = 30;
const PLENTY = 1_000_000;

interface Told {
  deed: 'consume' | 'giveBack' | 'hold' | 'commit' | 'release';
  id: string;
  cost: number;
  outcome: string;
}

/** Said only where nobody can know whether the debit is there. */
const UNKNOWN = 'SERVICE_UNAVAILABLE';

/** A process of its own that uses quota until it is killed. What it was told, it tells. */
class Worker {
  readonly told: Told[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(url: string, ...accounts: [plenty: string, scarce: string]) {
    this.child = spawn(process.execPath, ['--import', HOOKS, WORKER, url, ...accounts], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.ended = once(this.child, 'close');
    // A line without its end is one that the process was killed in.
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      const [deed, id, cost, outcome] = line.split(' ');
      if (outcome !== undefined) this.told.push({ deed, id, cost: Number(cost), outcome } as Told);
    });
  }

  /** Until so many more of its debits went through. */
  async works(more: number): Promise<void> {
    const served = () => this.told.filter(({ outcome }) => outcome === 'ok').length;
    const goal = served() + more;
    await until(async () => served() >= goal || this.child.exitCode !== null);
    if (this.child.exitCode !== null) throw new Error('the worker has ended by itself');
  }

  /** `kill -9`, in the middle of whatever it does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** Before a process starts, which is refused without them. */
async function migrate(url: string): Promise<void> {
  const dataSource = await createDataSource({ url }).initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
}

/** Of the whole story: three processes compile the sources as they start, and the database recovers. */
const TIME_LIMIT_MS = 180_000;

describe('quota through crashes', () => {
  let server: OwnServer;
  let parent: QuotaProcess;
  let clock: MovableClock;
  let workers: Worker[];

  beforeAll(async () => {
    server = await startOwnServer();
    clock = new MovableClock();
    await migrate(server.url);
    parent = await startQuotaProcess(server.url, clock);
    await parent.plans.seed();
    await rewritePlans(parent.dataSource, 'UPDATE commercial.plan_quotas SET quota_limit = $1', [LIMIT]);
    await rewritePlans(
      parent.dataSource,
      `UPDATE commercial.subscription_plans SET features = '{"max_concurrent": 20}'`,
    );
    workers = [];
  });
  afterAll(async () => {
    await Promise.allSettled(workers.map((worker) => worker.kill()));
    await parent.close();
    await server.remove();
  });

  it(
    'keeps what it acknowledged and nothing that it refused, whoever is killed',
    async () => {
      const [plenty, scarce] = [await newAccount(parent), await newAccount(parent)];
      for (const accountId of [plenty, scarce]) await subscribe(parent, accountId, 'free');
      await topUp(parent, plenty, PLENTY, 24 * 3600 * 1000);
      const start = () => {
        const worker = new Worker(server.url, plenty, scarce);
        workers.push(worker);
        return worker;
      };
      const [first, second] = [start(), start()];
      await Promise.all([first.works(60), second.works(60)]);
      await first.kill();
      const third = start();
      await Promise.all([second.works(30), third.works(60)]);
      await server.kill();
      await server.start();
      await Promise.all([second.works(60), third.works(60)]);
      await Promise.all([second.kill(), third.kill()]);

      await expectInvariants(parent.dataSource);
      await expectTrue(workers.flatMap(({ told }) => told));
      expect(workers.some(({ told }) => told.some(({ outcome }) => outcome === 'QUOTA_EXCEEDED'))).toBe(true);
      // No hold is leaked: what the killed ones had open comes back with its time.
      clock.forward(601_000);
      await parent.expiry.expireHolds();
      const open = await parent.dataSource.query(
        `SELECT id FROM commercial.quota_holds WHERE status = 'open'`,
      );
      expect(open).toEqual([]);
      await expectInvariants(parent.dataSource);
    },
    TIME_LIMIT_MS,
  );

  async function expectTrue(told: readonly Told[]): Promise<void> {
    const rows: { id: string; status: string; cost: number }[] = await parent.dataSource.query(
      'SELECT id, status, cost FROM commercial.usage_logs',
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const later = new Map<string, Told>();
    for (const each of told) {
      if (each.deed !== 'consume' && each.deed !== 'hold') later.set(each.id, each);
    }
    const debits = told.filter(({ deed }) => deed === 'consume' || deed === 'hold');
    expect(debits.length).toBeGreaterThan(200);
    const wrong = debits.filter((debit) => {
      const row = byId.get(debit.id);
      if (debit.outcome === UNKNOWN) return false;
      if (debit.outcome !== 'ok') return row !== undefined;
      return !row || !fits(row, debit, later.get(debit.id));
    });
    expect(wrong).toEqual([]);
  }

  /** Where the last thing that was told of a usage was done, it is as it said; else that may be done or not. */
  function fits(row: { status: string; cost: number }, debit: Told, end: Told | undefined): boolean {
    const whole = row.cost === debit.cost;
    switch (end?.outcome === 'ok' ? end.deed : undefined) {
      case 'giveBack':
      case 'release':
        return row.status === 'released' && whole;
      case 'commit':
        return row.status === 'consumed' && row.cost === end!.cost;
      default:
        return debit.deed === 'consume' ? whole && row.status !== 'held' : row.cost <= debit.cost;
    }
  }
});
