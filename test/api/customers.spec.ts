import { buy, PASSWORD, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { until } from '../support/embedded-process.js';
import { fieldsAtFault, statuses } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { mailbox } from '../support/mailbox.js';
import { makeCustomer, startService, type Service } from '../support/service.js';

const CONSUME = { resourceType: 'dicom_processing' };

/** Two processes' worth of applications on one database. */
describe('customers', () => {
  const box = mailbox();
  let apps: [CommercialApp, CommercialApp];
  let app: CommercialApp;
  let service: Service;

  beforeAll(async () => {
    app = await startApp({ commercial: { mail: box } });
    apps = [app, await startApp({ beside: app })];
    service = await startService(app);
  });
  afterAll(async () => {
    await apps[1].close();
    await apps[0].close();
  });
  afterEach(() => expectInvariants(app.dataSource));

  const put = (externalId: string, body: object = {}) =>
    service.call('PUT', `/customers/${encodeURIComponent(externalId)}`, { body });
  const get = (externalId: string) => service.call('GET', `/customers/${encodeURIComponent(externalId)}`);

  it('are made with an account and the free plan, and answered about in one call', async () => {
    const body = { email: ' Li.Wei@Example.com ', displayName: '李伟', metadata: { ward: 3 } };
    const made = await put('clinic:7@north_1.a-b', body);
    expect(made).toMatchObject({
      status: 201,
      body: {
        externalId: 'clinic:7@north_1.a-b',
        accountId: expect.any(String),
        email: 'li.wei@example.com',
        displayName: '李伟',
        locale: 'zh-CN',
        metadata: { ward: 3 },
        createdAt: expect.any(String),
      },
    });
    const { status, body: seen } = await get('clinic:7@north_1.a-b');
    expect(status).toBe(200);
    expect(seen).toMatchObject({
      ...made.body,
      subscription: { status: 'active', plan: { code: 'free' }, quotas: [{ used: 0, limit: 10 }] },
      quotas: [{ quotaType: 'processing_count', used: 0, limit: 10, remaining: 10 }],
    });
    expect(seen.entitlements).toContainEqual({
      feature: 'custom_support',
      type: 'boolean',
      granted: false,
      value: false,
      quota: null,
    });
  });

  it('keep what is left out of an update, and lose what is null', async () => {
    const externalId = await makeCustomer(service, { email: 'a@example.com', metadata: { a: 1 } });
    const first = (await get(externalId)).body;
    const changed = await put(externalId, { displayName: 'A', locale: 'en' });
    expect(changed).toMatchObject({
      status: 200,
      body: { accountId: first.accountId, email: 'a@example.com', displayName: 'A', locale: 'en' },
    });
    const cleared = await put(externalId, { email: null, displayName: null, metadata: null });
    expect(cleared.body).toMatchObject({ email: null, displayName: null, metadata: {}, locale: 'en' });
    expect((await put(externalId, {})).body).toEqual(cleared.body);
  });

  it('are made once, with one account and one plan, however many put at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        apps[index % 2]!.call('PUT', '/customers/raced', { apiKey: service.key, body: { displayName: 'x' } }),
      ),
    );
    expect(statuses(answers)).toEqual({ 201: 1, 200: 15 });
    expect(new Set(answers.map(({ body }) => body.accountId)).size).toBe(1);
    const rows = await app.sql(
      `SELECT count(*)::int AS subscriptions FROM commercial.subscriptions WHERE account_id = $1`,
      [answers[0]!.body.accountId],
    );
    expect(rows).toEqual([{ subscriptions: 1 }]);
  });

  it.each([
    [{ email: 'x' }, 'email'],
    [{ displayName: '' }, 'displayName'],
    [{ locale: 'de' }, 'locale'],
    [{ locale: null }, 'locale'],
    [{ metadata: [] }, 'metadata'],
    [{ metadata: { text: 'x'.repeat(4096) } }, 'metadata'],
    [{ role: 'admin' }, 'role'],
    [{ accountId: '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11' }, 'accountId'],
  ])('refuse %j', async (body, field) => {
    expect(fieldsAtFault(await put('refused', body))).toEqual([field]);
    expect((await get('refused')).status).toBe(404);
  });

  it.each(['a b', 'ä', 'a/b', 'a'.repeat(129), 'a\n'])('refuse the id %j', async (externalId) => {
    expect(fieldsAtFault(await put(externalId))).toEqual(['externalId']);
    const acted = await service.as(encodeURIComponent(externalId))('GET', '/quota');
    expect(acted.status).toBe(404);
  });

  it('have an id of up to 128 characters', async () => {
    const externalId = '@'.repeat(128);
    expect((await put(externalId)).status).toBe(201);
    expect((await get(externalId)).status).toBe(200);
    expect((await service.as(externalId)('GET', '/quota')).status).toBe(200);
  });

  it('are listed newest first, also by address', async () => {
    const [one, two] = [
      await makeCustomer(service, { email: 'same@example.com' }),
      await makeCustomer(service, { email: 'same@example.com' }),
    ];
    await makeCustomer(service);
    const list = await service.call('GET', '/customers?email=Same@Example.com');
    expect(list.body.items.map((item: any) => item.externalId)).toEqual([two, one]);
    const page = await service.call('GET', '/customers?email=same@example.com&limit=1');
    expect(page.body.items).toHaveLength(1);
    expect(page.body.nextCursor).not.toBeNull();
    expect(fieldsAtFault(await service.call('GET', '/customers?email=x'))).toEqual(['email']);
  });

  it('buy, use and hold by a service key', async () => {
    const customer = await makeCustomer(service, { email: 'buyer@example.com', displayName: '王芳' });
    const act = service.as(customer);
    const person = { call: (method, path, call) => act(method, path, call?.body) } as Person;
    const orderId = await buy(app, person, 'alipay');
    expect((await act('GET', '/subscriptions/current')).body.plan.code).toBe('pro');
    expect((await act('GET', '/payments')).body.items.map((item: any) => item.orderId)).toEqual([orderId]);
    expect((await act('GET', `/payments/${orderId}/receipt`)).body).toContain('王芳 · buyer@example.com');
    const fapiao = { kind: 'personal', title: '王芳', email: 'buyer@example.com' };
    expect((await act('POST', `/payments/${orderId}/fapiao`, fapiao)).status).toBe(201);
    const { usageId } = (await act('POST', '/quota/consume', { ...CONSUME, cost: 2 })).body;
    const { holdId } = (await act('POST', '/quota/holds', { ...CONSUME, cost: 3 })).body;
    expect((await act('POST', `/quota/holds/${holdId}/commit`, { cost: 1 })).status).toBe(200);
    const usage = (await act('GET', '/usage')).body.items;
    expect(usage.map((item: any) => [item.id, item.cost])).toEqual([
      [holdId, 1],
      [usageId, 2],
    ]);
    expect((await get(customer)).body.quotas[0]).toMatchObject({ used: 3, limit: 100 });
  });

  it('can’t be signed in as', async () => {
    await makeCustomer(service, { email: 'nobody@example.com' });
    const body = { email: 'nobody@example.com', password: PASSWORD };
    expect((await app.call('POST', '/auth/login', { body })).status).toBe(401);
    expect((await app.call('POST', '/auth/password-reset', { body: { email: body.email } })).status).toBe(
      204,
    );
    // Whoever registers the address gets nothing of the customer's.
    const stranger = await register(app, 'nobody');
    expect((await stranger.call('GET', '/organizations')).body.items).toEqual([]);
  });

  describe('are erased', () => {
    it('with all that names the person, on every process, and the id is free again', async () => {
      const customer = await makeCustomer(service, { email: 'gone@example.com', displayName: 'Gone Person' });
      const act = service.as(customer);
      const person = { call: (method, path, call) => act(method, path, call?.body) } as Person;
      const orderId = await buy(app, person, 'wechat');
      await act('POST', '/quota/consume', CONSUME, { 'idempotency-key': 'kept' });
      const { accountId } = (await get(customer)).body;
      const elsewhere = () =>
        apps[1].call('GET', '/quota', { apiKey: service.key, headers: { 'x-customer-id': customer } });
      expect((await elsewhere()).status).toBe(200);
      expect((await service.call('DELETE', `/customers/${customer}`)).status).toBe(204);
      await until(async () => (await elsewhere()).status === 404);
      await until(async () => (await act('GET', '/quota')).status === 404);
      expect((await get(customer)).status).toBe(404);
      expect((await service.call('DELETE', `/customers/${customer}`)).status).toBe(404);
      expect(JSON.stringify(await app.sql('SELECT * FROM commercial.customers'))).not.toMatch(
        new RegExp(`gone@example|Gone Person|"${customer}"`),
      );
      const [{ keys }] = await app.sql(
        `SELECT count(*)::int AS keys FROM commercial.idempotency_keys WHERE key = 'kept'`,
      );
      expect(keys).toBe(0);
      const payments = await app.sql('SELECT account_id FROM commercial.orders WHERE order_id = $1', [
        orderId,
      ]);
      expect(payments).toEqual([{ account_id: accountId }]);
      const again = await put(customer);
      expect(again.status).toBe(201);
      expect(again.body.accountId).not.toBe(accountId);
      await until(async () => (await elsewhere()).status === 200);
      expect((await elsewhere()).body.items[0].used).toBe(0);
    });

    it('once, and not while money settles', async () => {
      const customer = await makeCustomer(service);
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => service.call('DELETE', `/customers/${customer}`)),
      );
      expect(statuses(answers)).toEqual({ 204: 1, 404: 5 });
    });
  });

  describe('are linked to a user', () => {
    const verify = async (person: Person) => {
      await app.call('POST', '/auth/email-verification', { body: { email: person.email } });
      const token = await box.tokenFor(person.email);
      const answer = await app.call('POST', '/auth/email-verification/confirm', { body: { token } });
      expect(answer.status).toBeLessThan(300);
    };
    /** The first proof of a mailbox ends what was signed in before. */
    const signedInAgain = async ({ email, ...rest }: Person): Promise<Person> => {
      const body = { email, password: PASSWORD };
      const { accessToken: token } = (await app.call('POST', '/auth/login', { body })).body;
      return {
        ...rest,
        email,
        token,
        call: (method, path, call) => app.call(method, path, { ...call, token }),
      };
    };
    const somebody = async (name: string, verified = true) => {
      const person = await register(app, name);
      if (!verified) return person;
      await verify(person);
      return signedInAgain(person);
    };
    const accept = (person: Person, token: string) =>
      person.call('POST', '/invitations/accept', { body: { token } });
    const link = (customer: string) => service.call('POST', `/customers/${customer}/link`, { body: {} });

    it('who proved the mailbox, by a link that was sent there, once', async () => {
      const user = await somebody('linked');
      const customer = await makeCustomer(service, { email: user.email, displayName: 'Clinic' });
      const { accountId } = (await get(customer)).body;
      const invited = await link(customer);
      expect(invited).toMatchObject({ status: 201, body: { email: user.email } });
      expect(JSON.stringify(invited.body)).not.toContain('ilt_');
      const token = await box.tokenFor(user.email);
      const stranger = await somebody('linked-stranger');
      expect((await accept(stranger, token)).body.code).toBe('INVALID_LINK');
      expect((await accept(user, token)).body).toMatchObject({
        id: accountId,
        kind: 'customer',
        name: 'Clinic',
      });
      expect((await accept(user, token)).body.code).toBe('INVALID_LINK');
      expect((await link(customer)).body.code).toBe('CUSTOMER_LINKED');
      const listed = (await user.call('GET', '/organizations')).body.items;
      expect(listed).toMatchObject([{ id: accountId, kind: 'customer', name: 'Clinic', role: 'admin' }]);
      const headers = { 'x-account-id': accountId };
      await service.as(customer)('POST', '/quota/consume', CONSUME);
      expect((await user.call('GET', '/quota', { headers })).body.items[0].used).toBe(1);
      expect((await user.call('GET', '/quota')).body.items[0].used).toBe(0);
      // It is no organization: nobody else can be let in.
      const invite = { email: 'more@example.com', role: 'admin' };
      expect(
        (await user.call('POST', `/organizations/${accountId}/invitations`, { body: invite })).status,
      ).toBe(404);
      // And a user who goes leaves the customer as it is.
      expect((await service.call('DELETE', `/customers/${customer}/link`)).status).toBe(204);
      expect((await user.call('GET', '/quota', { headers })).status).toBe(403);
    });

    it('never by an address that nobody proved', async () => {
      const user = await somebody('unproved', false);
      const customer = await makeCustomer(service, { email: user.email });
      await link(customer);
      const token = await box.tokenFor(user.email);
      expect((await accept(user, token)).body.code).toBe('INVALID_LINK');
      await verify(user);
      expect((await accept(await signedInAgain(user), token)).status).toBe(200);
    });

    it('not by a link to an address of before, nor by one that is over or was replaced', async () => {
      const user = await somebody('moved');
      const customer = await makeCustomer(service, { email: user.email });
      await link(customer);
      const first = await box.tokenFor(user.email);
      await link(customer);
      const second = await box.tokenFor(user.email);
      expect((await accept(user, first)).body.code).toBe('INVALID_LINK');
      await put(customer, { email: 'elsewhere@example.com' });
      await put(customer, { email: user.email });
      expect((await accept(user, second)).body.code).toBe('INVALID_LINK');
      expect((await link(await makeCustomer(service))).body.code).toBe('CUSTOMER_WITHOUT_EMAIL');
      expect((await link('nobody-there')).status).toBe(404);
    });

    it('of whom there is one, whatever races', async () => {
      const user = await somebody('racing');
      const customer = await makeCustomer(service, { email: user.email });
      await link(customer);
      const token = await box.tokenFor(user.email);
      const answers = await Promise.all(Array.from({ length: 8 }, () => accept(user, token)));
      expect(statuses(answers)).toEqual({ 200: 1, 400: 7 });
    });
  });
});
