import pLimit from 'p-limit';
import { Janitor } from '../src/billing/checks/janitor.service.js';
import { PlanAdministration } from '../src/billing/plans/plan-administration.service.js';
import { PlansService } from '../src/billing/plans/plans.service.js';
import { SubscriptionDue } from '../src/billing/subscriptions/subscription-due.js';
import { Random } from '../test/chaos/random.js';
import { Checks, type Violation } from './checks.js';
import { Customer, type Deeds } from './customer.js';
import { YEARLY } from './plans.js';
import { SimulatedClock } from './simulated-clock.js';
import { createWorld, type World } from './world.js';

export interface Parameters {
  seed: number;
  customers: number;
  years: number;
  /** A database with the whole schema, and nobody in it; null starts one. */
  databaseUrl: string | null;
}

export interface Outcome {
  days: number;
  deeds: Deeds;
  /** How often it was asked whether a sentence about the books holds. */
  checks: number;
  /** In fen: what came in, and what went back. */
  paidFen: number;
  refundedFen: number;
  violations: readonly Violation[];
}

const DAY = 86_400_000;
/** The last of a long month, so that anchors of every kind occur. */
const START = Date.parse('2027-01-31T01:00:00Z');
const VISITS_AT_ONCE = 6;

/** Lives through the years day by day; the same parameters give the same deeds. */
export async function simulate(parameters: Parameters): Promise<Outcome> {
  const clock = new SimulatedClock(new Date(START));
  const world = await createWorld(clock, parameters.databaseUrl);
  const checks = await Checks.connect(world.url);
  try {
    return await new Simulation(world, checks, parameters).run();
  } finally {
    await checks.close();
    await world.stop();
  }
}

class Simulation {
  private readonly deeds: Deeds = {};
  private readonly random: Random;

  constructor(
    private readonly world: World,
    private readonly checks: Checks,
    private readonly parameters: Parameters,
  ) {
    this.random = new Random(parameters.seed);
  }

  async run(): Promise<Outcome> {
    const days = Math.round(this.parameters.years * 365.25);
    const customers = await this.prepare(days);
    let checking: Promise<void> = Promise.resolve();
    for (let day = 0; day < days; day += 1) {
      // At another hour each day, so that periods end before, at and after the look at what is due.
      this.world.clock.set(new Date(START + day * DAY + this.random.below(DAY)));
      const touched = await this.liveThrough(day, customers);
      await checking;
      checking = this.checks.day(day, touched);
      if (day % 365 === 364) await this.endOfYear(day);
    }
    await checking;
    await this.catchUp();
    await this.checks.whole(days, this.world.clock.now());
    return this.outcome(days);
  }

  private async prepare(days: number): Promise<Customer[]> {
    await this.world.get(PlansService).seed();
    const [first] = await this.makeUsers();
    for (const { quotaLimit, code, ...terms } of YEARLY) {
      await this.world.get(PlanAdministration).create(first!, code, 'yearly', {
        ...terms,
        description: '',
        quotas: [{ quotaType: 'processing_count', quotaLimit, overageCap: 0 }],
        features: {},
        trialDays: 0,
      });
    }
    return Array.from({ length: this.parameters.customers }, (_, index) => this.customer(index, days));
  }

  private customer(index: number, days: number): Customer {
    const id = idOf(index);
    const user = {
      id,
      accountId: id,
      accountRole: null,
      role: 'user',
      via: 'token',
      sessionId: null,
      apiKeyId: null,
      scopes: null,
    } as const;
    const random = new Random(this.parameters.seed * 1_000_003 + index);
    return new Customer(user, this.world, random, this.deeds, days);
  }

  /** Without passwords: nobody signs in, and hashing them would take most of the time. */
  private async makeUsers(): Promise<string[]> {
    const ids = Array.from({ length: this.parameters.customers }, (_, index) => idOf(index));
    const at = this.world.clock.now();
    await this.world.dataSource.query(
      `WITH made AS (INSERT INTO commercial.accounts (id, kind, created_at)
         SELECT id, 'personal', $2 FROM unnest($1::uuid[]) id RETURNING id)
       INSERT INTO commercial.users (id, email, password_hash, role, locale, personal_account_id, created_at)
       SELECT id, id || '@example.com', '', 'user', 'zh-CN', id, $2 FROM made`,
      [ids, at],
    );
    return ids;
  }

  /** @returns the accounts that something happened to */
  private async liveThrough(day: number, customers: readonly Customer[]): Promise<string[]> {
    const due = await this.due();
    // On other days the customers' own visits have to find what fell due.
    if (this.random.chance(80)) await this.catchUp();
    if (this.random.below(200) === 0) await this.changeAPlan();
    const visitors = customers.filter(({ nextDay }) => nextDay <= day);
    const limit = pLimit(VISITS_AT_ONCE);
    await Promise.all(visitors.map((customer) => limit(() => customer.visit(day))));
    return [...new Set([...due, ...visitors.map(({ user }) => user.accountId)])];
  }

  private async due(): Promise<string[]> {
    const rows: { account_id: string }[] = await this.world.dataSource.query(
      `SELECT account_id FROM commercial.subscriptions WHERE status = 'active' AND due_at <= $1
       UNION SELECT account_id FROM commercial.payment_transactions WHERE check_at <= $1`,
      [this.world.clock.now()],
    );
    return rows.map((row) => row.account_id);
  }

  private async catchUp(): Promise<void> {
    await this.world.get(SubscriptionDue).runDue();
    await this.world.get(Janitor).runDue();
  }

  /** A new price; those who have the plan move on to it at a date, or not at all. */
  private async changeAPlan(): Promise<void> {
    const { code } = this.random.pick(YEARLY);
    const priceFen = (code === 'pro-yearly' ? 80_000 : 900_000) + this.random.below(40_000);
    const now = this.world.clock.now();
    const migrateAt = this.random.chance(50) ? new Date(now.getTime() + this.random.below(400) * DAY) : null;
    await this.world.get(PlanAdministration).createVersion(idOf(0), code, { priceFen }, migrateAt);
    this.deeds['new version of a plan'] = (this.deeds['new version of a plan'] ?? 0) + 1;
  }

  private async endOfYear(day: number): Promise<void> {
    await this.catchUp();
    await this.checks.whole(day, this.world.clock.now());
    await this.world.dataSource.query('ANALYZE');
  }

  private async outcome(days: number): Promise<Outcome> {
    const [sums]: { paid: string; refunded: string }[] = await this.world.dataSource.query(
      `SELECT coalesce(sum(amount_fen), 0) AS paid, coalesce(sum(refunded_fen), 0) AS refunded
       FROM commercial.payment_transactions WHERE paid_at IS NOT NULL`,
    );
    const { asked: checks, violations } = this.checks;
    const [paidFen, refundedFen] = [Number(sums!.paid), Number(sums!.refunded)];
    return { days, deeds: this.deeds, checks, paidFen, refundedFen, violations };
  }
}

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${(index + 1).toString(16).padStart(12, '0')}`;
}
