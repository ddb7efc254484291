import { v7 } from 'uuid';
import { UsagePartitions } from '../../src/quota/usage/usage-partitions.js';
import {
  administrator,
  consume,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';

const MONTHS = ['2026-01', '2026-02', '2026-03'];

describe('usage over HTTP', () => {
  let app: CommercialApp;
  let ann: Person;
  let ben: Person;
  let admin: Person;
  let annAccount: string;

  beforeAll(async () => {
    app = await startApp();
    ann = await register(app, 'ann');
    ben = await register(app, 'ben');
    admin = await administrator(app);
    const partitions = app.app.get(UsagePartitions, { strict: false });
    for (const month of MONTHS) await partitions.ensurePartitions(new Date(`${month}-15T00:00:00Z`), 0);
    const accounts = await app.sql('SELECT id, personal_account_id AS account FROM commercial.users');
    const accountOf = (person: Person) => accounts.find(({ id }) => id === person.id).account;
    annAccount = accountOf(ann);
    for (const [n, time] of [
      '2026-01-10T00:00:00.000Z',
      '2026-01-31T23:59:59.999Z',
      '2026-02-01T00:00:00.000Z',
      '2026-02-01T15:59:59.999Z',
      '2026-02-01T16:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
    ].entries()) {
      await past(
        annAccount,
        ann.id,
        new Date(time),
        n + 1,
        n % 2 ? 'released' : 'consumed',
        `study-${n % 3}`,
      );
    }
    await past(accountOf(ben), ben.id, new Date('2026-02-01T00:00:00Z'), 100, 'consumed', 'study-0');
  });

  afterAll(() => app.close());

  /** Given back, so that it weighs on no balance; the status is what the questions are about. */
  const past = (account: string, user: string, at: Date, cost: number, status: string, resourceId: string) =>
    app.sql(
      `INSERT INTO commercial.usage_logs
         (id, account_id, user_id, balance_id, resource_type, resource_id, cost, status, created_at)
       VALUES ($1, $2, $3, $2, 'dicom_processing', $4, $5, $6, $7)`,
      [v7({ msecs: at.getTime() }), account, user, resourceId, cost, status, at],
    );
  const get = async (who: Person, path: string) => {
    const { status, body } = await who.call('GET', path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return body;
  };
  const costs = async (who: Person, path: string) =>
    (await get(who, path)).items.map(({ cost }: { cost: number }) => cost);

  it('pages through the months, newest first, without a gap or a repeat', async () => {
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: any = await get(ann, `/usage?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ cost }: { cost: number }) => cost));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('filters by time, status, resource type and resource', async () => {
    expect(await costs(ann, '/usage?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z')).toEqual([5, 4, 3]);
    expect(await costs(ann, '/usage?status=released')).toEqual([6, 4, 2]);
    expect(await costs(ann, '/usage?resourceId=study-0')).toEqual([4, 1]);
    expect(await costs(ann, '/usage?resourceId=study-0&status=consumed')).toEqual([1]);
    expect(await costs(ann, '/usage?resourceType=dicom_processing')).toHaveLength(6);
  });

  it('sums by Asia/Shanghai’s days, by status and by resource type', async () => {
    const byDay = await get(ann, '/usage/summary');
    expect(byDay).toEqual({
      groupBy: 'day',
      timeZone: 'Asia/Shanghai',
      items: [
        { key: '2026-01-10', count: 1, cost: 1 },
        { key: '2026-02-01', count: 3, cost: 9 },
        { key: '2026-02-02', count: 1, cost: 5 },
        { key: '2026-03-01', count: 1, cost: 6 },
      ],
      total: { count: 6, cost: 21 },
    });
    const byStatus = await get(ann, '/usage/summary?groupBy=status&to=2026-02-01T00:00:00Z');
    expect(byStatus.items).toEqual([
      { key: 'consumed', count: 1, cost: 1 },
      { key: 'released', count: 1, cost: 2 },
    ]);
    const byType = await get(ann, '/usage/summary?groupBy=resourceType&status=consumed');
    expect(byType.items).toEqual([{ key: 'dicom_processing', count: 3, cost: 9 }]);
  });

  it('shows an administrator anybody’s and everybody’s, and nobody else', async () => {
    expect(await costs(admin, '/admin/usage?limit=3')).toEqual([6, 5, 4]);
    expect(await costs(admin, `/admin/usage?userId=${ben.id}`)).toEqual([100]);
    expect(await costs(admin, `/admin/usage?accountId=${annAccount}&limit=1`)).toEqual([6]);
    expect(await costs(admin, `/admin/usage?accountId=${annAccount}&userId=${ben.id}`)).toEqual([]);
    expect((await get(admin, '/admin/usage/summary')).total).toEqual({ count: 7, cost: 121 });
    expect((await get(admin, `/admin/usage/summary?userId=${ben.id}`)).total).toEqual({
      count: 1,
      cost: 100,
    });
    const [first] = (await get(admin, `/admin/usage?userId=${ben.id}`)).items;
    expect(first).toMatchObject({ userId: ben.id, cost: 100 });
    expect((await admin.call('GET', `/admin/usage?userId=${v7()}`)).status).toBe(404);
    for (const path of ['/admin/usage', '/admin/usage/summary']) {
      expect((await ann.call('GET', path)).status).toBe(403);
      expect((await app.call('GET', path)).status).toBe(401);
    }
    expect((await get(ann, '/usage/summary')).total.cost).toBe(21);
  });

  it.each([
    '/usage?status=lost',
    '/usage?resourceType=x-ray',
    '/usage?resourceId=',
    '/usage?accountId=01990000-0000-7000-8000-000000000000',
    '/usage/summary?groupBy=colour',
    '/usage/summary?from=yesterday',
    '/usage/summary?limit=3',
    '/usage/summary?resourceType=x-ray',
  ])('refuses %s', async (path) => {
    expect((await ann.call('GET', path)).status).toBe(400);
  });

  it.each(['/admin/usage?accountId=1', '/admin/usage/summary?userId=x'])('refuses %s', async (path) => {
    expect((await admin.call('GET', path)).status).toBe(400);
  });

  it('shows what was consumed a moment ago in the list and in the sum', async () => {
    const before = (await get(ben, '/usage/summary')).total;
    expect((await consume(ben, { cost: 2, resourceId: 'new' })).status).toBe(200);
    expect(await costs(ben, '/usage?resourceId=new')).toEqual([2]);
    const after = (await get(ben, '/usage/summary')).total;
    expect(after).toEqual({ count: before.count + 1, cost: before.cost + 2 });
  });
});
