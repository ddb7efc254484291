import { ACCOUNTS, idOf } from './accounts.js';
import type { Cluster } from './cluster.js';
import { startContestants, type Contestants, type Debit } from './contestants.js';
import { byTurns, load, type Contestant, type Load } from './load.js';
import type { Effort } from './effort.js';

const CALLERS = 256;

type Debits = Record<'floor' | 'typeorm' | 'engine', Contestant>;

export interface ConsumeFigures {
  /** Over {@link ACCOUNTS} accounts. Ratio of debits per second, engine to floor. */
  spread: { ratio: number; p99Ratio: number; typeormRatio: number; raw: Debits };
  hot: { ratio: number; p99Ratio: number; typeormRatio: number; raw: Debits };
  /** One caller. Ratio of median times, engine to floor. */
  alone: { ratio: number; raw: Debits & { roundTrip: Contestant } };
}

export async function measureConsume(cluster: Cluster, effort: Effort): Promise<ConsumeFigures> {
  const contestants = await startContestants(cluster);
  const anyone = () => idOf(Math.floor(Math.random() * ACCOUNTS));
  try {
    return {
      spread: compare(await crowd(contestants, effort, anyone)),
      hot: compare(await crowd(contestants, effort, () => idOf(1))),
      alone: await alone(contestants, effort, anyone),
    };
  } finally {
    await contestants.close();
  }
}

function crowd({ floor, typeorm, engine }: Contestants, effort: Effort, pick: () => string): Promise<Debits> {
  const round = (debit: Debit) => () => load(CALLERS, effort.seconds, () => debit(pick()));
  return warm(effort, { floor: round(floor), typeorm: round(typeorm), engine: round(engine) });
}

async function alone(contestants: Contestants, effort: Effort, pick: () => string) {
  const round = (debit: Debit) => () => load(1, effort.seconds, () => debit(pick()));
  const { floor, typeorm, engine, roundTrip } = contestants;
  const raw = await warm(effort, {
    floor: round(floor),
    typeorm: round(typeorm),
    engine: round(engine),
    roundTrip: round(roundTrip),
  });
  return { ratio: raw.engine.toFirst.p50, raw };
}

/** The first turn opens connections, prepares statements and compiles; it isn't counted. */
async function warm<Name extends string>(
  effort: Effort,
  contestants: Record<Name, () => Promise<Load>>,
): Promise<Record<Name, Contestant>> {
  await byTurns(1, contestants);
  return byTurns(effort.rounds, contestants);
}

function compare(raw: Debits) {
  const { perSecond, p99 } = raw.engine.toFirst;
  return { ratio: perSecond, p99Ratio: p99, typeormRatio: perSecond / raw.typeorm.toFirst.perSecond, raw };
}
