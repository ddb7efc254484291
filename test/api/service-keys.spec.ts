import { administrator, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { until } from '../support/embedded-process.js';
import { fieldsAtFault, statuses } from '../support/http-client.js';
import { makeCustomer, serviceOf, startService, type Service } from '../support/service.js';

const DAY_MS = 86_400_000;

/** Two processes' worth of applications on one database. */
describe('service keys', () => {
  let apps: [CommercialApp, CommercialApp];
  let app: CommercialApp;
  let admin: Person;

  beforeAll(async () => {
    app = await startApp();
    apps = [app, await startApp({ beside: app })];
    admin = await administrator(app);
  });
  afterAll(async () => {
    await apps[1].close();
    await apps[0].close();
  });

  const make = (body: object) => admin.call('POST', '/admin/service-keys', { body });
  const rotate = (id: string, body: object = {}) =>
    admin.call('POST', `/admin/service-keys/${id}/rotate`, { body });
  const remove = (id: string) => admin.call('DELETE', `/admin/service-keys/${id}`);
  const tryOn = async (key: string, on: CommercialApp = app) =>
    (await on.call('GET', '/customers', { apiKey: key })).status;
  const listed = async (id: string) =>
    (await admin.call('GET', '/admin/service-keys?limit=100')).body.items.find(
      (item: { id: string }) => item.id === id,
    );

  it('are shown once, kept as a hash, and listed without the key', async () => {
    const { status, body, headers } = await make({ name: 'backend', scopes: ['customers', 'quota'] });
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      id: expect.any(String),
      name: 'backend',
      key: expect.stringMatching(/^isk_[0-9A-Za-z]{38}$/),
      prefix: body.key.slice(0, 12),
      scopes: ['customers', 'quota'],
      expiresAt: null,
      createdAt: expect.any(String),
    });
    const { key, ...rest } = body;
    expect(await listed(body.id)).toEqual({ ...rest, lastUsedAt: null, replacedBy: null });
    const rows = await app.sql('SELECT * FROM commercial.service_keys');
    expect(JSON.stringify(rows)).not.toContain(key);
  });

  it.each([
    [{ name: 'x' }, 'scopes'],
    [{ name: 'x', scopes: [] }, 'scopes'],
    [{ name: 'x', scopes: ['admin'] }, 'scopes'],
    [{ name: 'x', scopes: ['quota', 'quota'] }, 'scopes'],
    [{ name: 'x', scopes: 'quota' }, 'scopes'],
    [{ scopes: ['quota'] }, 'name'],
    [{ name: 'x', scopes: ['quota'], expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('refuse %j', async (body, field) => {
    expect(fieldsAtFault(await make(body))).toEqual([field]);
  });

  it('work at once on every process, and are refused by every process within half a second', async () => {
    for (const on of apps) await tryOn('isk_', on);
    const { body } = await make({ name: 'short', scopes: ['customers'] });
    for (const on of apps) expect(await tryOn(body.key, on)).toBe(200);
    expect((await remove(body.id)).status).toBe(204);
    for (const on of apps) await until(async () => (await tryOn(body.key, on)) === 401);
    expect((await remove(body.id)).status).toBe(404);
    expect(await listed(body.id)).toBeUndefined();
  });

  it('are refused where they are mistyped, made up, or over', async () => {
    const end = new Date(app.clock.now().getTime() + DAY_MS).toISOString();
    const { body } = await make({ name: 'a day', scopes: ['customers'], expiresAt: end });
    expect(await tryOn(body.key)).toBe(200);
    for (const wrong of [`${body.key}x`, body.key.slice(0, -1), body.key.replace('isk_', 'idk_'), 'isk_']) {
      expect(await tryOn(wrong)).toBe(401);
    }
    app.clock.forward(DAY_MS);
    try {
      expect(await tryOn(body.key)).toBe(401);
    } finally {
      app.clock.forward(-DAY_MS);
    }
  });

  it('rotate with an overlap, and rotate once', async () => {
    const { body: old } = await make({ name: 'turning', scopes: ['customers'] });
    const answers = await Promise.all([1, 2, 3, 4].map(() => rotate(old.id, { overlapSeconds: 3600 })));
    expect(statuses(answers)).toEqual({ 201: 1, 409: 3 });
    const { body: fresh } = answers.find(({ status }) => status === 201)!;
    expect(fresh).toMatchObject({ name: 'turning', scopes: ['customers'], expiresAt: null });
    expect([await tryOn(old.key), await tryOn(fresh.key)]).toEqual([200, 200]);
    expect(await listed(old.id)).toMatchObject({ replacedBy: fresh.id });
    // What the process knows of the old one's end is half a second old at most.
    await until(async () => {
      app.clock.forward(3600_000);
      const seen = await tryOn(old.key);
      app.clock.forward(-3600_000);
      return seen === 401;
    });
    expect(await tryOn(fresh.key)).toBe(200);
    expect((await rotate('019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11')).status).toBe(404);
  });

  it('tell when they were used, to the minute', async () => {
    const { body } = await make({ name: 'used', scopes: ['customers'] });
    const before = app.clock.now();
    await Promise.all(Array.from({ length: 10 }, () => tryOn(body.key)));
    const { lastUsedAt } = await listed(body.id);
    expect(new Date(lastUsedAt).getTime()).toBeGreaterThanOrEqual(before.getTime());
    await tryOn(body.key);
    expect((await listed(body.id)).lastUsedAt).toBe(lastUsedAt);
  });

  it('leave every deed in the audit log', async () => {
    const { body: first } = await make({ name: 'audited', scopes: ['quota'] });
    const { body: second } = await rotate(first.id);
    await remove(second.id);
    const deeds = async (id: string) =>
      (await admin.call('GET', `/admin/audit?subjectId=${id}`)).body.items.map((entry: any) => [
        entry.action,
        entry.actorUserId,
      ]);
    expect(await deeds(first.id)).toEqual([
      ['service_key.rotated', admin.id],
      ['service_key.created', admin.id],
    ]);
    expect(await deeds(second.id)).toEqual([['service_key.deleted', admin.id]]);
  });

  it('keep their Idempotency-Keys apart, by application, customer and route, also over a rotation', async () => {
    const services = [await startService(app), await startService(app)] as const;
    const [one, other] = [await makeCustomer(services[0]), await makeCustomer(services[0])];
    const body = { resourceType: 'dicom_processing' };
    const consume = async (service: Service, customer: string) =>
      (await service.as(customer)('POST', '/quota/consume', body, { 'idempotency-key': 'k' })).body.usageId;
    const first = await consume(services[0], one);
    const { body: turned } = await rotate(services[0].keyId);
    const usages = [
      await consume(services[0], one),
      await consume(serviceOf(app, turned.key, turned.id), one),
      await consume(services[1], one),
      await consume(services[0], other),
    ];
    expect(usages.slice(0, 2)).toEqual([first, first]);
    expect(new Set([first, ...usages]).size).toBe(3);
  });

  it('are made, seen and ended by administrators with a token alone', async () => {
    const { key: adminsKey } = (await admin.call('POST', '/api-keys', { body: { name: 'k' } })).body;
    const user = await register(app, 'user-of-keys');
    const service = await startService(app);
    for (const call of [{ apiKey: adminsKey }, { token: user.token }, { apiKey: service.key }]) {
      expect((await app.call('GET', '/admin/service-keys', call)).status).toBe(403);
      const wish = { name: 'x', scopes: ['quota'] };
      expect((await app.call('POST', '/admin/service-keys', { ...call, body: wish })).status).toBe(403);
    }
  });
});
