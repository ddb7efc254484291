import { addMonths } from '../../src/time/periods.js';

/** What a plan promises, in the model's words. */
export interface ModelTerms {
  limit: number;
  overageCap: number;
  maxConcurrent: number;
}

interface Balance {
  /** Of a plan's balance its subscription and month, of any other its id. */
  name: string;
  isPlan: boolean;
  granted: number;
  used: number;
  cap: number;
  /** What of `used` was used of the balance before it. */
  carried: number;
  /** The balance in which its month goes on. */
  carriedTo: Balance | null;
  from: number;
  until: number;
  /** When its month is over, whenever its subscription is. */
  monthEnds: number;
  /** Of those that expire together, the lower is the older. */
  age: number;
}

const FRESH = { used: 0, carried: 0, carriedTo: null, age: 0 };

interface Usage {
  cost: number;
  status: 'consumed' | 'held' | 'released';
  draws: { balance: Balance; amount: number }[];
  hold: { status: 'open' | 'committed' | 'released' | 'expired'; expiresAt: number } | null;
}

/**
 * One account with one quota type, as docs/guide/quota.md describes it and as plainly as possible: no concurrency, no
 * database, everything by loops over small arrays. Outcomes are 'ok' or the code of the refusal.
 */
export class QuotaModel {
  readonly balances: Balance[] = [];
  readonly usages = new Map<string, Usage>();
  private subscribedAt: number | null = null;
  private subscriptions = 0;

  constructor(public terms: ModelTerms) {}

  get isSubscribed(): boolean {
    return this.subscribedAt !== null;
  }

  subscribe(now: number): void {
    this.subscribedAt = now;
    this.subscriptions += 1;
    const former = this.balances.findLast(({ isPlan, carriedTo }) => isPlan && carriedTo === null);
    this.makePeriod(now);
    if (!former || former.monthEnds <= now) return;
    const present = this.balances.at(-1)!;
    present.used = present.carried = former.used;
    former.carriedTo = present;
    former.until = former.from;
  }

  /** Another plan takes the place of the one in force, if there is one. */
  change(terms: ModelTerms, now: number): void {
    if (this.isSubscribed) this.endSubscription(now);
    this.terms = terms;
    this.subscribe(now);
  }

  endSubscription(now: number): void {
    this.subscribedAt = null;
    for (const balance of this.balances) {
      if (balance.isPlan && balance.until > now) balance.until = Math.max(balance.from, now);
    }
  }

  topUp(name: string, amount: number, now: number, until: number): void {
    this.add({ ...FRESH, name, isPlan: false, granted: amount, cap: 0, from: now, until, monthEnds: until });
  }

  debit(id: string, cost: number, now: number, holdUntil: number | null): string {
    if (this.lacksPeriod(now)) this.refresh(now);
    if (cost > this.fits(now) && this.dueHolds(now).length > 0) this.refresh(now);
    if (cost > this.fits(now)) return this.live(now).length > 0 ? 'QUOTA_EXCEEDED' : 'SUBSCRIPTION_REQUIRED';
    if (holdUntil !== null && this.isSubscribed && this.openHolds(now) >= this.terms.maxConcurrent) {
      return 'CONCURRENCY_LIMIT';
    }
    const hold = holdUntil === null ? null : ({ status: 'open', expiresAt: holdUntil } as const);
    this.usages.set(id, { cost, status: hold ? 'held' : 'consumed', draws: this.draw(cost, now), hold });
    return 'ok';
  }

  giveBack(id: string): boolean {
    const usage = this.usages.get(id);
    if (usage?.status !== 'consumed') return false;
    this.shrink(usage, 0);
    return true;
  }

  /** @param wanted the true cost; null for all, 0 to release */
  settle(id: string, wanted: number | null, now: number): string {
    const usage = this.usages.get(id);
    if (!usage?.hold) return 'NOT_FOUND';
    const cost = wanted ?? usage.cost;
    if (usage.hold.status !== 'open') {
      const same = cost > 0 ? usage.hold.status === 'committed' : usage.hold.status !== 'committed';
      return same ? 'ok' : 'HOLD_NOT_OPEN';
    }
    if (cost > usage.cost) return 'COST_EXCEEDS_HOLD';
    if (usage.hold.expiresAt <= now) {
      this.expire(usage);
      return cost > 0 ? 'HOLD_NOT_OPEN' : 'ok';
    }
    usage.hold.status = cost > 0 ? 'committed' : 'released';
    this.shrink(usage, cost);
    return 'ok';
  }

  /** First touch: the present period, and what expired. */
  refresh(now: number): void {
    if (this.isSubscribed) this.makePeriod(now);
    this.sweep(now);
  }

  sweep(now: number): number {
    const due = this.dueHolds(now);
    due.forEach((usage) => this.expire(usage));
    return due.length;
  }

  /** What is used, as `[kind, beginning, used]`, in any order. */
  used(): [isPlan: boolean, from: number, used: number][] {
    return this.balances.map(({ isPlan, from, used }) => [isPlan, from, used]);
  }

  private add(balance: Balance): void {
    this.balances.push({ ...balance, age: this.balances.length });
  }

  private makePeriod(now: number): void {
    const anchor = new Date(this.subscribedAt!);
    let month = 0;
    while (addMonths(anchor, month + 1).getTime() <= now) month += 1;
    const from = addMonths(anchor, month).getTime();
    const name = `${this.subscriptions} ${month}`;
    if (this.balances.some((balance) => balance.name === name)) return;
    const until = addMonths(anchor, month + 1).getTime();
    const { limit: granted, overageCap: cap } = this.terms;
    this.add({ ...FRESH, name, isPlan: true, granted, cap, from, until, monthEnds: until });
  }

  private live(now: number): Balance[] {
    return this.balances
      .filter(({ from, until }) => from <= now && until > now)
      .toSorted((a, b) => a.until - b.until || a.age - b.age);
  }

  private lacksPeriod(now: number): boolean {
    return this.isSubscribed && !this.live(now).some(({ isPlan }) => isPlan);
  }

  private fits(now: number): number {
    return this.live(now).reduce((sum, { granted, cap, used }) => sum + Math.max(0, granted + cap - used), 0);
  }

  private draw(cost: number, now: number): Usage['draws'] {
    const draws: Usage['draws'] = [];
    let need = cost;
    for (const beyond of [0, 1]) {
      for (const balance of this.live(now)) {
        const amount = Math.min(need, Math.max(0, balance.granted + beyond * balance.cap - balance.used));
        if (amount === 0) continue;
        balance.used += amount;
        need -= amount;
        draws.push({ balance, amount });
      }
    }
    return draws;
  }

  private shrink(usage: Usage, cost: number): void {
    usage.status = cost > 0 ? 'consumed' : 'released';
    let more = usage.cost - cost;
    for (const draw of usage.draws.toReversed()) {
      const part = Math.min(more, draw.amount);
      draw.balance.used -= part;
      for (let next = draw.balance.carriedTo; next; next = next.carriedTo) {
        next.used -= part;
        next.carried -= part;
      }
      more -= part;
      if (cost > 0) draw.amount -= part;
    }
    if (cost > 0) usage.cost = cost;
  }

  private expire(usage: Usage): void {
    usage.hold!.status = 'expired';
    this.shrink(usage, 0);
  }

  private dueHolds(now: number): Usage[] {
    return [...this.usages.values()].filter(({ hold }) => hold?.status === 'open' && hold.expiresAt <= now);
  }

  private openHolds(now: number): number {
    return [...this.usages.values()].filter(({ hold }) => hold?.status === 'open' && hold.expiresAt > now)
      .length;
  }
}
