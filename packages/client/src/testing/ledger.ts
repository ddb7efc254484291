import type { Plan, Quota } from '../types.js';
import { FakeProblem } from './problem.js';
import { monthAt } from './months.js';

interface Balance {
  quotaType: string;
  /** The plan's own come and go with its months. */
  isPlan: boolean;
  granted: number;
  used: number;
  from: number;
  until: number;
  /** Of those that expire together, the lower is drawn on first. */
  age: number;
}

export interface LedgerUsage {
  id: string;
  resourceType: string;
  resourceId: string | null;
  quotaType: string;
  cost: number;
  status: 'consumed' | 'held' | 'released';
  createdAt: number;
  draws: { balance: Balance; amount: number }[];
  hold: { status: 'open' | 'committed' | 'released' | 'expired'; expiresAt: number } | null;
}

export interface DebitWish {
  id: string;
  resourceType: string;
  resourceId: string | null;
  quotaType: string;
  cost: number;
  /** For a hold. */
  expiresAt: number | null;
}

const DAY_MS = 86_400_000;
const LONGEST_WAIT_SECONDS = 30;

/** One account's quota, by the service's rules: docs/guide/quota.md. */
export class Ledger {
  readonly usages: LedgerUsage[] = [];
  private readonly balances: Balance[] = [];
  private plan: { plan: Plan; since: number } | null = null;

  constructor(private readonly now: () => number) {}

  get subscription(): { plan: Plan; start: number; end: number; since: number } | null {
    return this.plan && { ...this.plan, ...monthAt(this.plan.since, this.now()) };
  }

  /** The month's used units go along, as far as the new plan grants them. */
  subscribe(plan: Plan): void {
    const now = this.now();
    this.refresh();
    const used = new Map<string, number>();
    for (const balance of this.live()) {
      if (!balance.isPlan) continue;
      used.set(balance.quotaType, (used.get(balance.quotaType) ?? 0) + balance.used);
      balance.until = now;
    }
    this.plan = { plan, since: now };
    this.refresh();
    for (const balance of this.live()) {
      if (balance.isPlan) balance.used = Math.min(balance.granted, used.get(balance.quotaType) ?? 0);
    }
  }

  grant(quotaType: string, granted: number, until: number): void {
    this.add({ quotaType, isPlan: false, granted, used: 0, from: this.now(), until });
  }

  states(): Quota[] {
    this.refresh();
    const types = [...new Set(this.live().map(({ quotaType }) => quotaType))].sort();
    return types.map((quotaType) => this.state(quotaType)!);
  }

  /** @returns null where the account has nothing of that type */
  state(quotaType: string): Quota | null {
    const live = this.live().filter((balance) => balance.quotaType === quotaType);
    if (live.length === 0) return null;
    const sum = (of: (balance: Balance) => number) => live.reduce((total, balance) => total + of(balance), 0);
    const ends = (live.some(({ isPlan }) => isPlan) ? live.filter(({ isPlan }) => isPlan) : live).map(
      ({ until }) => until,
    );
    return {
      quotaType,
      used: sum(({ used }) => used),
      limit: sum(({ granted }) => granted),
      remaining: sum(({ granted, used }) => Math.max(0, granted - used)),
      resetsAt: new Date(Math.min(...ends)).toISOString(),
    };
  }

  check(quotaType: string, cost: number): { allowed: boolean; quota: Quota } {
    this.refresh();
    const quota = this.state(quotaType);
    if (!quota) throw new FakeProblem('SUBSCRIPTION_REQUIRED');
    return { allowed: cost <= quota.remaining, quota };
  }

  /** @throws FakeProblem SUBSCRIPTION_REQUIRED, QUOTA_EXCEEDED, CONCURRENCY_LIMIT */
  debit({ expiresAt, ...wish }: DebitWish): Quota {
    // As the service: a hold whose time is over counts until somebody looks, or needs what it holds.
    if (this.lacksPeriod() || wish.cost > (this.state(wish.quotaType)?.remaining ?? 0)) this.refresh();
    const quota = this.state(wish.quotaType);
    if (!quota) throw new FakeProblem('SUBSCRIPTION_REQUIRED');
    if (wish.cost > quota.remaining) {
      const { used, limit, resetsAt } = quota;
      throw new FakeProblem('QUOTA_EXCEEDED', { used, limit, cost: wish.cost, resetsAt }, { quota });
    }
    if (expiresAt !== null) this.requirePlace();
    this.usages.push({
      ...wish,
      status: expiresAt === null ? 'consumed' : 'held',
      createdAt: this.now(),
      draws: this.draw(wish.quotaType, wish.cost),
      hold: expiresAt === null ? null : { status: 'open', expiresAt },
    });
    return this.state(wish.quotaType)!;
  }

