import { errorOf, type ErrorFacts } from '../errors.js';
import { KEYED_ROUTES } from '../generated/keyed-routes.js';
import type { AnswerOf, BodyOf, PathOf, QueryOf, Route } from '../routes/routes.js';
import type { Language, Plan, Quota } from '../types.js';
import { exchange, isFault, isPassing, type Outcome, type Reading } from './exchange.js';
import { newIdempotencyKey } from './idempotency-key.js';
import { RETRY_DEFAULTS, sleep, waitMs, type RetryOptions } from './retry-policy.js';

export interface CallOptions {
  /**
   * Of the logical call, for routes that move money or quota. Default: made once and sent with every attempt. Give one of
   * your own where you may make the same call again, as after a restart.
   */
  idempotencyKey?: string;
  /** Ends the call; it then throws the signal's reason. Whether it was carried out isn't known. */
  signal?: AbortSignal;
  /** Default: as the client was made. */
  retry?: RetryOptions;
  headers?: Record<string, string>;
}

export interface ConnectionOptions {
  /** The service's address, with the prefix under which a host serves it: `https://pay.example.com/billing`. */
  baseUrl: string | URL;
  /** Default: the platform's. */
  fetch?: typeof fetch;
  /** Of the texts that people read. Default: the platform's own (in browsers the user's), or else Chinese. */
  language?: Language;
  retry?: RetryOptions;
}

export type RequestInput<R extends Route> = CallOptions & {
  query?: QueryOf<R>;
  /** Default `json`. */
  as?: Reading;
  /** Whether carrying it out twice is no different from once. Default: as the method says. */
  repeatable?: boolean;
} & ([BodyOf<R>] extends [never] ? { body?: undefined } : { body?: BodyOf<R> }) &
  (PathOf<R> extends undefined ? { path?: undefined } : { path: PathOf<R> });

/** Who calls, and what to do when the service doesn't know them. */
export interface Credentials {
  headers(): Promise<Record<string, string>> | Record<string, string>;
  /** @returns whether there are fresh ones, and the request is worth one more attempt. */
  refused?(sent: Record<string, string>): Promise<boolean>;
  credentials?: RequestCredentials;
}

/** An answer of unknown shape, in a call of unknown type. */
interface AnyInput extends CallOptions {
  path?: Record<string, string> | undefined;
  query?: object;
  body?: unknown;
  as?: Reading;
  repeatable?: boolean;
}

/** Sends requests, and sends them again where that helps and does no harm. */
export class Requester {
  /** For the plan that {@link QuotaExceededError} offers. */
  findUpgrade: ((quota: Quota) => Promise<Plan | null>) | undefined;
  private readonly base: string;

  constructor(
    private readonly options: ConnectionOptions,
    private readonly credentials: Credentials,
    private readonly extraHeaders: Record<string, string> = {},
  ) {
    this.base = new URL(options.baseUrl).href.replace(/\/+$/, '');
  }

  /** The same with further headers in each request. */
  with(headers: Record<string, string>): Requester {
    const other = new Requester(this.options, this.credentials, { ...this.extraHeaders, ...headers });
    other.findUpgrade = this.findUpgrade;
    return other;
  }

  /**
   * Any route by its name: `request('GET /payments/{orderId}', { path: { orderId } })`.
   *
   * @throws CommercialError, or the signal's reason
   */
  async request<R extends Route>(
    route: R,
    ...[input]: PathOf<R> extends undefined ? [input?: RequestInput<R>] : [input: RequestInput<R>]
  ): Promise<AnswerOf<R>> {
    return (await this.run(route, (input ?? {}) as AnyInput)) as AnswerOf<R>;
  }

  private async run(route: Route, input: AnyInput): Promise<unknown> {
    const [method, template] = route.split(' ') as [string, string];
    const isKeyed = KEYED_ROUTES.includes(route);
    const isRepeatable = input.repeatable ?? (isKeyed || !['POST', 'PATCH'].includes(method));
    const key = input.idempotencyKey ?? (isKeyed ? newIdempotencyKey() : undefined);
    const policy = { ...RETRY_DEFAULTS, ...this.options.retry, ...input.retry };
    const deadline = Date.now() + policy.deadlineMs;
    let mayBeRunning = false;
    let wasRefreshed = false;
    for (let attempt = 1; ; attempt += 1) {
      const timeoutMs = Math.min(policy.attemptTimeoutMs, Math.max(1, deadline - Date.now()));
      const { outcome, sent } = await this.attempt(method, template, input, key, timeoutMs);
      if (outcome.ok) return outcome.value;
      const facts = { ...outcome.facts, attempts: attempt };
      if (!wasRefreshed && (await this.isKnownAgain(facts, sent))) {
        wasRefreshed = true;
        continue;
      }
      const isWorthIt = isWorthRepeating(facts, isRepeatable) || (mayBeRunning && isOwnFirst(facts));
      const wait = waitMs(attempt, facts.retryAfterSeconds ?? null, policy);
      const isOver = attempt >= policy.attempts || Date.now() + wait >= deadline;
      if (!isWorthIt || isOver) throw errorOf(facts, this.findUpgrade);
      mayBeRunning ||= isOutcomeUnknown(facts);
      await sleep(wait, input.signal);
    }
  }

  private async isKnownAgain({ code }: ErrorFacts, sent: Record<string, string>): Promise<boolean> {
    return code === 'UNAUTHENTICATED' && ((await this.credentials.refused?.(sent)) ?? false);
  }

  private async attempt(
    method: string,
    template: string,
    input: AnyInput,
    key: string | undefined,
    timeoutMs: number,
  ): Promise<{ outcome: Outcome; sent: Record<string, string> }> {
    const sent = await this.credentials.headers();
    const hasBody = input.body !== undefined;
    const request = {
      url: this.base + pathOf(template, input.path) + queryOf(input.query),
      method,
      headers: {
        accept: 'application/json, application/problem+json, */*;q=0.1',
        ...(this.options.language && { 'accept-language': this.options.language }),
        ...(hasBody && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...sent,
        ...this.extraHeaders,
        ...input.headers,
      },
      body: hasBody ? JSON.stringify(input.body) : undefined,
      reading: input.as ?? 'json',
      credentials: this.credentials.credentials,
    } as const;
    // Called as a function and not as a method of ours: browsers refuse that.
    const send = this.options.fetch ?? fetch;
    return { outcome: await exchange(send, request, timeoutMs, input.signal), sent };
  }
}

/** With 429 and OVERLOADED nothing was done. */
function isWorthRepeating(facts: ErrorFacts, isRepeatable: boolean): boolean {
  return isPassing(facts) && (isRepeatable || facts.status === 429 || facts.code === 'OVERLOADED');
}

function isOutcomeUnknown(facts: ErrorFacts): boolean {
  return isFault(facts) || facts.status >= 500 || facts.status === 408;
}

/** An attempt whose answer was lost is still at work under the same key: its answer is the one that is wanted. */
function isOwnFirst({ code }: ErrorFacts): boolean {
  return code === 'IDEMPOTENCY_KEY_IN_USE';
}

function pathOf(template: string, values: Record<string, string> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name] ?? '';
    // They would make another path, and so another route.
    if (/^\.{0,2}$/.test(value)) throw new TypeError(`${name} must not be "${value}"`);
    return encodeURIComponent(value);
  });
}

function queryOf(query: object | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}
