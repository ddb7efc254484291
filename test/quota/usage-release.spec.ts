import { v7 as uuid } from 'uuid';
import {
  administrator,
  consume,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { statuses, type Answer } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { makeCustomer, startService, type Service } from '../support/service.js';

const RESOURCE = { resourceType: 'dicom_processing' };
const HOUR_MS = 3_600_000;

/** Two processes' worth of applications on one database. */
describe('a service key on quota', () => {
  let apps: [CommercialApp, CommercialApp];
  let app: CommercialApp;
  let admin: Person;
  let service: Service;

  beforeAll(async () => {
    app = await startApp();
    apps = [app, await startApp({ beside: app })];
    admin = await administrator(app);
    service = await startService(app, ['customers', 'quota'], admin);
  });
  afterAll(async () => {
    await apps[1].close();
    await apps[0].close();
  });
  afterEach(() => expectInvariants(app.dataSource));

  const usedBy = async (customer: string) =>
    (await service.as(customer)('GET', '/quota')).body.items[0].used as number;

  describe('gives consumed quota back', () => {
    const used = async (customer: string, cost = 3): Promise<string> =>
      (await service.as(customer)('POST', '/quota/consume', { ...RESOURCE, cost })).body.usageId;
    const release = (customer: string, usageId: string): Promise<Answer> =>
      service.as(customer)('POST', `/usage/${usageId}/release`, {});

    it('once, however many ask at once on however many processes', async () => {
      const customer = await makeCustomer(service);
      const usageId = await used(customer);
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          apps[index % 2]!.call('POST', `/usage/${usageId}/release`, {
            apiKey: service.key,
            headers: { 'x-customer-id': customer },
            body: {},
          }),
        ),
      );
      expect(statuses(answers)).toEqual({ 200: 1, 409: 11 });
      const done = answers.find(({ status }) => status === 200)!;
      expect(done.body).toMatchObject({ usageId, quota: { quotaType: 'processing_count', used: 0 } });
      const late = answers.find(({ status }) => status === 409)!;
      expect(late.body.code).toBe('USAGE_NOT_RELEASABLE');
      expect(await usedBy(customer)).toBe(0);
    });

    it('for a day, and no longer', async () => {
      const customer = await makeCustomer(service);
      const [early, late] = [await used(customer, 1), await used(customer, 1)];
      app.clock.forward(23 * HOUR_MS);
      expect((await release(customer, early)).status).toBe(200);
      app.clock.forward(HOUR_MS);
      try {
        expect((await release(customer, late)).body.code).toBe('USAGE_NOT_RELEASABLE');
      } finally {
        app.clock.forward(-24 * HOUR_MS);
      }
      expect(await usedBy(customer)).toBe(1);
    });

    it('not of an open hold, and not of what there isn’t', async () => {
      const customer = await makeCustomer(service);
      const { holdId } = (await service.as(customer)('POST', '/quota/holds', RESOURCE)).body;
      expect((await release(customer, holdId)).body.code).toBe('USAGE_NOT_RELEASABLE');
      expect((await release(customer, uuid())).status).toBe(404);
      expect((await release(customer, 'x')).status).toBe(400);
      await service.as(customer)('POST', `/quota/holds/${holdId}/commit`, {});
      expect((await release(customer, holdId)).status).toBe(200);
    });

    it('never by the customer’s own token or key, and by an administrator with a trace', async () => {
      const user = await register(app, 'own-usage');
      const { usageId } = (await consume(user, { cost: 2 })).body;
      const { key } = (await user.call('POST', '/api-keys', { body: { name: 'k' } })).body;
      const path = `/usage/${usageId}/release`;
      expect((await user.call('POST', path, { body: {} })).status).toBe(403);
      expect((await app.call('POST', path, { apiKey: key, body: {} })).status).toBe(403);
      expect((await user.call('GET', '/quota')).body.items[0].used).toBe(2);
      const answers = await Promise.all([1, 2, 3].map(() => admin.call('POST', path, { body: {} })));
      expect(statuses(answers)).toEqual({ 200: 1, 409: 2 });
      const log = (await admin.call('GET', `/admin/audit?subjectId=${usageId}`)).body.items;
      expect(log).toMatchObject([{ action: 'usage.released', actorUserId: admin.id }]);
      expect((await user.call('GET', '/quota')).body.items[0].used).toBe(0);
    });
  });

  it('makes holds that no other caller settles', async () => {
    const customer = await makeCustomer(service);
    const act = service.as(customer);
    const { holdId } = (await act('POST', '/quota/holds', { ...RESOURCE, cost: 3 })).body;
    const rows = await app.sql('SELECT made_by FROM commercial.quota_holds WHERE id = $1', [holdId]);
    expect(rows).toEqual([{ made_by: 'service' }]);
    expect((await act('POST', `/quota/holds/${holdId}/commit`, { cost: 2 })).status).toBe(200);
    expect(await usedBy(customer)).toBe(2);
  });

  it('lets exactly 100 of 500 consumes at once through for a customer with 100 left', async () => {
    const customer = await makeCustomer(service);
    const { accountId } = (await service.call('GET', `/customers/${customer}`)).body;
    const grant = {
      accountId,
      quotaType: 'processing_count',
      amount: 90,
      validUntil: new Date(app.clock.now().getTime() + 48 * HOUR_MS).toISOString(),
      reason: 'a round hundred beside the ten of the free plan',
    };
    expect((await admin.call('POST', '/admin/quota/grants', { body: grant })).status).toBe(201);
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        apps[index % 2]!.call('POST', '/quota/consume', {
          apiKey: service.key,
          headers: { 'x-customer-id': customer },
          body: RESOURCE,
        }),
      ),
    );
    expect(statuses(answers)).toEqual({ 200: 100, 402: 400 });
    expect(await usedBy(customer)).toBe(100);
  }, 60_000);
});
