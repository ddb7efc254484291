import type { ConnectionOptions } from '../http/requester.js';
import { newIdempotencyKey } from '../http/idempotency-key.js';
import type { SessionSource } from '../session/session.js';
import type { Payment } from '../types.js';
import { FakeClock } from './clock.js';
import { FakeDesk, type FakeCustomer } from './desk.js';
import type { FakeOptions } from './options.js';
import { FakeProblem } from './problem.js';
import { handle, type FakeRequest } from './routes.js';

/** How the service fails, for as long as it is set. */
export type Outage = 'network' | 'unavailable' | null;

const SERVICE_KEY = 'isk_fake';
const USER_PREFIX = 'fake-user:';

/**
 * The service in memory, behind a `fetch`: the client in front of it is the real one. Its arithmetic of quota is the
 * service's (balances, months, holds, what comes back), its answers have the same form, its refusals the same codes. What
 * it has: customers, plans, quota, holds, usage, entitlements, and orders that `pay` pays. A paid plan goes on from month
 * to month as if it were renewed.
 */
export class FakeCommercial {
  readonly clock: FakeClock;
  /** What the service does wrong at present. */
  outage: Outage = null;
  /** Every request that came, oldest first. */
  readonly requests: { route: string; body: unknown; idempotencyKey: string | null }[] = [];
  private readonly desk: FakeDesk;
  private readonly answers = new Map<string, { fingerprint: string; status: number; body: unknown }>();

  constructor(options: FakeOptions = {}) {
    this.clock = new FakeClock(options.now ?? new Date());
    this.desk = new FakeDesk(options, this.clock);
  }

  /** For `createServerClient(fake.connection)`. */
  get connection(): ConnectionOptions & { serviceKey: string } {
    return {
      baseUrl: 'http://fake.invalid',
      serviceKey: SERVICE_KEY,
      fetch: this.fetch,
      retry: { baseMs: 1 },
    };
  }

  /** For `createBrowserClient(fake.signedInAs('user-1'))`. The customer is made where it isn't there. */
  signedInAs(externalId: string): ConnectionOptions & { session: SessionSource } {
    this.desk.open(externalId);
    const token = { accessToken: USER_PREFIX + externalId, expiresIn: 900 };
    const { baseUrl, fetch, retry } = this.connection;
    return { baseUrl, fetch: fetch!, retry: retry!, session: { refresh: async () => token } };
  }

  /** Puts a customer on a plan, as if it were paid. The customer is made where it isn't there. */
  subscribe(externalId: string, planCode: string): void {
    this.desk.open(externalId).ledger.subscribe(this.desk.plan(planCode));
  }

  /** Quota beside the plan, as a top-up or a promotion. */
  grant(externalId: string, quotaType: string, amount: number, until: Date): void {
    this.desk.open(externalId).ledger.grant(quotaType, amount, until.getTime());
  }

  /** The buyer pays an order. */
  pay(orderId: string): void {
    this.desk.pay(orderId);
  }

  /** The newest order of a customer. */
  lastPayment(externalId: string): Payment | undefined {
    return this.desk.paymentsOf(this.desk.open(externalId))[0];
  }

  /** As the platform's. */
  readonly fetch: typeof fetch = async (input, init = {}) => {
    init.signal?.throwIfAborted();
    if (this.outage === 'network') throw new TypeError('fetch failed');
    const request = requestOf(input, init);
    try {
      if (this.outage === 'unavailable') throw new FakeProblem('SERVICE_UNAVAILABLE');
      const { status, body } = this.answer(request);
      return status === 204 ? new Response(null, { status }) : json(status, body);
    } catch (error) {
      if (!(error instanceof FakeProblem)) throw error;
      const wait = error.retryAfterSeconds;
      return json(
        error.status,
        error.body(request.headers.get('accept-language')),
        wait === null ? {} : { 'retry-after': String(wait) },
      );
    }
  };

  private answer(request: FakeRequest): { status: number; body: unknown } {
    const { method, path, body } = request;
    const key = request.headers.get('idempotency-key');
    this.requests.push({ route: `${method} ${path}`, body, idempotencyKey: key });
    const customer = this.customerOf(request);
    if (key === null || method !== 'POST') return handle(this.desk, customer, request);
    const name = JSON.stringify([customer?.externalId, path, key]);
    const fingerprint = JSON.stringify(body);
    const known = this.answers.get(name);
    if (known && known.fingerprint !== fingerprint) throw new FakeProblem('IDEMPOTENCY_KEY_REUSED');
    if (known) return known;
    const answer = { fingerprint, ...handle(this.desk, customer, request) };
    this.answers.set(name, answer);
    return answer;
  }

  /** @returns null for a service key that acts for nobody */
  private customerOf({ headers }: FakeRequest): FakeCustomer | null {
    const token = headers.get('authorization')?.replace(/^Bearer /, '');
    if (token?.startsWith(USER_PREFIX)) return this.desk.known(token.slice(USER_PREFIX.length));
    if (headers.get('x-api-key') !== SERVICE_KEY) throw new FakeProblem('UNAUTHENTICATED');
    const named = headers.get('x-customer-id');
    return named === null ? null : this.desk.known(named);
  }
}

export function createFakeCommercial(options?: FakeOptions): FakeCommercial {
  return new FakeCommercial(options);
}

function requestOf(input: Parameters<typeof fetch>[0], init: RequestInit): FakeRequest {
  const url = new URL(input instanceof Request ? input.url : String(input));
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
  return {
    method: init.method ?? 'GET',
    path: decodeURI(url.pathname).replace(/(.)\/+$/, '$1'),
    query: url.searchParams,
    headers: new Headers(init.headers),
    body: (body ?? {}) as Record<string, unknown>,
  };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  const shared = { 'content-type': type, 'x-request-id': `fake-${newIdempotencyKey()}` };
  return new Response(JSON.stringify(body), { status, headers: { ...shared, ...headers } });
}
