import type { RetryOptions } from '../http/retry-policy.js';

/** A host's own user. */
export interface Identity {
  /** 1 to 128 of `A-Z a-z 0-9 . _ : @ -`. */
  externalId: string;
  email?: string | null;
  displayName?: string | null;
}

type Awaitable<T> = T | Promise<T>;

/** What a protected handler costs, and whom. */
export interface RequireQuotaOptions<Request> {
  /**
   * The host's user who asks; null for nobody, which is answered 401. A user whom the service doesn't know yet is made
   * there; the service key needs the scope `customers` for that.
   */
  identify: (request: Request) => Awaitable<Identity | string | null>;
  /** A whole number from 1 to 1,000,000, or a function of the request. Default 1. */
  cost?: number | ((request: Request) => Awaitable<number>);
  /** What the quota is used for, kept in the usage log; at most 255 characters. */
  resourceId?: (request: Request) => string | null;
  /**
   * Sets the cost aside instead of debiting it, within the plan's `max_concurrent`, and so survives a crash of this
   * process: a hold that nobody settles ends when its time is over.
   * - `true`: committed when the handler succeeded. The handler may have committed it before, at its true cost
   * - `'manual'`: left open past the answer, for a job that commits or releases it (`quota.commit`, `quota.release`)
   *
   * Default: debited before the handler runs, and given back if the request fails.
   */
  hold?: boolean | 'manual';
  /** How long the work may take, in seconds, before its hold ends; 900 by default, at most 604,800. */
  holdSeconds?: number;
  /**
   * What happens while the service can't be reached: `'refuse'` answers 503, `'allow'` lets the handler run without a
   * debit. Default `'refuse'`. A wrong key is no outage: it is an error in both cases.
   */
  onUnavailable?: 'refuse' | 'allow';
  /** Of the guard's own calls. Default: 3 attempts, 2 s for each, 5 s for all. */
  retry?: RetryOptions;
  /** Told what the caller isn't: an outage that was let pass, a debit that could not be settled. */
  onError?: (error: unknown, request: Request) => void;
}

export const GUARD_RETRY: RetryOptions = { attempts: 3, attemptTimeoutMs: 2_000, deadlineMs: 5_000 };

/** For settling what is done: nobody waits for it as long as for an answer. */
export const SETTLE_RETRY: RetryOptions = { attempts: 4, attemptTimeoutMs: 2_000, deadlineMs: 5_000 };
