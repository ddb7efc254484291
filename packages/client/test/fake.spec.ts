import fc from 'fast-check';
import {
  CommercialError,
  createBrowserClient,
  createServerClient,
  type BrowserClient,
  type Quota,
} from '../src/index.js';
import { createFakeCommercial, sandbox, type FakeCommercial } from '../src/testing/index.js';
import {
  administrator,
  PASSWORD,
  startApp,
  type CommercialApp,
  type Person,
} from '../../../test/support/app.js';

/** In the middle of an hour, so that a second of difference between two clocks moves nothing into another hour. */
const START = '2027-01-31T10:30:00.000Z';

const DAY = 86_400;

/** One thing that somebody does, the same for the fake and for the service. */
type Step =
  | { do: 'consume'; cost: number; key?: number; resourceType?: string }
  | { do: 'check'; cost: number }
  | { do: 'hold'; cost: number; ttlSeconds: number }
  | { do: 'commit'; hold: number; cost?: number }
  | { do: 'release'; hold: number }
  | { do: 'grant'; amount: number; days: number }
  | { do: 'pass'; seconds: number }
  | { do: 'subscribe' }
  | { do: 'look' };

/** A place where steps are done: the fake, or the service. */
interface Stage {
  client: BrowserClient;
  pass(seconds: number): void;
  grant(amount: number, days: number): Promise<void>;
  pay(orderId: string): Promise<void>;
}

