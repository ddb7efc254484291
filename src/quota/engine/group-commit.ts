import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../problems/problem.js';
import { failureKind } from './database-failure.js';

export interface GroupCommitOptions {
  /** How many batches may be under way at once, each on a connection of its own. */
  lanes: number;
  /** How many callers a batch carries at most. */
  maxBatch: number;
  /** How many callers may wait; further ones are refused with OVERLOADED. */
  maxWaiting: number;
  /** How long the outcome of a batch whose connection was lost is looked for, in milliseconds. */
  patienceMs: number;
}

/** How a batch is carried out. */
export interface BatchWork<Request, Answer, Connection> {
  /** A connection for a lane, which keeps it until nobody waits in it any more. */
  connect(): Promise<Connection>;
  /** @param isBroken whether it had better not be used again */
  release(connection: Connection, isBroken: boolean): void;
  /** Whether others wait for a connection, so that a lane gives back its own after each batch. */
  isWanted(): boolean;
  /** Requests with the same key go through the same lane, in their order, while isBusy() stays as it is. */
  laneOf(request: Request): string;
  /**
   * Whether this process has no time to spare. Then all go through one lane: batches are larger so, and take less of its
   * time, and of the database's, for each member. Where it waits for the database, batches in parallel are quicker.
   */
  isBusy(): boolean;
  /** Two requests with the same identity never share a batch. Default: any may. */
  identityOf?(request: Request): string;
  /**
   * One transaction for all of them. Sends it before it returns for the first time.
   *
   * @param again an earlier run of it may have been committed: what is there already counts as done
   * @returns an answer for each, in the order of the requests
   */
  run(connection: Connection, batch: readonly Request[], again: boolean): Promise<readonly Answer[]>;
}

/** Nobody knows whether it was carried out: the connection went while it was committed, and the database stays away. */
export class UnknownOutcome extends Problem {
  constructor(override readonly cause: unknown) {
    super('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 });
  }
}

interface Member<Request, Answer> {
  request: Request;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

const TRANSIENT_ATTEMPTS = 20;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

/**
 * Group commit: whoever comes while a batch is under way goes with the next one, so that a commit, with its flush of
 * the log, serves as many callers as are there. There is no timer: alone, a request goes at once.
 */
export class GroupCommit<Request, Answer, Connection> {
  private readonly lanes: Lane<Request, Answer, Connection>[];
  private readonly waiting: Waiting = { count: 0 };
  private closed = false;

  constructor(
    private readonly work: BatchWork<Request, Answer, Connection>,
    private readonly options: GroupCommitOptions,
  ) {
    this.lanes = Array.from({ length: options.lanes }, () => new Lane(work, options, this.waiting));
  }

  /** @throws Problem OVERLOADED where too many wait; {@link UnknownOutcome}; whatever the database says to this member. */
  submit(request: Request): Promise<Answer> {
    if (this.closed || this.waiting.count >= this.options.maxWaiting) {
      return Promise.reject(new Problem('OVERLOADED', { retryAfterSeconds: 1 }));
    }
    return this.laneFor(request).add(request);
  }

  /** Two batches with one key meet only where this changes; they take turns by the database's locks then. */
  private laneFor(request: Request): Lane<Request, Answer, Connection> {
    const lane = this.work.isBusy() ? 0 : hash(this.work.laneOf(request)) % this.options.lanes;
    return this.lanes[lane]!;
  }

  /** How many callers have no answer yet. */
  get waitingCount(): number {
    return this.waiting.count;
  }

  /** Takes nothing more, and returns when everybody has an answer. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.lanes.map((lane) => lane.idle()));
  }
}

/** All lanes together. */
interface Waiting {
  count: number;
}

class Lane<Request, Answer, Connection> {
  private queue: Member<Request, Answer>[] = [];
  private connection: Connection | null = null;
  private working: Promise<void> | null = null;

  constructor(
    private readonly work: BatchWork<Request, Answer, Connection>,
    private readonly options: GroupCommitOptions,
    private readonly waiting: Waiting,
  ) {}

  add(request: Request): Promise<Answer> {
    this.waiting.count += 1;
    return new Promise((resolve, reject) => {
      this.queue.push({ request, resolve, reject });
      this.working ??= this.drain();
    });
  }

  idle(): Promise<void> {
    return this.working ?? Promise.resolve();
  }

  private async drain(): Promise<void> {
    // Those that this turn of the event loop still brings go along; nobody else is waited for.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) {
      const answer = await this.settle(this.nextBatch());
      // What the callers do with their answers, they do when this turn is over. By then the next batch is on its way,
      // and the database at work on it meanwhile.
      answer();
      if (this.work.isWanted()) this.disconnect(false);
    }
    this.disconnect(false);
    // In the same turn as the look at the queue: who comes later starts anew.
    this.working = null;
  }

  private disconnect(isBroken: boolean): void {
    if (this.connection) this.work.release(this.connection, isBroken);
    this.connection = null;
  }

  private nextBatch(): Member<Request, Answer>[] {
    const { identityOf } = this.work;
    if (!identityOf) return this.queue.splice(0, this.options.maxBatch);
    const identities = new Set<string>();
    const batch: Member<Request, Answer>[] = [];
    const later: Member<Request, Answer>[] = [];
    for (const member of this.queue) {
      const identity = identityOf(member.request);
      const fits = batch.length < this.options.maxBatch && !identities.has(identity);
      identities.add(identity);
      (fits ? batch : later).push(member);
    }
    this.queue = later;
    return batch;
  }

  /** @returns what answers the callers */
  private async settle(batch: readonly Member<Request, Answer>[]): Promise<() => void> {
    try {
      const answers = await this.carryOut(batch.map(({ request }) => request));
      return () => {
        this.waiting.count -= batch.length;
        batch.forEach(({ resolve }, index) => resolve(answers[index]!));
      };
    } catch (error) {
      // One of them is at fault: halves find it in a few runs, and everybody else gets what they came for.
      if (failureKind(error) === 'member' && batch.length > 1) return this.settleHalves(batch);
      return () => {
        this.waiting.count -= batch.length;
        for (const { reject } of batch) reject(error);
      };
    }
  }

  private async settleHalves(batch: readonly Member<Request, Answer>[]): Promise<() => void> {
    const middle = batch.length >> 1;
    const answer = await this.settle(batch.slice(0, middle));
    answer();
    return this.settle(batch.slice(middle));
  }

  private async carryOut(requests: readonly Request[]): Promise<readonly Answer[]> {
    let lostAt: number | null = null;
    let pause = FIRST_PAUSE_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.connection ??= await this.work.connect();
        return await this.work.run(this.connection, requests, lostAt !== null);
      } catch (error) {
        const kind = failureKind(error);
        if (kind !== 'transient' && kind !== 'member') this.disconnect(true);
        if (kind === 'transient' && attempt < TRANSIENT_ATTEMPTS) continue;
        // Only where nothing was ever sent is the outcome of a request that didn't get through known.
        if (kind !== 'lost' && !(kind === 'unreached' && lostAt !== null)) throw error;
        lostAt ??= performance.now();
        if (performance.now() - lostAt > this.options.patienceMs) throw new UnknownOutcome(error);
        await delay(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  }
}

/** FNV-1a (draft-eastlake-fnv): cheap, and even enough to spread accounts over lanes. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
