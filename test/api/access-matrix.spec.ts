import { readFileSync, writeFileSync } from 'node:fs';
import { Controller, Get, Module, SetMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ACCESS_RULE, type AccessRule } from '../../src/auth/access/access-rule.js';
import { Access } from '../../src/auth/access/access.decorator.js';
import { SCOPES, type Scope } from '../../src/auth/identity/caller/scopes.js';
import {
  administrator,
  buy,
  consume,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { until } from '../support/embedded-process.js';
import type { Answer, Call } from '../support/http-client.js';
import { routesOf, type Route } from '../support/routes.js';
import { makeCustomer, startService } from '../support/service.js';

const MATRIX = 'docs/access-matrix.md';
const NOBODY = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11';

const ALL_BUT_ADMIN = SCOPES.filter((scope) => scope !== 'admin');

/** Where an empty body would be refused before the question whose thing it is. */
const BODIES: Record<string, object> = {
  'PUT /organizations/:id/members/:userId': { role: 'member' },
  'POST /payments/:orderId/fapiao': { kind: 'personal', title: '个人', email: 'somebody@example.com' },
  'POST /organizations/:id/invitations': { role: 'member', email: 'somebody@example.com' },
};

/** Development only, and open to anybody by contract: the buyer's side and the channels' own gateways. */
const OPEN_MODULE = 'SandboxModule';

const CALLERS = [
  'anonymous',
  'deactivated',
  'user',
  'narrow key',
  'full key',
  'admin',
  'admin key',
  'administrator’s narrow key',
  'service key',
] as const;
type Caller = (typeof CALLERS)[number];

/** What the rule promises that caller, worked out apart from the guard: 401, 403, or null for being let in. */
function promised({ rule }: Route, caller: Caller): 401 | 403 | null {
  if (!rule) throw new Error('a route without a rule');
  if (rule.who === 'public') return null;
  switch (caller) {
    case 'anonymous':
    case 'deactivated':
      return 401;
    case 'service key':
      return rule.service ? null : 403;
    case 'user':
      return rule.who === 'user' ? null : 403;
    case 'narrow key':
      return 403;
    case 'full key':
    case 'administrator’s narrow key':
      return rule.who === 'user' && rule.apiKey ? null : 403;
    case 'admin':
      return rule.who === 'service' ? 403 : null;
    case 'admin key':
      return rule.apiKey ? null : 403;
  }
}

describe('who may call what', () => {
  let app: CommercialApp;
  let routes: Route[];
  let calls: Record<Caller, Call>;
  let intruder: Person;
  let admin: Person;
  let victim: Victim;

  beforeAll(async () => {
    app = await startApp();
    routes = routesOf(app.app).filter(({ module }) => module !== OPEN_MODULE);
    admin = await administrator(app);
    const [user, gone] = [await register(app, 'user'), await register(app, 'gone')];
    await admin.call('POST', `/admin/users/${gone.id}/deactivate`, { body: {} });
    // A process hears of it within half a second.
    await until(async () => (await gone.call('GET', '/users/me')).status === 401);
    intruder = await register(app, 'intruder');
    const service = await startService(app);
    victim = await makeVictim(app);
    calls = {
      anonymous: {},
      deactivated: { token: gone.token },
      user: { token: user.token },
      'narrow key': {},
      'full key': { apiKey: await keyOf(user) },
      admin: { token: admin.token },
      'admin key': { apiKey: await keyOf(admin) },
      'administrator’s narrow key': { apiKey: await keyOf(admin, ALL_BUT_ADMIN) },
      'service key': { apiKey: service.key, headers: { 'x-customer-id': await makeCustomer(service) } },
    };
  });
  afterAll(() => app.close());

  it('is declared by every route, and enforced', () => {
    expect(routes.length).toBeGreaterThan(30);
    expect(undeclared(routes)).toEqual([]);
  });

  it('is missed where a route declares nothing, or declares it without the guard', async () => {
    const module = await Test.createTestingModule({ imports: [CarelessModule] }).compile();
    expect(undeclared(routesOf(module.createNestApplication()))).toEqual([
      'GET /careless/nothing',
      'GET /careless/unguarded',
    ]);
  });

  it('holds for every caller on every route', async () => {
    const wrong: string[] = [];
    const narrowKeys = await makeNarrowKeys(app);
    for (const route of routes) {
      await Promise.all(
        CALLERS.map(async (caller) => {
          const call = caller === 'narrow key' ? { apiKey: narrowKeys(route) } : calls[caller];
          const { status } = await knock(app, route, pathTo(route), call);
          const seen = status === 401 || status === 403 ? status : null;
          if (seen !== promised(route, caller) && !isOwnAnswer(route, status)) {
            wrong.push(`${nameOf(route)} answers ${caller} with ${status}`);
          }
        }),
      );
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('knows the path to the victim’s own thing on every route about one', () => {
    const unknown = routes.filter((route) => isAboutOne(route) && !(nameOf(route) in victim.paths));
    expect(unknown.map(nameOf)).toEqual([]);
  });

  it('hides what belongs to others, from users and from an administrator’s narrow key', async () => {
    const narrow = calls['administrator’s narrow key'];
    const byKey = (route: Route) => isAboutOne(route) && route.rule?.apiKey === true;
    expect(await leaksOf(routes.filter(isAboutOne), { token: intruder.token })).toEqual([]);
    expect(await leaksOf(routes.filter(byKey), narrow)).toEqual([]);
  });

  it('lets not even an administrator write to somebody else’s account by the routes of a user', async () => {
    const writes = routes.filter((route) => isAboutOne(route) && route.method !== 'GET');
    expect(writes.length).toBeGreaterThan(10);
    expect(await leaksOf(writes, { token: admin.token })).toEqual([]);
  });

  it('shows in no list what belongs to others, unless to an administrator’s token or unlimited key', async () => {
    const lists = routes.filter(
      ({ method, path, rule }) => method === 'GET' && !/:/.test(path) && rule?.who !== 'admin',
    );
    const leaks: string[] = [];
    for (const call of [{ token: intruder.token }, calls['administrator’s narrow key']]) {
      for (const route of lists) {
        const theirs = await knock(app, route, route.path, call);
        if (mentions(theirs, victim.secrets)) leaks.push(nameOf(route));
      }
    }
    expect(leaks).toEqual([]);
    for (const call of [calls.admin, calls['admin key']]) {
      const all = await app.call('GET', '/payments?limit=100', call);
      expect(mentions(all, victim.secrets)).toBe(true);
    }
    const own = await Promise.all(
      lists.map((route) => knock(app, route, route.path, { token: victim.person.token })),
    );
    expect(own.filter((answer) => mentions(answer, victim.secrets)).length).toBeGreaterThanOrEqual(5);
  });

  it(`is written down in ${MATRIX}; UPDATE_DOCS=1 writes it anew`, () => {
    const matrix = written(routes);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(MATRIX, matrix);
    expect(readFileSync(MATRIX, 'utf8')).toBe(matrix);
  });

  /** The routes that answer that caller with anything but a 404 that says nothing. */
  async function leaksOf(asked: Route[], call: Call): Promise<string[]> {
    const leaks: string[] = [];
    for (const route of asked) {
      const answer = await knock(app, route, victim.paths[nameOf(route)] ?? '', call);
      const hidden = answer.status === 404 && !mentions(answer, victim.secrets);
      if (!hidden) leaks.push(`${nameOf(route)} answers ${answer.status}`);
    }
    return leaks;
  }

  /** A key that can do everything but what the route asks for, or, where it asks for nothing, nothing much. */
  async function makeNarrowKeys({ call }: CommercialApp): Promise<(route: Route) => string> {
    const token = calls.user.token;
    const keys = new Map<string, string>();
    for (const scope of SCOPES) {
      const scopes = SCOPES.filter((other) => other !== scope && other !== 'admin');
      const { body } = await call('POST', '/api-keys', { token, body: { name: scope, scopes } });
      keys.set(scope, body.key);
    }
    return ({ rule }) => keys.get(rule?.scopes[0] ?? 'admin') ?? '';
  }
});

interface Victim {
  person: Person;
  /** What nobody else may ever read. */
  secrets: string[];
  /** By route: the path to the victim's own thing. */
  paths: Record<string, string>;
}

async function makeVictim(app: CommercialApp): Promise<Victim> {
  const person = await register(app, 'victim');
  const orderId = await buy(app, person, 'alipay');
  const { usageId } = (await consume(person)).body;
  const key = (await person.call('POST', '/api-keys', { body: { name: 'mine' } })).body;
  const [session] = (await person.call('GET', '/sessions')).body.items;
  const reserved = await person.call('POST', '/quota/holds', { body: { resourceType: 'dicom_processing' } });
  const holdId = reserved.body.holdId as string;
  const body = { name: 'hospital' };
  const organization = (await person.call('POST', '/organizations', { body })).body.id;
  const members = `/organizations/${organization}/members`;
  const invitations = `/organizations/${organization}/invitations`;
  const paths = {
    'POST /quota/holds/:holdId/commit': `/quota/holds/${holdId}/commit`,
    'POST /quota/holds/:holdId/release': `/quota/holds/${holdId}/release`,
    'GET /organizations/:id/members': members,
    'PUT /organizations/:id/members/:userId': `${members}/${person.id}`,
    'DELETE /organizations/:id/members/:userId': `${members}/${person.id}`,
    'GET /organizations/:id/invitations': invitations,
    'POST /organizations/:id/invitations': invitations,
    'DELETE /organizations/:id/invitations/:invitationId': `${invitations}/${NOBODY}`,
    'POST /api-keys/:id/rotate': `/api-keys/${key.id}/rotate`,
    'DELETE /api-keys/:id': `/api-keys/${key.id}`,
    'DELETE /sessions/:id': `/sessions/${session.id}`,
    'GET /payments/:orderId': `/payments/${orderId}`,
    'GET /payments/:orderId/refunds': `/payments/${orderId}/refunds`,
    'GET /payments/:orderId/receipt': `/payments/${orderId}/receipt`,
    'GET /payments/:orderId/receipt.pdf': `/payments/${orderId}/receipt.pdf`,
    'GET /payments/:orderId/fapiao': `/payments/${orderId}/fapiao`,
    'POST /payments/:orderId/fapiao': `/payments/${orderId}/fapiao`,
    'POST /payments/:orderId/fapiao/withdraw': `/payments/${orderId}/fapiao/withdraw`,
    'POST /payments/:orderId/close': `/payments/${orderId}/close`,
  };
  const secrets = [person.id, person.email, orderId, usageId, key.id, session.id, organization, holdId];
  return { person, secrets, paths };
}

/** @param scopes default: all that the person's keys can have */
async function keyOf(person: Person, scopes?: readonly Scope[]): Promise<string> {
  return (await person.call('POST', '/api-keys', { body: { name: 'k', scopes } })).body.key;
}

function undeclared(routes: Route[]): string[] {
  return routes.filter(({ rule, guarded }) => !rule || guarded !== (rule.who !== 'public')).map(nameOf);
}

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

/** A route to one thing that somebody owns; a feature is everybody's. */
function isAboutOne({ path, rule }: Route): boolean {
  return rule?.who === 'user' && /:(?!feature)/.test(path);
}

/** With parameters of the right form that name nothing. */
function pathTo({ path }: Route): string {
  return path.replace(':orderId', '0'.repeat(32)).replace(':provider', 'nobody').replaceAll(/:\w+/g, NOBODY);
}

/** A route that anybody may call can itself refuse: a notification without a signature, a link that is none. */
function isOwnAnswer({ rule }: Route, status: number): boolean {
  return rule?.who === 'public' && status === 401;
}

function knock(
  app: CommercialApp,
  { method, path: route }: Route,
  path: string,
  call: Call,
): Promise<Answer> {
  const takesBody = method !== 'GET' && method !== 'DELETE';
  return app.call(method, path, {
    ...call,
    ...(takesBody ? { body: BODIES[`${method} ${route}`] ?? {} } : {}),
  });
}

function mentions({ body }: Answer, secrets: string[]): boolean {
  const text = JSON.stringify(body);
  return secrets.some((secret) => text.includes(secret));
}

function written(routes: Route[]): string {
  const symbol = (route: Route, caller: Caller) => promised(route, caller) ?? '✓';
  const rows = routes.map((route) => {
    const scopes =
      route.rule?.who === 'public' ? '' : route.rule?.apiKey ? route.rule.scopes.join(', ') : 'no key';
    const service = route.rule?.service ?? '';
    const own = isAboutOne(route) ? '404' : '';
    return [`\`${nameOf(route)}\``, scopes, service, ...CALLERS.map((caller) => symbol(route, caller)), own];
  });
  const head = ['Route', 'Scope of a key', 'Scope of a service key', ...CALLERS, 'another’s'];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `# Who may call what

Generated by \`test/api/access-matrix.spec.ts\` from what the routes declare, after calling each of them as each caller and
asking for what belongs to somebody else. \`UPDATE_DOCS=1\` writes it anew; without that the spec fails where it is out
of date.

✓ is let in; 401 and 403 are refused. A narrow key lacks the scope that the route asks for; a full key has every scope
that a user's key can have; an administrator’s narrow key has every scope but \`admin\`, and is a user's in all respects.
A service key has all of its scopes and names a customer; \`test/api/service-matrix.spec.ts\` tries each scope by itself.
The last column is the answer to a user who names another user's thing.

${lines.join('\n')}
`;
}

@Controller('careless')
class CarelessController {
  @Get('nothing')
  nothing(): void {}

  @Get('public')
  @Access('public')
  open(): void {}

  @Get('unguarded')
  @SetMetadata(ACCESS_RULE, {
    who: 'user',
    apiKey: false,
    ownUser: false,
    scopes: [],
    service: null,
  } satisfies AccessRule)
  unguarded(): void {}
}

@Module({ controllers: [CarelessController] })
class CarelessModule {}
