import type { CallOptions, Requester } from '../http/requester.js';
import type {
  CheckInput,
  Consumption,
  ConsumeInput,
  HoldAnswer,
  HoldInput,
  HoldSettlement,
  Quota,
  QuotaCheck,
} from '../types.js';

/** A hold in the hands of the work that it is for. */
export interface Hold extends HoldAnswer {
  /** How much {@link QuotaApi.withHold} commits in the end; set it where the work turns out to cost less. */
  commitCost: number | undefined;
}

/** What may be used, and using it. */
export class QuotaApi {
  constructor(private readonly requester: Requester) {}

  /** Every quota type that the account has at present. */
  async list(options?: CallOptions): Promise<Quota[]> {
    return (await this.requester.request('GET /quota', options)).items;
  }

  /** Whether enough is left, without using it. */
  check(input: CheckInput, options?: CallOptions): Promise<QuotaCheck> {
    return this.requester.request('POST /quota/check', { ...options, body: input, repeatable: true });
  }

  /** @throws QuotaExceededError, SubscriptionRequiredError, and others */
  consume(input: ConsumeInput, options?: CallOptions): Promise<Consumption> {
    return this.requester.request('POST /quota/consume', { ...options, body: input });
  }

  /** @throws as {@link consume}, and RateLimitedError (`CONCURRENCY_LIMIT`) */
  hold(input: HoldInput, options?: CallOptions): Promise<HoldAnswer> {
    return this.requester.request('POST /quota/holds', { ...options, body: input });
  }

  /** @param cost what it cost in the end, at most what is held; all of it by default */
  commit(holdId: string, cost?: number, options?: CallOptions): Promise<HoldSettlement> {
    return this.requester.request('POST /quota/holds/{holdId}/commit', {
      ...options,
      path: { holdId },
      body: cost === undefined ? {} : { cost },
    });
  }

  release(holdId: string, options?: CallOptions): Promise<HoldSettlement> {
    return this.requester.request('POST /quota/holds/{holdId}/release', { ...options, path: { holdId } });
  }

  /**
   * Holds, runs the work, and commits; where the work throws, releases and throws the same. A release that fails as well
   * is not reported: the hold ends when its time is over (`ttlSeconds`, 900 by default).
   *
   * @returns what the work returned
   * @throws what the work throws, and what holding and committing throw
   */
  async withHold<Result>(
    input: HoldInput,
    work: (hold: Hold) => Result | Promise<Result>,
    { idempotencyKey, ...options }: CallOptions = {},
  ): Promise<Result> {
    const made = await this.hold(
      input,
      idempotencyKey === undefined ? options : { ...options, idempotencyKey },
    );
    const hold: Hold = { ...made, commitCost: undefined };
    // What was begun is settled even where the caller has lost interest.
    const { signal: _signal, ...settling } = options;
    let result: Result;
    try {
      result = await work(hold);
    } catch (error) {
      await this.release(hold.holdId, settling).catch(() => undefined);
      throw error;
    }
    await this.commit(hold.holdId, hold.commitCost, settling);
    return result;
  }
}