  /** @param wanted the true cost; null for all that is held, 0 to release. @throws FakeProblem */
  settle(id: string, wanted: number | null): LedgerUsage {
    const usage = this.usages.find((candidate) => candidate.id === id);
    if (!usage?.hold) throw FakeProblem.missing('hold');
    const cost = wanted ?? usage.cost;
    const { hold } = usage;
    if (hold.status === 'open' && cost > usage.cost) throw new FakeProblem('COST_EXCEEDS_HOLD', { cost });
    if (hold.status === 'open' && hold.expiresAt <= this.now()) this.expire(usage);
    if (hold.status !== 'open') {
      const isSame = cost > 0 ? hold.status === 'committed' : hold.status !== 'committed';
      if (isSame) return usage;
      throw new FakeProblem('HOLD_NOT_OPEN', { status: hold.status });
    }
    hold.status = cost > 0 ? 'committed' : 'released';
    this.shrink(usage, cost);
    return usage;
  }

  /** Gives a consume of the last 24 hours back. @throws FakeProblem NOT_FOUND, USAGE_NOT_RELEASABLE */
  giveBack(id: string): LedgerUsage {
    const usage = this.usages.find((candidate) => candidate.id === id);
    if (!usage) throw FakeProblem.missing('usage');
    const isRecent = this.now() - usage.createdAt < DAY_MS;
    if (usage.status !== 'consumed' || usage.hold || !isRecent) {
      throw new FakeProblem('USAGE_NOT_RELEASABLE', { status: usage.status });
    }
    this.shrink(usage, 0);
    return usage;
  }

  /** The present month's balances, and holds whose time is over. */
  private refresh(): void {
    const now = this.now();
    for (const usage of this.usages) {
      if (usage.hold?.status === 'open' && usage.hold.expiresAt <= now) this.expire(usage);
    }
    if (!this.plan || !this.lacksPeriod()) return;
    const { start, end } = monthAt(this.plan.since, now);
    for (const { quotaType, quotaLimit } of this.plan.plan.quotas) {
      this.add({ quotaType, isPlan: true, granted: quotaLimit, used: 0, from: start, until: end });
    }
  }

  private lacksPeriod(): boolean {
    return this.plan !== null && !this.live().some(({ isPlan }) => isPlan);
  }

  private add(balance: Omit<Balance, 'age'>): void {
    this.balances.push({ ...balance, age: this.balances.length });
  }

  private live(): Balance[] {
    const now = this.now();
    return this.balances
      .filter(({ from, until }) => from <= now && until > now)
      .sort((a, b) => a.until - b.until || a.age - b.age);
  }

  private draw(quotaType: string, cost: number): LedgerUsage['draws'] {
    let need = cost;
    const draws: LedgerUsage['draws'] = [];
    for (const balance of this.live()) {
      const amount = Math.min(need, balance.granted - balance.used);
      if (balance.quotaType !== quotaType || amount <= 0) continue;
      balance.used += amount;
      need -= amount;
      draws.push({ balance, amount });
    }
    return draws;
  }

  /** What comes back goes to where it was drawn, the last first. */
  private shrink(usage: LedgerUsage, cost: number): void {
    let back = usage.cost - cost;
    for (const draw of usage.draws.toReversed()) {
      const amount = Math.min(back, draw.amount);
      draw.balance.used -= amount;
      draw.amount -= amount;
      back -= amount;
    }
    usage.status = cost > 0 ? 'consumed' : 'released';
    if (cost > 0) usage.cost = cost;
  }

  private expire(usage: LedgerUsage): void {
    usage.hold!.status = 'expired';
    this.shrink(usage, 0);
  }

  /** @throws FakeProblem CONCURRENCY_LIMIT */
  private requirePlace(): void {
    const most = this.plan?.plan.features['max_concurrent'];
    const now = this.now();
    const open = this.usages.flatMap(({ hold }) =>
      hold?.status === 'open' && hold.expiresAt > now ? [hold.expiresAt] : [],
    );
    if (typeof most !== 'number' || open.length < most) return;
    const wait = Math.ceil((Math.min(...open) - now) / 1000);
    const seconds = Math.max(1, Math.min(wait, LONGEST_WAIT_SECONDS));
    throw new FakeProblem('CONCURRENCY_LIMIT', { seconds }, {}, seconds);
  }
}
