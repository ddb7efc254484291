import type { Plan, ProblemCode, Quota } from './types.js';

/** Codes that the client itself gives, for what never came from the service as a problem. */
export type ClientCode = 'NETWORK_FAILED' | 'TIMED_OUT' | 'UNEXPECTED_ANSWER';

/** A code of the service's closed list, one of the client's own, or one that a later service has added. */
export type ErrorCode = ProblemCode | ClientCode | (string & {});

export interface FieldError {
  /** A dotted path into the input: `password`, `items.0.name`. */
  field: string;
  message: string;
}

export interface ErrorFacts {
  code: ErrorCode;
  /** The status of the answer; 0 where none came. */
  status: number;
  title?: string;
  detail?: string;
  errors?: readonly FieldError[];
  /** The problem document as it came; null where it was none. */
  problem?: Readonly<Record<string, unknown>> | null;
  requestId?: string | null;
  retryAfterSeconds?: number | null;
  /** How often the request was sent. */
  attempts?: number;
  cause?: unknown;
}

/** What a call throws. Narrow it by `instanceof`, or by `code`. */
export class CommercialError extends Error {
  override readonly name: string = 'CommercialError';
  readonly code: ErrorCode;
  /** The status of the answer; 0 where none came. */
  readonly status: number;
  /** The kind of error, for people, in the language that the client asks for. */
  readonly title: string;
  /** What happened, for people, in the language that the client asks for. */
  readonly detail: string;
  /** The service's id of the request, for its operators. */
  readonly requestId: string | null;
  /** When to ask again; null where the service didn't say. */
  readonly retryAfterSeconds: number | null;
  /** How often the request was sent. */
  readonly attempts: number;
  /** The problem document as it came; null where it was none. */
  readonly problem: Readonly<Record<string, unknown>> | null;

  constructor(facts: ErrorFacts) {
    const title = facts.title ?? facts.code;
    super(
      `${facts.code}: ${facts.detail ?? title}`,
      facts.cause === undefined ? undefined : { cause: facts.cause },
    );
    this.code = facts.code;
    this.status = facts.status;
    this.title = title;
    this.detail = facts.detail ?? title;
    this.requestId = facts.requestId ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
    this.attempts = facts.attempts ?? 1;
    this.problem = facts.problem ?? null;
  }
}

/** 402: the account has a plan, and not enough is left. */
export class QuotaExceededError extends CommercialError {
  override readonly name = 'QuotaExceededError';
  /** What the account has; null where the API key's own cap is used up. */
  readonly quota: Quota | null;
  /** Private, so that who logs the error sees facts only. */
  readonly #findUpgrade: (quota: Quota) => Promise<Plan | null>;

  constructor(facts: ErrorFacts, findUpgrade: (quota: Quota) => Promise<Plan | null> = async () => null) {
    super(facts);
    this.quota = (facts.problem?.['quota'] as Quota | undefined) ?? null;
    this.#findUpgrade = findUpgrade;
  }

  /**
   * The cheapest plan on sale that grants more of this quota, by GET /plans, which the client remembers for ten minutes.
   * Null where none does, and where the service can't be asked.
   */
  upgrade(): Promise<Plan | null> {
    return this.quota ? this.#findUpgrade(this.quota) : Promise.resolve(null);
  }
}

/** 402: the account has no plan and no other quota of this type. */
export class SubscriptionRequiredError extends CommercialError {
  override readonly name = 'SubscriptionRequiredError';
}

/** 400: the input isn't valid. */
export class ValidationError extends CommercialError {
  override readonly name = 'ValidationError';
  readonly errors: readonly FieldError[];

  constructor(facts: ErrorFacts) {
    super(facts);
    this.errors = facts.errors ?? [];
  }
}

/** 401: not signed in, or the key isn't valid any more. */
export class UnauthenticatedError extends CommercialError {
  override readonly name = 'UnauthenticatedError';
}

/** 403 */
export class ForbiddenError extends CommercialError {
  override readonly name = 'ForbiddenError';
}

/** 404 */
export class NotFoundError extends CommercialError {
  override readonly name = 'NotFoundError';
}

/** 409 and 422: it isn't possible as things stand. */
export class ConflictError extends CommercialError {
  override readonly name = 'ConflictError';
}

/** 429: too much at once or too often; see `retryAfterSeconds`. */
export class RateLimitedError extends CommercialError {
  override readonly name = 'RateLimitedError';
}

/**
 * No usable answer: the network failed, time ran out, or the service answered 408, 5xx or something that isn't its own.
 * Whether the request was carried out isn't known; with the same Idempotency-Key it can be asked again.
 */
export class UnavailableError extends CommercialError {
  override readonly name = 'UnavailableError';
}

const BY_CODE: Readonly<Record<string, new (facts: ErrorFacts) => CommercialError>> = {
  QUOTA_EXCEEDED: QuotaExceededError,
  KEY_QUOTA_EXCEEDED: QuotaExceededError,
  SUBSCRIPTION_REQUIRED: SubscriptionRequiredError,
};

const BY_STATUS: Readonly<Record<number, new (facts: ErrorFacts) => CommercialError>> = {
  400: ValidationError,
  401: UnauthenticatedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  422: ConflictError,
  429: RateLimitedError,
};

/** The error of a problem, by its code, or else by its status. */
export function errorOf(
  facts: ErrorFacts,
  findUpgrade?: (quota: Quota) => Promise<Plan | null>,
): CommercialError {
  if (isUnavailable(facts)) return new UnavailableError(facts);
  const kind = BY_CODE[facts.code] ?? BY_STATUS[facts.status] ?? CommercialError;
  return kind === QuotaExceededError ? new QuotaExceededError(facts, findUpgrade) : new kind(facts);
}

/** What isn't a problem document didn't come from the service, whatever its status: a 404 of a proxy says nothing. */
function isUnavailable({ code, status }: ErrorFacts): boolean {
  if (status === 0 || status === 408 || status >= 500) return true;
  return code === 'UNEXPECTED_ANSWER' && status !== 429;
}
