import fc from 'fast-check';
import type { CommercialApp } from '../../test/support/app.js';
import { AnswerCheck, type Received } from './answers.js';
import { routesOf, type OpenApiDocument } from './document.js';
import { People } from './people.js';
import { requests, type Caller, type PlannedRequest } from './requests.js';
import { Harvest } from './harvest.js';
import { Known } from './values.js';

export interface Fault {
  route: string;
  fault: string;
  /** The first request that showed it. */
  request: string;
  times: number;
}

export interface Outcome {
  /** By route, then by status. */
  counts: Record<string, Record<number, number>>;
  faults: Fault[];
}

const LIMITS_FORGOTTEN_EVERY = 100;

/** The id of nothing. */
const NEVER = '00000000-0000-4000-8000-000000000000';

/** What a header names is one of them. */
const ORGANIZATIONS = '/organizations/';

/** Has no encoding in a URL. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Sends that many requests, the same ones for the same seed, and judges every answer. */
export async function fuzz(
  app: CommercialApp,
  document: OpenApiDocument,
  options: { seed: number; requests: number; harvest?: Harvest },
): Promise<Outcome> {
  const plan = fc.sample(requests(document, routesOf(document)), {
    seed: options.seed,
    numRuns: options.requests,
  });
  const run = new Run(app, new AnswerCheck(document), options.harvest ?? new Harvest());
  for (const [number, request] of plan.entries()) {
    // Guesses at links are limited; what lies behind the limit is to be reached too.
    if (number % LIMITS_FORGOTTEN_EVERY === 0) await app.sql('DELETE FROM commercial.rate_limits');
    await run.send(request);
  }
  return { counts: run.counts, faults: [...run.faults.values()] };
}

class Run {
  readonly counts: Outcome['counts'] = {};
  readonly faults = new Map<string, Fault>();
  private readonly people: People;

  constructor(
    private readonly app: CommercialApp,
    private readonly check: AnswerCheck,
    private readonly harvest: Harvest,
  ) {
    this.people = new People(app);
  }

  async send(request: PlannedRequest): Promise<void> {
    const { route, method, caller } = request;
    const received = await this.exchange(request);
    const ofRoute = (this.counts[route.name] ??= {});
    ofRoute[received.status] = (ofRoute[received.status] ?? 0) + 1;
    if (isSignedOut(request, received)) this.people.replace(caller);
    if (received.status < 300) this.gather(request, received);
    const fault = this.check.faultOf(route, received, method === route.method);
    if (fault) this.record(request, fault);
  }

  private async exchange(request: PlannedRequest): Promise<Received> {
    const { method, caller } = request;
    const url = this.urlOf(request);
    const body = method === 'GET' || method === 'HEAD' ? undefined : this.bodyOf(request);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(await this.people.headersOf(caller)),
        ...this.headersOf(request),
      },
      ...(body === undefined ? {} : { body }),
    });
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, text: await response.text() };
  }

  private headersOf({ headers, caller }: PlannedRequest): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        String(this.known(value, caller, ORGANIZATIONS)),
      ]),
    );
  }

  private urlOf({ route, path, query, caller }: PlannedRequest): string {
    const filled = route.path.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const before = route.path.slice(0, route.path.indexOf(whole));
      // Nothing at all would be the path of another route.
      return encoded(this.known(path[name], caller, before)) || '%20';
    });
    const search = query
      .map(([name, value]) => [name, this.known(value, caller, `${route.path}/`)] as const)
      .filter(([, value]) => value !== NEVER)
      .map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
    return `${this.app.url}${filled}${search.length > 0 ? `?${search.join('&')}` : ''}`;
  }

  private bodyOf({ body, caller, route }: PlannedRequest): string | Uint8Array<ArrayBuffer> | undefined {
    if (body === undefined) return undefined;
    return Buffer.isBuffer(body)
      ? new Uint8Array(body)
      : JSON.stringify(body, (_, value) => this.known(value, caller, route.path));
  }

  private known(value: unknown, caller: Caller, before: string): unknown {
    if (!(value instanceof Known)) return value;
    return this.harvest.find(value, this.people.nameOf(caller), before) ?? NEVER;
  }

  private gather({ route, caller }: PlannedRequest, { contentType, text }: Received): void {
    if (text === '' || !contentType.includes('json')) return;
    this.harvest.gather(this.people.nameOf(caller), route.path, text);
  }

  private record(request: PlannedRequest, fault: string): void {
    const key = `${request.route.name} ${fault.slice(0, 80)}`;
    const seen = this.faults.get(key);
    if (seen) {
      seen.times += 1;
      return;
    }
    const { method, caller, headers } = request;
    const body = Buffer.isBuffer(request.body) ? String(request.body) : JSON.stringify(request.body);
    const shown = `${caller} ${method} ${this.urlOf(request)} ${JSON.stringify(headers)} ${body ?? ''}`;
    this.faults.set(key, { route: request.route.name, fault, request: shown.slice(0, 400), times: 1 });
  }
}

/** A wrong password is a 401 too, and a forged token says nothing of the caller's own. */
function isSignedOut({ headers }: PlannedRequest, { status, text }: Received): boolean {
  return (
    status === 401 && text.includes('UNAUTHENTICATED') && !headers.authorization && !headers['x-api-key']
  );
}

/** A text that is percent-encoded already goes as it is: so do broken encodings. */
function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : String(JSON.stringify(value));
  return text.startsWith('%') ? text : encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd'));
}
