import {
  administrator,
  PASSWORD,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { until } from '../support/embedded-process.js';
import { ErasedMarks, MARK_DAYS } from '../../src/auth/identity/users/erased-marks.js';
import { expectInvariants } from '../support/invariants.js';
import { makeCustomer, startService, type Service } from '../support/service.js';

const DAY_MS = 24 * 3_600_000;
const MONTH = 32 * 24 * 3_600_000;
const USE = { resourceType: 'dicom_processing' };

describe('somebody who is erased and comes again under the same name', () => {
  let app: CommercialApp;
  let service: Service;

  beforeAll(async () => {
    app = await startApp();
    service = await startService(app);
    const admin = await administrator(app);
    const quotas = [{ quotaType: 'processing_count', quotaLimit: 100 }];
    const terms = { name: '试用', description: '', price: '49.00', billingCycle: 'monthly', quotas };
    const body = { ...terms, code: 'tried', trialDays: 7 };
    expect((await admin.call('POST', '/admin/plans', { body })).status).toBe(201);
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  const consume = (person: Person, cost: number) =>
    person.call('POST', '/quota/consume', { body: { ...USE, cost } });
  const usedOf = async (person: Person) => (await person.call('GET', '/quota')).body.items[0].used;
  const comeAgain = async (person: Person, name: string) => {
    expect((await person.call('DELETE', '/users/me', { body: { password: PASSWORD } })).status).toBe(204);
    return register(app, name);
  };

  it('has the month’s free quota once, however often, and the next month’s', async () => {
    let anna = await register(app, 'again-anna');
    for (let round = 1; round <= 3; round += 1) {
      await consume(anna, 3);
      anna = await comeAgain(anna, 'again-anna');
      expect(await usedOf(anna)).toBe(3 * round);
    }
    expect((await consume(anna, 2)).status).toBe(402);
    expect(await usedOf(await register(app, 'again-somebody-else'))).toBe(0);
    const { body } = await anna.call('POST', '/api-keys', { body: { name: 'x' } });
    app.clock.forward(MONTH);
    try {
      const { items } = (await app.call('GET', '/quota', { apiKey: body.key })).body;
      expect(items[0]).toMatchObject({ used: 0, limit: 10 });
    } finally {
      app.clock.forward(-MONTH);
    }
  });

  it('has no second trial', async () => {
    const trial = { body: { planCode: 'tried', trial: true } };
    let bert = await register(app, 'again-bert');
    expect((await bert.call('POST', '/subscriptions', trial)).status).toBe(201);
    for (let round = 0; round < 2; round += 1) {
      bert = await comeAgain(bert, 'again-bert');
      expect(await bert.call('POST', '/subscriptions', trial)).toMatchObject({
        status: 409,
        body: { code: 'TRIAL_ALREADY_USED' },
      });
    }
  });

  it('has no second trial for an organization of theirs either', async () => {
    const trial = { body: { planCode: 'tried', trial: true } };
    const inOne = async (person: Person) => {
      const { id } = (await person.call('POST', '/organizations', { body: { name: 'hospital' } })).body;
      return person.call('POST', '/subscriptions', { ...trial, headers: { 'x-account-id': id } });
    };
    let dora = await register(app, 'again-dora');
    expect((await inOne(dora)).status).toBe(201);
    dora = await comeAgain(dora, 'again-dora');
    expect(await inOne(dora)).toMatchObject({ status: 409, body: { code: 'TRIAL_ALREADY_USED' } });
    expect((await dora.call('POST', '/subscriptions', trial)).status).toBe(409);
  });

  it('is known for a year', async () => {
    const dora = await register(app, 'again-emil');
    await consume(dora, 4);
    expect((await dora.call('DELETE', '/users/me', { body: { password: PASSWORD } })).status).toBe(204);
    const marks = app.app.get(ErasedMarks, { strict: false });
    const known = () => marks.accountOf(app.dataSource.manager, { email: dora.email });
    app.clock.forward((MARK_DAYS - 1) * DAY_MS);
    try {
      await marks.purge();
      expect(await known()).not.toBeNull();
      app.clock.forward(DAY_MS);
      expect(await marks.purge()).toBeGreaterThan(0);
      expect(await known()).toBeNull();
    } finally {
      app.clock.forward(-MARK_DAYS * DAY_MS);
    }
  });

  it('is known by no more than a keyed hash', async () => {
    await comeAgain(await register(app, 'again-carl'), 'again-carl');
    const rows = await app.sql('SELECT * FROM commercial.erased_marks');
    expect(JSON.stringify(rows)).not.toContain('again-');
    for (const { mark } of rows) expect(mark).toHaveLength(32);
  });

  it('has the month’s free quota once as a customer too', async () => {
    const customer = await makeCustomer(service);
    const act = service.as(customer);
    await act('POST', '/quota/consume', { ...USE, cost: 8 });
    expect((await service.call('DELETE', `/customers/${customer}`)).status).toBe(204);
    // Nothing of the erased one's goes on.
    const live = `SELECT id FROM commercial.subscriptions s JOIN commercial.erased_marks m USING (account_id) WHERE s.status = 'active'`;
    expect(await app.sql(live)).toEqual([]);
    expect((await service.call('PUT', `/customers/${customer}`, { body: {} })).status).toBe(201);
    await until(async () => (await act('GET', '/quota')).status === 200);
    expect((await act('GET', '/quota')).body.items[0]).toMatchObject({ used: 8, remaining: 2 });
  });
});
