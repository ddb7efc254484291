import { SERVICE_SCOPES, type ServiceScope } from '../../src/auth/identity/caller/service-scopes.js';
import { administrator, buy, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import type { Answer, Call } from '../support/http-client.js';
import { routesOf, type Route } from '../support/routes.js';
import { makeCustomer, startService, type Service } from '../support/service.js';

const NOBODY = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11';
const UNKNOWN = 'nobody-knows-them';

/** What each scope opens, by the contract and apart from what the routes declare. */
const CONTRACT: Record<ServiceScope, RegExp> = {
  customers: /^\/customers/,
  portal: /^\/portal-sessions$/,
  quota: /^\/(quota|usage|entitlements)(\/|$)/,
  billing: /^\/(subscriptions|topups|payments)(\/|$)(?!.*(refunds|history))/,
};

/** Key × scope × route × customer. */
describe('what a service key may call, and for whom', () => {
  let app: CommercialApp;
  let admin: Person;
  let routes: Route[];
  let keys: Record<ServiceScope, Service>;
  let all: Service;
  let victim: Victim;
  let other: string;

  beforeAll(async () => {
    app = await startApp();
    admin = await administrator(app);
    routes = routesOf(app.app).filter(
      ({ module, rule }) => module !== 'SandboxModule' && rule && rule.who !== 'public',
    );
    const made = await Promise.all(
      SERVICE_SCOPES.map(async (scope) => [scope, await startService(app, [scope], admin)] as const),
    );
    keys = Object.fromEntries(made) as Record<ServiceScope, Service>;
    all = await startService(app, SERVICE_SCOPES, admin);
    victim = await makeVictim(app, all);
    other = await makeCustomer(all);
  });
  afterAll(() => app.close());

  const name = ({ method, path }: Route) => `${method} ${path}`;
  const knock = ({ method }: Route, path: string, call: Call): Promise<Answer> =>
    app.call(method, path, { ...call, ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }) });
  const pathTo = ({ path }: Route) =>
    path.replace(':orderId', '0'.repeat(32)).replace(':externalId', 'knocked-on').replaceAll(/:\w+/g, NOBODY);
  const isOpen = (route: Route, scope: ServiceScope) =>
    CONTRACT[scope].test(route.path) && route.rule?.who !== 'public';

  it('is what the contract says, scope by scope, on every route', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      for (const scope of SERVICE_SCOPES) {
        const call = { apiKey: keys[scope].key, headers: { 'x-customer-id': other } };
        const { status } = await knock(route, pathTo(route), call);
        const open = isOpen(route, scope);
        if (open ? status === 401 || status === 403 : status !== 403) {
          wrong.push(`${name(route)} answers a key for ${scope} with ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('needs a customer that there is, and tells nothing of others', async () => {
    const wrong: string[] = [];
    const forCustomers = routes.filter(({ rule }) => rule?.service && rule.who !== 'service');
    expect(forCustomers.length).toBeGreaterThan(20);
    for (const route of forCustomers) {
      const cases: [string | undefined, number, string][] = [
        [undefined, 400, 'CUSTOMER_REQUIRED'],
        ['', 400, 'CUSTOMER_REQUIRED'],
        [UNKNOWN, 404, 'NOT_FOUND'],
        [victim.accountId, 404, 'NOT_FOUND'],
        [`${victim.customer}, ${other}`, 404, 'NOT_FOUND'],
      ];
      for (const [customer, status, code] of cases) {
        const headers: Record<string, string> = customer === undefined ? {} : { 'x-customer-id': customer };
        const { status: seen, body } = await knock(route, pathTo(route), { apiKey: all.key, headers });
        if (seen !== status || body.code !== code)
          wrong.push(`${name(route)} for ${customer}: ${seen} ${body.code}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('shows and changes nothing of another customer', async () => {
    const leaks: string[] = [];
    for (const route of routes.filter(({ rule }) => rule?.service && rule.who !== 'service')) {
      const path = victim.paths[name(route)] ?? pathTo(route);
      const call = { apiKey: all.key, headers: { 'x-customer-id': other } };
      const answer = await knock(route, path, call);
      const told = victim.secrets.some((secret) => JSON.stringify(answer.body).includes(secret));
      if (told || (name(route) in victim.paths && answer.status !== 404))
        leaks.push(`${name(route)} ${answer.status}`);
    }
    expect(leaks).toEqual([]);
    expect(
      (await all.as(victim.customer)('GET', '/usage')).body.items.map((item: any) => item.status),
    ).toEqual(['held', 'consumed']);
  }, 60_000);

  it('is nothing for a user’s token or key that names a customer', async () => {
    const user = await register(app, 'user-who-names');
    const { key } = (await user.call('POST', '/api-keys', { body: { name: 'k' } })).body;
    const { key: adminKey } = (await admin.call('POST', '/api-keys', { body: { name: 'k' } })).body;
    const headers = { 'x-customer-id': victim.customer };
    for (const call of [
      { token: user.token },
      { apiKey: key },
      { token: admin.token },
      { apiKey: adminKey },
    ]) {
      for (const path of ['/quota', '/usage', '/payments', '/subscriptions/current', '/entitlements']) {
        expect(await app.call('GET', path, { ...call, headers })).toMatchObject({
          status: 403,
          body: { code: 'FORBIDDEN' },
        });
      }
    }
    expect((await app.call('GET', '/quota', { headers })).status).toBe(401);
    expect((await app.call('GET', '/quota', { token: 'x', headers })).status).toBe(401);
  });

  it('is the token’s, where a token comes with it, and never another account’s', async () => {
    const user = await register(app, 'user-with-both');
    const both = { token: user.token, apiKey: all.key };
    expect((await app.call('GET', '/quota', both)).status).toBe(200);
    expect((await app.call('GET', '/quota', { ...both, headers: { 'x-customer-id': other } })).status).toBe(
      403,
    );
    const headers = { 'x-customer-id': other, 'x-account-id': victim.accountId };
    expect((await app.call('GET', '/quota', { apiKey: all.key, headers })).status).toBe(403);
  });
});

interface Victim {
  customer: string;
  accountId: string;
  secrets: string[];
  /** By route: the path to the victim's own thing. */
  paths: Record<string, string>;
}

async function makeVictim(app: CommercialApp, service: Service): Promise<Victim> {
  const customer = await makeCustomer(service, { email: 'victim@example.com' });
  const act = service.as(customer);
  const { accountId } = (await service.call('GET', `/customers/${customer}`)).body;
  const person = { call: (method, path, call) => act(method, path, call?.body) } as Person;
  const orderId = await buy(app, person, 'alipay');
  const consume = { resourceType: 'dicom_processing', resourceId: 'patient-of-victim' };
  const { usageId } = (await act('POST', '/quota/consume', consume)).body;
  const { holdId } = (await act('POST', '/quota/holds', consume)).body;
  const paths = {
    'POST /usage/:usageId/release': `/usage/${usageId}/release`,
    'POST /quota/holds/:holdId/commit': `/quota/holds/${holdId}/commit`,
    'POST /quota/holds/:holdId/release': `/quota/holds/${holdId}/release`,
    'GET /payments/:orderId': `/payments/${orderId}`,
    'GET /payments/:orderId/receipt': `/payments/${orderId}/receipt`,
    'GET /payments/:orderId/receipt.pdf': `/payments/${orderId}/receipt.pdf`,
    'GET /payments/:orderId/fapiao': `/payments/${orderId}/fapiao`,
    'POST /payments/:orderId/close': `/payments/${orderId}/close`,
  };
  return { customer, accountId, secrets: [accountId, orderId, usageId, holdId, 'patient-of-victim'], paths };
}
