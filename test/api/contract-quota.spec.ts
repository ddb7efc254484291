import { consume, register, startApp, type CommercialApp } from '../support/app.js';
import { fieldsAtFault } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('quota and usage', () => {
  let app: CommercialApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.dataSource));

  it('debits and records, and shows both', async () => {
    const anna = await register(app, 'anna');
    const quota = (used: number) => ({
      quotaType: 'processing_count',
      used,
      limit: 10,
      remaining: 10 - used,
      resetsAt: expect.stringMatching(TIME),
    });
    expect((await anna.call('GET', '/quota')).body).toEqual({ items: [quota(0)] });
    const used = await consume(anna, { cost: 3, resourceId: '张三_20260314', metadata: { modality: 'MR' } });
    expect(used.status).toBe(200);
    expect(used.body).toEqual({ usageId: expect.stringMatching(UUID), quota: quota(3) });
    expect((await anna.call('GET', '/quota')).body).toEqual({ items: [quota(3)] });
    expect((await anna.call('GET', '/usage')).body).toEqual({
      items: [
        {
          id: used.body.usageId,
          resourceType: 'dicom_processing',
          resourceId: '张三_20260314',
          cost: 3,
          status: 'consumed',
          createdAt: expect.stringMatching(TIME),
        },
      ],
      nextCursor: null,
    });
    const [row] = await app.sql('SELECT * FROM commercial.usage_logs WHERE id = $1', [used.body.usageId]);
    expect(row).toMatchObject({ user_id: anna.id, metadata: { modality: 'MR' } });
  });

  it('takes all or nothing, and leaves what is left to a smaller cost', async () => {
    const bert = await register(app, 'bert');
    expect((await consume(bert, { cost: 8 })).status).toBe(200);
    const refused = await consume(bert, { cost: 3 });
    expect(refused.status).toBe(402);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.body).toMatchObject({
      type: 'about:blank',
      title: 'Quota exceeded',
      status: 402,
      detail: expect.stringContaining('8 of 10 used, 3 needed'),
      code: 'QUOTA_EXCEEDED',
      quota: { quotaType: 'processing_count', used: 8, limit: 10, remaining: 2 },
    });
    expect(refused.body.detail).toContain(refused.body.quota.resetsAt);
    expect((await consume(bert, { cost: 2 })).body.quota.remaining).toBe(0);
    expect((await bert.call('GET', '/usage')).body.items).toHaveLength(2);
  });

  it('refuses in Chinese unless asked otherwise', async () => {
    const carl = await register(app, 'carl');
    const detail = async (language: string) =>
      (await consume(carl, { cost: 11 }, { 'accept-language': language })).body.detail;
    expect(await detail('zh-CN')).toMatch(/^配额不足。已用：0\/10，本次需要 11。重置时间：/);
    expect(await detail('fr')).toMatch(/^配额不足/);
    expect(await detail('en-GB, zh;q=0.5')).toMatch(/^Not enough quota/);
  });

  it('checks without taking', async () => {
    const dora = await register(app, 'dora');
    const check = async (cost?: number) =>
      (await dora.call('POST', '/quota/check', { body: { resourceType: 'dicom_processing', cost } })).body;
    expect(await check()).toEqual({
      allowed: true,
      quota: expect.objectContaining({ used: 0, remaining: 10 }),
    });
    expect((await check(10)).allowed).toBe(true);
    expect((await check(11)).allowed).toBe(false);
    expect((await dora.call('GET', '/usage')).body.items).toEqual([]);
  });

  it.each([
    [{}, ['resourceType']],
    [{ resourceType: 'x-ray' }, ['resourceType']],
    [{ resourceType: 'constructor' }, ['resourceType']],
    [{ resourceType: '__proto__' }, ['resourceType']],
    [{ resourceType: 'dicom_processing', cost: 0 }, ['cost']],
    [{ resourceType: 'dicom_processing', cost: -1 }, ['cost']],
    [{ resourceType: 'dicom_processing', cost: 1.5 }, ['cost']],
    [{ resourceType: 'dicom_processing', cost: 1_000_001 }, ['cost']],
    [{ resourceType: 'dicom_processing', cost: '1' }, ['cost']],
    [{ resourceType: 'dicom_processing', cost: 1e300 }, ['cost']],
    [{ resourceType: 'dicom_processing', units: 1 }, ['units']],
  ])('refuses %j', async (body, fields) => {
    const emil = await register(app, `emil-${Math.random().toString(36).slice(2)}`);
    for (const path of ['/quota/check', '/quota/consume']) {
      expect(fieldsAtFault(await emil.call('POST', path, { body }))).toEqual(fields);
    }
  });

  it.each([
    [{ resourceId: '' }, ['resourceId']],
    [{ resourceId: 'x'.repeat(256) }, ['resourceId']],
    [{ resourceId: 'a\u0000b' }, ['resourceId']],
    [{ metadata: [] }, ['metadata']],
    [{ metadata: 'text' }, ['metadata']],
    [{ metadata: { text: 'x'.repeat(4100) } }, ['metadata']],
    [{ metadata: { name: 'a\u0000b' } }, ['metadata']],
    [{ metadata: { name: '\ud800' } }, ['metadata']],
  ])('refuses to consume with %j', async (extra, fields) => {
    const fred = await register(app, `fred-${Math.random().toString(36).slice(2)}`);
    const body = { resourceType: 'dicom_processing', ...extra };
    expect(fieldsAtFault(await fred.call('POST', '/quota/consume', { body }))).toEqual(fields);
  });

  it('lists usage by time and resource, in pages', async () => {
    const gina = await register(app, 'gina');
    const ids: string[] = [];
    for (let index = 0; index < 6; index += 1) ids.unshift((await consume(gina)).body.usageId);
    const list = async (query: string) => (await gina.call('GET', `/usage?${query}`)).body;
    const first = await list('limit=4');
    expect(first.items.map((item: { id: string }) => item.id)).toEqual(ids.slice(0, 4));
    const rest = await list(`limit=4&cursor=${first.nextCursor}`);
    expect(rest.items.map((item: { id: string }) => item.id)).toEqual(ids.slice(4));
    expect(rest.nextCursor).toBeNull();
    const third = first.items[3].createdAt;
    expect((await list(`to=${third}`)).items).toHaveLength(2);
    expect((await list(`from=${third}`)).items).toHaveLength(4);
    expect((await list('resourceType=dicom_processing')).items).toHaveLength(6);
    for (const [query, field] of [
      ['resourceType=x-ray', 'resourceType'],
      ['from=yesterday', 'from'],
      ['to=2026-13-01T00:00:00Z', 'to'],
      ['from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z', 'from'],
      ['order=asc', 'order'],
    ]) {
      expect(fieldsAtFault(await gina.call('GET', `/usage?${query}`))).toEqual([field]);
    }
  });

  it('shows nobody another user’s usage', async () => {
    const hans = await register(app, 'hans');
    const ida = await register(app, 'ida');
    await consume(hans);
    expect((await ida.call('GET', '/usage')).body.items).toEqual([]);
    expect((await ida.call('GET', '/quota')).body.items[0].used).toBe(0);
  });

  it('lets an API key use quota as its scopes allow', async () => {
    const jana = await register(app, 'jana');
    const keyWith = async (scopes?: string[]) =>
      (await jana.call('POST', '/api-keys', { body: { name: 'x', scopes } })).body.key;
    const use = (apiKey: string) =>
      app.call('POST', '/quota/consume', { apiKey, body: { resourceType: 'dicom_processing' } });
    expect((await use(await keyWith())).status).toBe(200);
    expect((await use(await keyWith(['quota:consume']))).status).toBe(200);
    expect(await use(await keyWith(['quota:read']))).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    expect((await use('idk_nonsense')).status).toBe(401);
  });
});
