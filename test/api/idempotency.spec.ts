import { randomUUID } from 'node:crypto';
import {
  administrator,
  buy,
  consume,
  order,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { until } from '../support/embedded-process.js';
import { fieldsAtFault, type Answer } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';

/** Two processes' worth of applications on one database. */
describe('the Idempotency-Key', () => {
  let apps: [CommercialApp, CommercialApp];
  let admin: Person;
  let anna: Person;
  let people = 0;

  beforeAll(async () => {
    const first = await startApp();
    apps = [first, await startApp({ beside: first })];
    admin = await administrator(first);
  });
  afterAll(async () => {
    await apps[1].close();
    await apps[0].close();
  });
  beforeEach(async () => {
    anna = await register(apps[0], `anna${(people += 1)}`);
  });
  afterEach(() => expectInvariants(apps[0].dataSource));

  const keyed = (key: string) => ({ 'idempotency-key': key });

  interface Keyed {
    path: string;
    body: object;
    key: string;
    token?: string;
  }

  /** As a client does that gets 409 IDEMPOTENCY_KEY_IN_USE: asks again until there is an answer. */
  async function persistently(app: CommercialApp, { path, body, key, token }: Keyed): Promise<Answer> {
    for (;;) {
      const answer = await app.call('POST', path, { token: token ?? anna.token, body, headers: keyed(key) });
      if (answer.body?.code !== 'IDEMPOTENCY_KEY_IN_USE') return answer;
      expect(answer.status).toBe(409);
      expect(answer.headers.get('retry-after')).toBe('1');
    }
  }

  function copies(count: number, request: Omit<Keyed, 'key'>): Promise<Answer[]> {
    const key = randomUUID();
    return Promise.all(
      Array.from({ length: count }, (_, index) => persistently(apps[index % 2]!, { ...request, key })),
    );
  }

  /** Leaves the key of a request that was carried out as a process leaves it that died before it could answer. */
  async function forgetAnswer(key: string): Promise<void> {
    const [, changed] = (await apps[0].sql(
      `UPDATE commercial.idempotency_keys
       SET answer_status = NULL, answer_body = NULL, leased_until = clock_timestamp() + interval '50 s'
       WHERE key = $1`,
      [key],
    )) as unknown as [unknown, number];
    expect(changed).toBe(1);
  }

  async function leaseRunsOut(key: string): Promise<void> {
    const [{ seconds }] = await apps[0].sql(
      `SELECT extract(epoch FROM leased_until - clock_timestamp())::float8 AS seconds
       FROM commercial.idempotency_keys WHERE key = $1`,
      [key],
    );
    expect(seconds).toBeLessThanOrEqual(60);
    await apps[0].sql(
      `UPDATE commercial.idempotency_keys SET leased_until = leased_until - interval '60 s' WHERE key = $1`,
      [key],
    );
  }

  it('gives fifty parallel copies of a consumption one effect and one answer', async () => {
    const body = { resourceType: 'dicom_processing', cost: 2 };
    const answers = await copies(50, { path: '/quota/consume', body });
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual(answers[0]!.body);
    }
    const replayed = answers.filter((answer) => answer.headers.get('idempotency-replayed') === 'true');
    expect(replayed).toHaveLength(49);
    expect((await anna.call('GET', '/usage')).body.items).toHaveLength(1);
  });

  it('gives parallel copies of an order one order', async () => {
    const body = { planCode: 'pro', provider: 'wechat' };
    const answers = await copies(12, { path: '/subscriptions', body });
    for (const { body: answered } of answers)
      expect(JSON.stringify(answered)).toBe(JSON.stringify(answers[0]!.body));
    expect(answers[0]!.status).toBe(201);
    expect((await anna.call('GET', '/payments')).body.items).toHaveLength(1);
  });

  it('gives parallel copies of a refund one refund', async () => {
    const orderId = await buy(apps[0], anna, 'alipay');
    const request = { path: `/payments/${orderId}/refunds`, body: { amount: '10.00' }, token: admin.token };
    const answers = await copies(12, request);
    for (const { body: answered } of answers)
      expect(JSON.stringify(answered)).toBe(JSON.stringify(answers[0]!.body));
    expect(answers[0]!.status).toBe(201);
    await until(async () => (await anna.call('GET', `/payments/${orderId}`)).body.refundedAmount === '10.00');
  });

  it('refuses the key with another body, and takes members in any order for the same', async () => {
    const headers = keyed('k1');
    const first = await consume(anna, { cost: 1, resourceId: 'a' }, headers);
    expect(await consume(anna, { cost: 2, resourceId: 'a' }, headers)).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    const turned = { resourceId: 'a', resourceType: 'dicom_processing', cost: 1 };
    const again = await anna.call('POST', '/quota/consume/', { body: turned, headers });
    expect(again.body).toEqual(first.body);
    expect((await anna.call('GET', '/usage')).body.items).toHaveLength(1);
  });

  it('belongs to one user and one route', async () => {
    const bert = await register(apps[0], `bert${people}`);
    const headers = keyed('shared');
    const answers = [
      await consume(anna, {}, headers),
      await consume(bert, { cost: 3 }, headers),
      await anna.call('POST', '/subscriptions', { body: { planCode: 'pro', provider: 'alipay' }, headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201]);
    expect(answers.every((answer) => answer.headers.get('idempotency-replayed') === null)).toBe(true);
  });

  it('tells the refunds of two orders apart', async () => {
    const [first, second] = [await buy(apps[0], anna, 'alipay'), await order(anna, 'alipay', 'enterprise')];
    const refund = (orderId: string) =>
      admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '1.00' }, headers: keyed('r1') });
    expect((await refund(first)).status).toBe(201);
    expect((await refund(second.orderId)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('answers 409 while the first is still running', async () => {
    const [{ id }] = await apps[0].sql(
      `SELECT b.id FROM commercial.quota_balances b JOIN commercial.users u
         ON u.personal_account_id = b.account_id WHERE u.id = $1`,
      [anna.id],
    );
    const holder = apps[0].dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT 1 FROM commercial.quota_balances WHERE id = $1 FOR UPDATE', [id]);
    const running = consume(anna, {}, keyed('slow'));
    await until(
      async () =>
        (await apps[0].sql(`SELECT 1 FROM commercial.idempotency_keys WHERE key = 'slow'`)).length === 1,
    );
    const second = await apps[1].call('POST', '/quota/consume', {
      token: anna.token,
      body: { resourceType: 'dicom_processing' },
      headers: keyed('slow'),
    });
    expect(second).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_IN_USE' } });
    await holder.commitTransaction();
    await holder.release();
    expect((await running).status).toBe(200);
    expect((await anna.call('GET', '/usage')).body.items).toHaveLength(1);
  });

  it('replays refusals too, word for word', async () => {
    const plan = { body: { planCode: 'gold', provider: 'alipay' }, headers: keyed('gold') };
    const refused = await anna.call('POST', '/subscriptions', plan);
    expect(refused.status).toBe(404);
    const chinese = { ...plan, headers: { ...plan.headers, 'accept-language': 'zh-CN' } };
    const again = await anna.call('POST', '/subscriptions', chinese);
    expect(again.body).toEqual(refused.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('content-type')).toContain('application/problem+json');
  });

  it('keeps no refusal that passes (402): nothing was done, so a repeat runs anew, and once', async () => {
    for (const path of ['/quota/consume', '/quota/holds']) {
      const request = {
        body: { resourceType: 'dicom_processing', cost: 11 },
        headers: keyed('too-much'),
      };
      const refused = await anna.call('POST', path, request);
      expect(refused).toMatchObject({ status: 402, body: { code: 'QUOTA_EXCEEDED' } });
      expect((await anna.call('POST', path, request)).headers.get('idempotency-replayed')).toBeNull();
      await apps[0].sql(`UPDATE commercial.quota_balances SET granted = granted + 11`);
      const done = await anna.call('POST', path, request);
      expect(done.status).toBeLessThan(300);
      expect(done.headers.get('idempotency-replayed')).toBeNull();
      const replayed = await anna.call('POST', path, request);
      expect(replayed.body).toEqual(done.body);
      expect(replayed.headers.get('idempotency-replayed')).toBe('true');
      expect(await anna.call('POST', path, { ...request, body: { ...request.body, cost: 1 } })).toMatchObject(
        { status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } },
      );
    }
  });

  it('keeps no answer of 500 and more: the same key orders once when the channel is back', async () => {
    const nobody = 'http://127.0.0.1:9';
    const stranded = await startApp({
      beside: apps[0],
      commercial: { payments: { wechat: { ...apps[0].keys.merchant.wechat, baseUrl: nobody } } },
    });
    try {
      const request = {
        token: anna.token,
        body: { planCode: 'pro', provider: 'wechat' },
        headers: keyed('stormy'),
      };
      expect((await stranded.call('POST', '/subscriptions', request)).status).toBe(502);
      const [kept] = (await anna.call('GET', '/payments')).body.items;
      const answer = await apps[0].call('POST', '/subscriptions', request);
      expect(answer).toMatchObject({ status: 201, body: { payment: { orderId: kept.orderId } } });
      expect((await anna.call('GET', '/payments')).body.items).toHaveLength(1);
    } finally {
      await stranded.close();
    }
  });

  describe('after a crash between the work and the answer', () => {
    const crashed = async (path: string, body: object, token: string) => {
      const key = randomUUID();
      const call = () => apps[0].call('POST', path, { token, body, headers: keyed(key) });
      const first = await call();
      await forgetAnswer(key);
      expect((await call()).body.code).toBe('IDEMPOTENCY_KEY_IN_USE');
      return { first, key, again: async () => (await leaseRunsOut(key), call()) };
    };

    it('is free within 60 s, and a consumption is found instead of made twice', async () => {
      const body = { resourceType: 'dicom_processing', cost: 4 };
      const { first, again } = await crashed('/quota/consume', body, anna.token);
      const second = await again();
      expect(second.status).toBe(200);
      expect(second.body).toEqual(first.body);
      expect((await anna.call('GET', '/quota')).body.items[0].used).toBe(4);
    });

    it('finds the last unit consumed instead of refusing it', async () => {
      const body = { resourceType: 'dicom_processing', cost: 10 };
      const { first, again } = await crashed('/quota/consume', body, anna.token);
      expect((await again()).body).toEqual(first.body);
    });

    it.each(['alipay', 'wechat'])('finds the order through %s', async (provider) => {
      const body = { planCode: 'pro', provider };
      const { first, again } = await crashed('/subscriptions', body, anna.token);
      const second = await again();
      expect(second.status).toBe(201);
      expect(second.body.payment.orderId).toBe(first.body.payment.orderId);
      expect(second.body.subscription.id).toBe(first.body.subscription.id);
      expect((await anna.call('GET', '/payments')).body.items).toHaveLength(1);
    });

    it('finds an order that was closed meanwhile, and makes no other', async () => {
      const { first, again } = await crashed(
        '/subscriptions',
        { planCode: 'pro', provider: 'wechat' },
        anna.token,
      );
      const { orderId } = first.body.payment;
      expect((await anna.call('POST', `/payments/${orderId}/close`)).status).toBe(200);
      const second = await again();
      expect(second).toMatchObject({ status: 201, body: { payment: { orderId, status: 'closed' } } });
      expect((await anna.call('GET', '/payments')).body.items).toHaveLength(1);
    });

    it('finds a free plan that came into force', async () => {
      await apps[0].sql(
        `UPDATE commercial.subscriptions SET status = 'expired', ended_at = $2 WHERE account_id =
        (SELECT personal_account_id FROM commercial.users WHERE id = $1)`,
        [anna.id, apps[0].clock.now()],
      );
      await apps[0].sql(
        `UPDATE commercial.quota_balances SET valid_until = valid_from WHERE account_id =
        (SELECT personal_account_id FROM commercial.users WHERE id = $1)`,
        [anna.id],
      );
      const { first, again } = await crashed('/subscriptions', { planCode: 'free' }, anna.token);
      const second = await again();
      expect(second).toMatchObject({
        status: 201,
        body: { subscription: { id: first.body.subscription.id } },
      });
    });

    it.each(['alipay', 'wechat'] as const)('finds the refund through %s', async (provider) => {
      const orderId = await buy(apps[0], anna, provider);
      const path = `/payments/${orderId}/refunds`;
      const { first, again } = await crashed(path, { amount: '9.00' }, admin.token);
      const second = await again();
      expect(second).toMatchObject({ status: 201, body: { refundId: first.body.refundId, amount: '9.00' } });
      await until(
        async () => (await anna.call('GET', `/payments/${orderId}`)).body.refundedAmount === '9.00',
      );
    });

    it('lets one of many take the key over', async () => {
      const body = { resourceType: 'dicom_processing', cost: 3 };
      const { first, key } = await crashed('/quota/consume', body, anna.token);
      await leaseRunsOut(key);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          persistently(apps[index % 2]!, { path: '/quota/consume', body, key }),
        ),
      );
      for (const answer of answers) expect(answer.body).toEqual(first.body);
      expect((await anna.call('GET', '/quota')).body.items[0].used).toBe(3);
    });
  });

  it.each(['', 'x'.repeat(256), 'a b', 'schlüssel', 'a\tb'])('refuses the key %j', async (key) => {
    const answer = await consume(anna, {}, keyed(key));
    expect(fieldsAtFault(answer)).toEqual(['Idempotency-Key']);
    expect((await anna.call('GET', '/usage')).body.items).toEqual([]);
  });

  it.each(['x', '~!{"}', 'x'.repeat(255)])('takes the key %j', async (key) => {
    expect((await consume(anna, {}, keyed(key))).status).toBe(200);
  });

  it('keeps nothing of a request without a user, or with a body that isn’t valid', async () => {
    const before = await apps[0].sql('SELECT count(*) FROM commercial.idempotency_keys');
    const path = '/quota/consume';
    expect((await apps[0].call('POST', path, { body: {}, headers: keyed('nobody') })).status).toBe(401);
    expect((await anna.call('POST', path, { body: '{', headers: keyed('broken') })).status).toBe(400);
    expect(await apps[0].sql('SELECT count(*) FROM commercial.idempotency_keys')).toEqual(before);
  });
});
