import { administrator, buy, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { statuses, type Answer } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';

/** Four processes' worth of applications on one database, each with connections of its own. */
describe('quota under parallel requests', () => {
  let apps: CommercialApp[];
  let people = 0;

  beforeAll(async () => {
    const first = await startApp();
    const others = await Promise.all([1, 2, 3].map(() => startApp({ beside: first })));
    apps = [first, ...others];
  });
  afterAll(async () => {
    for (const app of apps.toReversed()) await app.close();
  });
  afterEach(() => expectInvariants(apps[0]!.dataSource));

  /** Somebody with an API key, which serves through months. */
  async function person(): Promise<Person & { apiKey: string }> {
    const somebody = await register(apps[0]!, `p${(people += 1)}`);
    const { key } = (await somebody.call('POST', '/api-keys', { body: { name: 'x' } })).body;
    return { ...somebody, apiKey: key };
  }

  const consume = (apiKey: string, index: number, cost = 1): Promise<Answer> =>
    apps[index % apps.length]!.call('POST', '/quota/consume', {
      apiKey,
      body: { resourceType: 'dicom_processing', cost },
    });

  const atOnce = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => act(index)));

  const usedOf = async (apiKey: string) =>
    (await apps[0]!.call('GET', '/quota', { apiKey })).body.items[0]?.used;

  it('lets exactly 100 of 1,000 through where 100 are left', async () => {
    const { apiKey, ...anna } = await person();
    await buy(apps[0]!, anna, 'alipay');
    const answers = await atOnce(1000, (index) => consume(apiKey, index));
    expect(statuses(answers)).toEqual({ 200: 100, 402: 900 });
    const ids = answers.filter(({ status }) => status === 200).map(({ body }) => body.usageId);
    expect(new Set(ids).size).toBe(100);
    const lefts = answers.filter(({ status }) => status === 200).map(({ body }) => body.quota.remaining);
    expect(lefts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, left) => left));
    for (const { body } of answers.filter(({ status }) => status === 402)) {
      expect(body.code).toBe('QUOTA_EXCEEDED');
    }
  });

  it('never takes more than there is, whatever the costs', async () => {
    const { apiKey, ...bert } = await person();
    await buy(apps[0]!, bert, 'wechat');
    const costs = Array.from({ length: 200 }, (_, index) => 1 + ((index * 7) % 9));
    const answers = await atOnce(200, (index) => consume(apiKey, index, costs[index]));
    const taken = answers.reduce((sum, { status }, index) => sum + (status === 200 ? costs[index]! : 0), 0);
    expect(await usedOf(apiKey)).toBe(taken);
    expect(taken).toBeLessThanOrEqual(100);
    // Whoever was refused really didn't fit any more when the last was served.
    expect(100 - taken).toBeLessThan(Math.max(...costs));
  });

  it('makes a new period’s balance once, however many touch it first', async () => {
    const carl = await person();
    await consume(carl.apiKey, 0, 10);
    apps[0]!.clock.forward(32 * 24 * 3_600_000);
    try {
      const answers = await atOnce(60, (index) => consume(carl.apiKey, index));
      expect(statuses(answers)).toEqual({ 200: 10, 402: 50 });
      const balances = await apps[0]!.sql(
        `SELECT b.used FROM commercial.quota_balances b JOIN commercial.users u
           ON u.personal_account_id = b.account_id WHERE u.id = $1`,
        [carl.id],
      );
      expect(balances).toEqual([{ used: 10 }, { used: 10 }]);
    } finally {
      apps[0]!.clock.forward(-32 * 24 * 3_600_000);
    }
  });

  it('ends with the subscription: nothing beyond the free plan is consumed after a refund was answered', async () => {
    const admin = await administrator(apps[0]!);
    for (const provider of ['alipay', 'wechat'] as const) {
      const { apiKey, ...dora } = await person();
      const orderId = await buy(apps[0]!, dora, provider);
      // More than the free plan has, so that what goes along leaves nothing of it.
      expect((await consume(apiKey, 0, 20)).status).toBe(200);
      let refunded = false;
      const refund = async () => {
        await admin.call('POST', `/payments/${orderId}/refunds`, { body: {} });
        while ((await dora.call('GET', `/payments/${orderId}`)).body.status !== 'refunded');
        refunded = true;
      };
      const use = async (index: number) => {
        const tooLate = refunded;
        return { tooLate, ...(await consume(apiKey, index)) };
      };
      const [, ...waves] = await Promise.all([
        refund(),
        ...Array.from({ length: 4 }, async (_, wave) => {
          const answers = [];
          for (let round = 0; round < 8; round += 1) answers.push(await use(wave));
          return answers;
        }),
      ]);
      const answers = waves.flat();
      expect(Object.keys(statuses(answers)).every((status) => ['200', '402'].includes(status))).toBe(true);
      expect(answers.filter(({ tooLate, status }) => tooLate && status === 200)).toEqual([]);
      expect((await consume(apiKey, 1)).body.code).toBe('QUOTA_EXCEEDED');
    }
  });

  it('changes plans under fire without losing or inventing a unit', async () => {
    const { apiKey, ...emil } = await person();
    const [, answers] = await Promise.all([
      buy(apps[0]!, emil, 'alipay'),
      atOnce(80, (index) => consume(apiKey, index)),
    ]);
    const consumed = answers.filter(({ status }) => status === 200).length;
    const [row] = await apps[0]!.sql(
      `SELECT sum(b.used - b.carried)::int AS drawn, sum(b.used) FILTER (WHERE b.carried_to IS NULL)::int AS used
       FROM commercial.quota_balances b JOIN commercial.users u ON u.personal_account_id = b.account_id
       WHERE u.id = $1`,
      [emil.id],
    );
    expect(row).toEqual({ drawn: consumed, used: consumed });
    expect(Object.keys(statuses(answers)).every((status) => ['200', '402'].includes(status))).toBe(true);
  });
});