describe('the fake', () => {
  let app: CommercialApp;
  let admin: Person;
  let people = 0;

  beforeAll(async () => {
    app = await startApp();
    app.clock.to(START);
    admin = await administrator(app);
  });
  afterAll(() => app.close());

  function onFake(): Stage {
    const fake = createFakeCommercial({ now: new Date(START) });
    const client = createBrowserClient(fake.signedInAs('anna'));
    return {
      client,
      pass: (seconds) => void fake.clock.advance({ seconds }),
      grant: async (amount, days) => {
        const until = new Date(fake.clock.now().getTime() + days * DAY * 1000);
        fake.grant('anna', 'processing_count', amount, until);
      },
      pay: async (orderId) => fake.pay(orderId),
    };
  }

  async function onService(): Promise<Stage> {
    app.clock.to(START);
    const email = `fake${(people += 1)}@example.com`;
    const registering = createBrowserClient({ baseUrl: app.url });
    const user = await registering.auth.register({ email, password: PASSWORD });
    // A key outlives the months that pass.
    const { key } = await registering.user.createApiKey({ name: 'stays', expiresAt: null });
    const client = createBrowserClient({
      baseUrl: app.url,
      session: { refresh: async () => ({ accessToken: 'none', expiresIn: 1e9 }) },
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.delete('authorization');
        headers.set('x-api-key', key);
        return fetch(input, { ...init, headers });
      },
    });
    return {
      client,
      pass: (seconds) => app.clock.forward(seconds * 1000),
      grant: async (amount, days) => {
        const expiresAt = new Date(app.clock.now().getTime() + days * DAY * 1000).toISOString();
        await grantOn(user.id, amount, expiresAt);
      },
      pay: async (orderId) => {
        await sandbox({ baseUrl: app.url }).pay(orderId);
        while ((await client.payments.get(orderId)).status !== 'paid') await new Promise(setImmediate);
      },
    };
  }

  let granting: BrowserClient;
  async function grantOn(userId: string, amount: number, validUntil: string): Promise<void> {
    granting ??= createBrowserClient({ baseUrl: app.url });
    // Time has passed: the administrator signs in anew.
    await granting.auth.login({ email: admin.email, password: PASSWORD });
    await granting.request('POST /admin/quota/grants', {
      body: { userId, quotaType: 'processing_count', amount, validUntil, reason: 'a spec' },
    });
  }

  /** What came of each step, without what differs by nature: ids, and seconds. */
  async function transcript({ client, pass, grant, pay }: Stage, steps: readonly Step[]): Promise<unknown[]> {
    const holds: string[] = [];
    const resourceType = 'dicom_processing';
    const run = async (step: Step): Promise<unknown> => {
      switch (step.do) {
        case 'consume':
          return (
            await client.quota.consume(
              { resourceType: step.resourceType ?? resourceType, cost: step.cost },
              step.key === undefined ? {} : { idempotencyKey: `key-${step.key}` },
            )
          ).quota;
        case 'check':
          return client.quota.check({ resourceType, cost: step.cost });
        case 'hold': {
          const { holdId, expiresAt, ...rest } = await client.quota.hold({ resourceType, ...omit(step) });
          holds.push(holdId);
          return { ...rest, expiresAt };
        }
        case 'commit':
          return settled(await client.quota.commit(holds[step.hold] ?? NO_ID, step.cost));
        case 'release':
          return settled(await client.quota.release(holds[step.hold] ?? NO_ID));
        case 'grant':
          return grant(step.amount, step.days);
        case 'pass':
          return pass(step.seconds);
        case 'subscribe': {
          const { payment } = await client.subscriptions.subscribe({ planCode: 'pro', provider: 'alipay' });
          await pay(payment!.orderId);
          return (await client.subscriptions.current())?.quotas;
        }
        case 'look': {
          const { items } = await client.usage.list({ limit: 100 }).page();
          return [await client.quota.list(), items.map(({ cost, status }) => ({ cost, status }))];
        }
      }
    };
    const told: unknown[] = [];
    for (const step of steps) {
      const outcome = await run(step).catch((error: unknown) => {
        if (!(error instanceof CommercialError)) throw error;
        const { name, code, status, title, detail, problem } = error;
        const fields = [...new Set((problem?.['errors'] as { field: string }[])?.map(({ field }) => field))];
        const words = code === 'VALIDATION_FAILED' ? { fields } : { title, detail };
        return { name, code, status, ...words, quota: problem?.['quota'] };
      });
      told.push({ step, outcome: toTheHour(outcome) });
    }
    return told;
  }

  async function expectTheSame(steps: readonly Step[]): Promise<void> {
    const service = await transcript(await onService(), steps);
    expect(await transcript(onFake(), steps)).toEqual(service);
  }

  it('answers and refuses as the service does', () =>
    expectTheSame([
      { do: 'look' },
      { do: 'check', cost: 10 },
      { do: 'check', cost: 11 },
      { do: 'consume', cost: 4, key: 1 },
      { do: 'consume', cost: 4, key: 1 },
      { do: 'consume', cost: 5, key: 1 },
      { do: 'consume', cost: 7 },
      { do: 'consume', cost: 0 },
      { do: 'consume', cost: 1, resourceType: 'unheard_of' },
      { do: 'consume', cost: 1.5 },
      { do: 'hold', cost: 3, ttlSeconds: 60 },
      { do: 'hold', cost: 1, ttlSeconds: 60 },
      { do: 'hold', cost: 1, ttlSeconds: 0 },
      { do: 'commit', hold: 0, cost: 4 },
      { do: 'commit', hold: 0, cost: 2 },
      { do: 'commit', hold: 0, cost: 2 },
      { do: 'release', hold: 0 },
      { do: 'release', hold: 9 },
      { do: 'hold', cost: 2, ttlSeconds: 60 },
      { do: 'pass', seconds: 61 },
      { do: 'commit', hold: 1 },
      { do: 'release', hold: 1 },
      { do: 'look' },
      { do: 'grant', amount: 5, days: 2 },
      { do: 'consume', cost: 8 },
      { do: 'look' },
      { do: 'pass', seconds: 3 * DAY },
      { do: 'look' },
      { do: 'pass', seconds: 26 * DAY },
      { do: 'look' },
      { do: 'consume', cost: 1 },
    ]));

  it('sells a plan as the service does', () =>
    expectTheSame([
      { do: 'subscribe' },
      { do: 'look' },
      { do: 'consume', cost: 60 },
      { do: 'consume', cost: 60 },
    ]));

  // The service's clock runs on between the steps: what passes is minutes, lest a slow machine ends a hold by itself.
  it('reckons as the service does, whatever comes', async () => {
    const cost = fc.integer({ min: 1, max: 6 });
    const hold = fc.integer({ min: 0, max: 4 });
    const step = (seconds: readonly number[]): fc.Arbitrary<Step> =>
      fc.oneof(
        fc.record({ do: fc.constant('consume' as const), cost }),
        fc.record({ do: fc.constant('hold' as const), cost, ttlSeconds: fc.constantFrom(1800, 3600) }),
        fc.record({ do: fc.constant('commit' as const), hold, cost }),
        fc.record({ do: fc.constant('commit' as const), hold }),
        fc.record({ do: fc.constant('release' as const), hold }),
        fc.record({ do: fc.constant('grant' as const), amount: cost, days: fc.constantFrom(1, 40) }),
        fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(...seconds) }),
        fc.constant<Step>({ do: 'look' }),
      );
    const steps = (seconds: readonly number[]) => fc.array(step(seconds), { minLength: 10, maxLength: 30 });
    // A paid plan, which has room for several holds, must not end meanwhile.
    const paid = steps([2400, 7200]).map((rest): Step[] => [{ do: 'subscribe' }, ...rest]);
    await fc.assert(
      fc.asyncProperty(fc.oneof(steps([2400, 7200, 2 * DAY, 20 * DAY]), paid), (chosen) =>
        expectTheSame([...chosen, { do: 'look' }]),
      ),
      { numRuns: Number(process.env['RUNS'] ?? 6), endOnFailure: true },
    );
  }, 300_000);

  describe('for customers of a host', () => {
    let fake: FakeCommercial;
    beforeEach(() => {
      fake = createFakeCommercial({ now: new Date(START) });
    });

    it('makes, shows and erases them', async () => {
      const client = createServerClient(fake.connection);
      await expect(client.forCustomer('anna').quota.list()).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await client.customers.put('anna', { email: 'anna@example.com' });
      expect(await client.customers.get('anna')).toMatchObject({
        externalId: 'anna',
        email: 'anna@example.com',
        subscription: { plan: { code: 'free' } },
        quotas: [{ limit: 10 }],
      });
      fake.subscribe('anna', 'enterprise');
      expect(await client.forCustomer('anna').entitlements.get('custom_support')).toMatchObject({
        granted: true,
      });
      await client.customers.delete('anna');
      await expect(client.customers.get('anna')).rejects.toMatchObject({ status: 404 });
      await expect(client.request('GET /quota')).rejects.toMatchObject({ code: 'CUSTOMER_REQUIRED' });
    });

    it('gives back a consume of the last 24 hours, once', async () => {
      const anna = createBrowserClient(fake.signedInAs('anna'));
      const { usageId } = await anna.quota.consume({ resourceType: 'dicom_processing', cost: 4 });
      expect((await anna.usage.release(usageId)).quota).toMatchObject({ used: 0 });
      await expect(anna.usage.release(usageId)).rejects.toMatchObject({ code: 'USAGE_NOT_RELEASABLE' });
    });

    it('has nothing for who has no plan', async () => {
      const anna = createBrowserClient(createFakeCommercial({ freePlan: null }).signedInAs('anna'));
      expect(await anna.subscriptions.current()).toBeNull();
      await expect(anna.quota.consume({ resourceType: 'dicom_processing' })).rejects.toMatchObject({
        name: 'SubscriptionRequiredError',
      });
    });
  });

  it("moves the service's own clock and pays at its cashier", async () => {
    const administrator = { email: admin.email, password: PASSWORD };
    await expect(sandbox({ baseUrl: app.url }).now()).rejects.toThrow('administrator');
    const drive = sandbox({ baseUrl: app.url, administrator });
    const before = await drive.now();
    const after = await drive.advance({ advanceSeconds: 3600 });
    expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(3_600_000);
  });
});

const NO_ID = '00000000-0000-7000-8000-000000000000';

function omit({ cost, ttlSeconds }: { cost: number; ttlSeconds: number }) {
  return { cost, ttlSeconds };
}

function settled({ status, quota }: { status: string; quota: Quota | null }) {
  return { status, quota };
}

/** Moments as their hour, in details too. */
function toTheHour(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null';
  return JSON.parse(text.replace(/(\d{4}-\d\d-\d\dT\d\d):\d\d:\d\d\.\d{3}Z/g, '$1'));
}
