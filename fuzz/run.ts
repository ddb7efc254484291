import fc from 'fast-check';
import type { CommercialApp } from '../test/support/app.js';
import { AnswerCheck, type Received } from './answers.js';
import { routesOf, type OpenApiDocument, type Route } from './document.js';
import { People } from './people.js';
import { requests, type PlannedRequest } from './requests.js';
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

const HARVEST_LIMIT = 200;
const LIMITS_FORGOTTEN_EVERY = 100;

/** Has no encoding in a URL. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Sends that many requests, the same ones for the same seed, and judges every answer. */
export async function fuzz(
  app: CommercialApp,
  document: OpenApiDocument,
  options: { seed: number; requests: number },
): Promise<Outcome> {
  const plan = fc.sample(requests(document, routesOf(document)), {
    seed: options.seed,
    numRuns: options.requests,
  });
  const run = new Run(app, new AnswerCheck(document));
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
  private readonly harvest = new Map<string, string[]>();

  constructor(
    private readonly app: CommercialApp,
    private readonly check: AnswerCheck,
  ) {
    this.people = new People(app);
  }

  async send(request: PlannedRequest): Promise<void> {
    const { route, method, caller } = request;
    const received = await this.exchange(request);
    const ofRoute = (this.counts[route.name] ??= {});
    ofRoute[received.status] = (ofRoute[received.status] ?? 0) + 1;
    if (received.status === 401) this.people.replace(caller);
    if (received.status < 300) this.gather(route, received);
    const fault = this.check.faultOf(route, received, method === route.method);
    if (fault) this.record(request, fault);
  }

  private async exchange(request: PlannedRequest): Promise<Received> {
    const { method, caller } = request;
    const url = this.urlOf(request);
    const body = method === 'GET' || method === 'HEAD' ? undefined : this.bodyOf(request.body);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(await this.people.headersOf(caller)),
        ...request.headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, text: await response.text() };
  }

  private urlOf({ route, path, query }: PlannedRequest): string {
    const filled = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      // Nothing at all would be the path of another route.
      return encoded(this.known(path[name], collectionOf(route))) || '%20';
    });
    const search = query.map(([name, value]) => `${encoded(name)}=${encoded(this.known(value))}`).join('&');
    return `${this.app.url}${filled}${search ? `?${search}` : ''}`;
  }

  private bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> | undefined {
    if (body === undefined) return undefined;
    return Buffer.isBuffer(body)
      ? new Uint8Array(body)
      : JSON.stringify(body, (_, value) => this.known(value));
  }

  /** @param collection where the value is an id in a path: of what kind */
  private known(value: unknown, collection = ''): unknown {
    if (!(value instanceof Known)) return value;
    const values = this.harvest.get(`${collection}${value.name}`) ?? this.harvest.get(value.name) ?? [];
    return values[value.pick % values.length] ?? '00000000-0000-4000-8000-000000000000';
  }

  /** Ids and tokens of answers, for later requests. */
  private gather(route: Route, { contentType, text }: Received): void {
    if (text === '' || !contentType.includes('json')) return;
    JSON.parse(text, (name, value: unknown) => {
      if (typeof value === 'string' && /id$|^refreshToken$|^nextCursor$|^email$/i.test(name))
        for (const kind of ['', collectionOf(route)]) this.keep(kind, name, value);
      return value;
    });
  }

  private keep(kind: string, name: string, value: string): void {
    const key = `${kind}${name === 'nextCursor' ? 'cursor' : name}`;
    const values = this.harvest.get(key) ?? [];
    if (values.includes(value)) return;
    values.push(value);
    if (values.length > HARVEST_LIMIT) values.shift();
    this.harvest.set(key, values);
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

/** `/organizations/` for every route below it: its ids are of that kind, where `id` alone could be anybody's. */
function collectionOf({ path }: Route): string {
  return /^\/(?:admin\/)?[^/]+\//.exec(`${path}/`)![0];
}

/** A text that is percent-encoded already goes as it is: so do broken encodings. */
function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : String(JSON.stringify(value));
  return text.startsWith('%') ? text : encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd'));
}
