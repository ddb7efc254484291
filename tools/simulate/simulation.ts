import pLimit from 'p-limit';
import { CouponAdministration } from '../../src/billing/catalog/coupons/coupon-administration.service.js';
import { PlanAdministration } from '../../src/billing/catalog/plans/plan-administration.service.js';
import { TopupPacks } from '../../src/billing/catalog/topup-packs/topup-packs.service.js';
import { Random } from '../chaos/random.js';
import { createBookWorld } from './book/book-world.js';
import { Customer, type Deeds } from './customer.js';
import { createDatabaseWorld } from './database/database-world.js';
import { MONTHLY, PACKS, YEARLY } from './plans.js';
import { SimulatedClock } from './simulated-clock.js';
import type { Violation, World } from './world.js';

export interface Parameters {
  seed: number;
  customers: number;
  years: number;
  /**
   * Null keeps the books in memory, else they are in PostgreSQL: at this address, with the whole schema and nobody in
   * it; without one, a database of the run's own is started.
   */
  database: { url: string | null } | null;
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

/** Lives through the years day by day; the same parameters give the same deeds. */
export async function simulate(parameters: Parameters): Promise<Outcome> {
  const clock = new SimulatedClock(new Date(START));
  const { database } = parameters;
  const world = database ? await createDatabaseWorld(clock, database.url) : await createBookWorld(clock);
  try {
    return await new Simulation(world, parameters).run();
  } finally {
    await world.stop();
  }
}

class Simulation {
  private readonly deeds: Deeds = {};
  private readonly random: Random;

  constructor(
    private readonly world: World,
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
      checking = this.world.checks.day(day, touched);
      if (day % 365 === 364) await this.endOfYear(day);
    }
    await checking;
    await this.world.catchUp();
    await this.world.checks.whole(days);
    return this.outcome(days);
  }

  private async prepare(days: number): Promise<Customer[]> {
    const ids = Array.from({ length: this.parameters.customers }, (_, index) => idOf(index));
    await this.world.settleIn(ids);
    const plans = [
      ...YEARLY.map((plan) => ({ ...plan, cycle: 'yearly' as const })),
      ...MONTHLY.map((plan) => ({ ...plan, cycle: 'monthly' as const })),
    ];
    for (const { quotaLimit, code, cycle, ...terms } of plans) {
      await this.world.get(PlanAdministration).create(ids[0]!, code, cycle, {
        ...terms,
        description: '',
        quotas: [{ quotaType: 'processing_count', quotaLimit, overageCap: 0 }],
        features: {},
      });
    }
    for (const pack of PACKS) await this.world.get(TopupPacks).create(ids[0]!, pack);
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

  /** @returns the accounts that something happened to */
  private async liveThrough(day: number, customers: readonly Customer[]): Promise<string[]> {
    const before = await this.world.stirred();
    // On other days the customers' own visits have to find what fell due.
    if (this.random.chance(80)) await this.world.catchUp();
    if (this.random.below(200) === 0) await this.changeAPlan();
    if (this.random.below(60) === 0) await this.giveOutACoupon();
    const visitors = customers.filter(({ nextDay }) => nextDay <= day);
    const limit = pLimit(this.world.visitsAtOnce);
    await Promise.all(visitors.map((customer) => limit(() => customer.visit(day))));
    return [
      ...new Set([...before, ...(await this.world.stirred()), ...visitors.map(({ user }) => user.accountId)]),
    ];
  }

  /** A new price and another trial; those who have the plan move on to it at a date, or not at all. */
  private async changeAPlan(): Promise<void> {
    const { code } = this.random.pick(YEARLY);
    const priceFen = (code === 'pro-yearly' ? 80_000 : 900_000) + this.random.below(40_000);
    const now = this.world.clock.now();
    const migrateAt = this.random.chance(50) ? new Date(now.getTime() + this.random.below(400) * DAY) : null;
    const terms = { priceFen, trialDays: this.random.pick([0, 7, 14, 45]) };
    await this.world.get(PlanAdministration).createVersion(idOf(0), code, terms, migrateAt);
    this.deeds['new version of a plan'] = (this.deeds['new version of a plan'] ?? 0) + 1;
  }

  /** A part or an amount, sometimes the whole price; for all plans, limited in number and in time. */
  private async giveOutACoupon(): Promise<void> {
    const code = `COUPON-${this.world.coupons.length + 1}`;
    const percentOff = this.random.chance(60) ? this.random.pick([5, 33, 50, 100]) : null;
    await this.world.get(CouponAdministration).create(idOf(0), {
      code,
      percentOff,
      amountOffFen: percentOff === null ? 1 + this.random.below(20_000) : null,
      planCodes: null,
      maxRedemptions: this.random.chance(50) ? 1 + this.random.below(20) : null,
      startsAt: null,
      endsAt: new Date(this.world.clock.now().getTime() + this.random.below(700) * DAY),
    });
    this.world.coupons.push(code);
    this.deeds['coupon given out'] = (this.deeds['coupon given out'] ?? 0) + 1;
  }

  private async endOfYear(day: number): Promise<void> {
    await this.world.catchUp();
    await this.world.checks.whole(day);
  }

  private async outcome(days: number): Promise<Outcome> {
    const { asked: checks, violations } = this.world.checks;
    return { days, deeds: this.deeds, checks, ...(await this.world.money()), violations };
  }
}

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${(index + 1).toString(16).padStart(12, '0')}`;
}
