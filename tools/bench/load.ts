/** What a round of load measured. Times in milliseconds. */
export interface Load {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Callers that each call again as soon as they have their answer, for so many seconds. */
export async function load(
  callers: number,
  seconds: number,
  call: (caller: number) => Promise<unknown>,
): Promise<Load> {
  const times: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  const caller = async (number: number) => {
    for (let before = performance.now(); before < end;) {
      await call(number);
      const after = performance.now();
      times.push(after - before);
      before = after;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, number) => caller(number)));
  return summary(times, performance.now() - start);
}

/** Callers that work off a list, each taking the next piece as soon as it is done with one. */
export async function drain<Item>(
  callers: number,
  items: readonly Item[],
  call: (item: Item) => Promise<unknown>,
): Promise<Load> {
  const times: number[] = [];
  const start = performance.now();
  let next = 0;
  const caller = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      const before = performance.now();
      await call(item);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return summary(times, performance.now() - start);
}

export function summary(times: readonly number[], elapsed: number): Load {
  const sorted = Float64Array.from(times).sort();
  const quantile = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
  return { perSecond: (times.length / elapsed) * 1000, p50: quantile(0.5), p99: quantile(0.99) };
}

export interface Contestant extends Load {
  /** Each figure as a ratio to the first contestant's of the same turn, median. */
  toFirst: Load;
}

/**
 * Runs the contestants by turns, A B C A B C …, so that a machine that is slow for a while is so for all of them. That is
 * also why they are compared within each turn.
 *
 * @returns each one's medians
 */
export async function byTurns<Name extends string>(
  rounds: number,
  contestants: Record<Name, () => Promise<Load>>,
): Promise<Record<Name, Contestant>> {
  const names = Object.keys(contestants) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Load[]])) as Record<Name, Load[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await contestants[name]());
  }
  const first = results[names[0]!];
  return Object.fromEntries(
    names.map((name) => {
      const toFirst = results[name].map((load, round) => over(load, first[round]!));
      return [name, { ...medians(results[name]), toFirst: medians(toFirst) }];
    }),
  ) as Record<Name, Contestant>;
}

function over(a: Load, b: Load): Load {
  return { perSecond: a.perSecond / b.perSecond, p50: a.p50 / b.p50, p99: a.p99 / b.p99 };
}

function medians(rounds: readonly Load[]): Load {
  return {
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
