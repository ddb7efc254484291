import { Controller, Get } from '@nestjs/common';
import { Access } from '../../src/auth/access/access.decorator.js';
import { SCOPES } from '../../src/auth/identity/caller/scopes.js';
import { MAX_API_KEYS } from '../../src/auth/api/api-keys/api-key.dto.js';
import { ApiKey } from '../../src/auth/credentials/api-keys/api-key.entity.js';
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../src/auth/identity/caller/current-user.decorator.js';
import { fieldsAtFault, PASSWORD, register, startAuthApp, type AuthApp } from '../support/auth-app.js';

@Controller('probe')
class ProbeController {
  @Get('open')
  @Access('public')
  open(): { user: null } {
    return { user: null };
  }

  @Get('quota')
  @Access('user', { scope: 'quota:read' })
  quota(@CurrentUser() user: AuthenticatedUser): AuthenticatedUser {
    return user;
  }

  @Get('admin')
  @Access('admin', { scope: 'billing:write' })
  admin(@CurrentUser() user: AuthenticatedUser): AuthenticatedUser {
    return user;
  }
}

const YEAR_MS = 365 * 86_400_000;

describe('API keys over HTTP', () => {
  let app: AuthApp;
  let token: string;
  let user: { id: string };

  beforeAll(async () => {
    app = await startAuthApp({ controllers: [ProbeController] });
    ({ accessToken: token, user } = await register(app, 'anna'));
  });
  afterAll(() => app.close());

  const create = async (body: object, as = token) =>
    app.call('POST', '/api-keys', { token: as, body: { name: 'a key', ...body } });
  const keyWith = async (body: object = {}, as = token) => (await create(body, as)).body;
  const get = (path: string, apiKey: string) => app.call('GET', path, { apiKey });

  it('shows the key once, and lists it without', async () => {
    const { status, body } = await create({
      name: 'import',
      scopes: ['quota:read'],
      expiresAt: '2027-01-01T08:00:00+08:00',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      name: 'import',
      key: expect.stringMatching(/^idk_[0-9A-Za-z]{38}$/),
      prefix: body.key.slice(0, 12),
      scopes: ['quota:read'],
      expiresAt: '2027-01-01T00:00:00.000Z',
      quotaCap: null,
      createdAt: app.clock.now().toISOString(),
    });
    const { items } = (await app.call('GET', '/api-keys', { token })).body;
    const { key, ...shown } = body;
    expect(items).toEqual([{ ...shown, lastUsedAt: null, quotaUsed: null, replacedBy: null }]);
    const [row] = await app.dataSource.query(
      `SELECT key_hash = sha256($2::text::bytea) AS hashed FROM commercial.api_keys WHERE id = $1`,
      [body.id, key],
    );
    expect(row.hashed).toBe(true);
  });

  it('names the caller, the account and the key', async () => {
    const { id, key } = await keyWith();
    const { status, body } = await get('/probe/quota', key);
    expect(status).toBe(200);
    expect(body).toEqual({
      id: user.id,
      accountId: expect.any(String),
      role: 'user',
      accountRole: null,
      via: 'apiKey',
      sessionId: null,
      apiKeyId: id,
      scopes: SCOPES.filter((scope) => scope !== 'admin'),
    });
  });

  it('does what its scopes allow, and no more', async () => {
    const { key } = await keyWith({ scopes: ['profile:read'] });
    expect((await get('/users/me', key)).status).toBe(200);
    expect(await get('/probe/quota', key)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    const put = await app.call('PUT', '/users/me', { apiKey: key, body: { displayName: 'x' } });
    expect(put.status).toBe(403);
    expect((await get('/probe/open', key)).status).toBe(200);
  });

  it('calls no route of the keys', async () => {
    const { id, key: apiKey } = await keyWith();
    for (const [method, path] of [
      ['GET', '/api-keys'],
      ['POST', '/api-keys'],
      ['DELETE', `/api-keys/${id}`],
      ['POST', `/api-keys/${id}/rotate`],
    ] as const) {
      const body = path === '/api-keys' && method === 'POST' ? { name: 'another' } : undefined;
      const answer = await app.call(method, path, { apiKey, body });
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    }
  });

  it('is refused once it is deleted', async () => {
    const { id, key } = await keyWith();
    const path = `/api-keys/${id}`;
    expect(await app.call('DELETE', path, { token })).toMatchObject({ status: 204, body: null });
    expect(await get('/users/me', key)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect((await app.call('DELETE', path, { token })).status).toBe(404);
    const { items } = (await app.call('GET', '/api-keys', { token })).body;
    expect(items.map((item: { id: string }) => item.id)).not.toContain(id);
  });

  it("leaves another user's key alone", async () => {
    const { id, key } = await keyWith();
    const { accessToken } = await register(app, 'carl');
    const answer = await app.call('DELETE', `/api-keys/${id}`, { token: accessToken });
    expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect((await get('/users/me', key)).status).toBe(200);
    expect((await app.call('GET', '/api-keys', { token: accessToken })).body).toEqual({
      items: [],
      nextCursor: null,
    });
  });

  it('expires by the injected clock', async () => {
    const { key } = await keyWith({ expiresAt: new Date(app.clock.now().getTime() + 1000).toISOString() });
    app.clock.forward(999);
    expect((await get('/users/me', key)).status).toBe(200);
    app.clock.forward(1);
    expect((await get('/users/me', key)).status).toBe(401);
  });

  it('records its use, at most once a minute', async () => {
    const { id, key } = await keyWith();
    const used = async () => {
      expect((await get('/users/me', key)).status).toBe(200);
      const [row] = await app.dataSource.query(`SELECT last_used_at FROM commercial.api_keys WHERE id = $1`, [
        id,
      ]);
      return row.last_used_at as Date;
    };
    const first = app.clock.now();
    expect(await used()).toEqual(first);
    app.clock.forward(59_999);
    expect(await used()).toEqual(first);
    app.clock.forward(1);
    expect(await used()).toEqual(app.clock.now());
    ({ accessToken: token } = (
      await app.call('POST', '/auth/login', { body: { email: 'anna@example.com', password: PASSWORD } })
    ).body);
  });

  it.each(['', 'nonsense', `idk_${'A'.repeat(38)}`])('is refused as %j', async (key) => {
    expect((await get('/users/me', key)).status).toBe(401);
  });

  it('asks the database about no key whose checksum is wrong', async () => {
    const { key } = await keyWith();
    const wrong = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
    const queries = jest.spyOn(app.dataSource.driver, 'createQueryRunner');
    const lookups = jest.spyOn(app.dataSource.getRepository(ApiKey), 'findOne');
    try {
      expect((await get('/users/me', wrong)).status).toBe(401);
      expect(queries).not.toHaveBeenCalled();
      expect(lookups).not.toHaveBeenCalled();
      expect((await get('/users/me', key)).status).toBe(200);
      expect(queries).toHaveBeenCalled();
    } finally {
      queries.mockRestore();
      lookups.mockRestore();
    }
  });

  it("keeps an administrator's routes for administrators", async () => {
    const { accessToken } = await register(app, 'root');
    const before = await keyWith({}, accessToken);
    await app.dataSource.query(`UPDATE commercial.users SET role = 'admin' WHERE email = 'root@example.com'`);
    const body = { email: 'root@example.com', password: PASSWORD };
    const admin = (await app.call('POST', '/auth/login', { body })).body.accessToken;
    const [after, limited] = [await keyWith({}, admin), await keyWith({ scopes: ['admin'] }, admin)];
    const statuses = await Promise.all([
      app.call('GET', '/probe/admin', { token: admin }),
      get('/probe/admin', after.key),
      get('/probe/admin', before.key),
      get('/probe/admin', limited.key),
      app.call('GET', '/probe/admin', { token }),
      get('/probe/admin', (await keyWith()).key),
      app.call('GET', '/probe/admin'),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 403, 403, 403, 403, 401]);
    expect((await create({ scopes: ['admin'] })).status).toBe(403);
  });

  it.each([
    ['scopes', { scopes: ['everything'] }],
    ['scopes', { scopes: [] }],
    ['scopes', { scopes: 'quota:read' }],
    ['expiresAt', { expiresAt: '2026-11-24T07:59:59Z' }],
    ['expiresAt', { expiresAt: '2999-01-01' }],
    ['expiresAt', { expiresAt: 1 }],
    ['quotaCap', { quotaCap: 0 }],
    ['quotaCap', { quotaCap: 1.5 }],
    ['quotaCap', { quotaCap: '5' }],
    ['name', { name: '' }],
    ['name', { name: 'a\u0000b' }],
    ['key', { key: 'my own' }],
  ])('refuses %s in %j', async (field, body) => {
    expect(fieldsAtFault(await create(body))).toEqual([field]);
  });

  it('ends after a year where no end is named, and never where none is asked for', async () => {
    const { accessToken } = await register(app, 'ends');
    const now = app.clock.now();
    expect((await keyWith({}, accessToken)).expiresAt).toBe(new Date(now.getTime() + YEAR_MS).toJSON());
    const endless = await keyWith({ expiresAt: null }, accessToken);
    expect(endless.expiresAt).toBeNull();
    const rotated = await app.call('POST', `/api-keys/${endless.id}/rotate`, {
      token: accessToken,
      body: {},
    });
    expect(rotated.body.expiresAt).toBeNull();
  });

  it(`is one of ${MAX_API_KEYS} at most, however many are asked for at once`, async () => {
    const { accessToken } = await register(app, 'many');
    const short = { expiresAt: new Date(app.clock.now().getTime() + 1000).toISOString() };
    const first = await keyWith(short, accessToken);
    const answers = await Promise.all(
      Array.from({ length: MAX_API_KEYS + 4 }, () => create({}, accessToken)),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(MAX_API_KEYS - 1);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('TOO_MANY_API_KEYS');
    const rotate = (id: string, body: object) =>
      app.call('POST', `/api-keys/${id}/rotate`, { token: accessToken, body });
    // The old one would work beside the new one, time and again.
    expect((await rotate(made[0]!.body.id, {})).body.code).toBe('TOO_MANY_API_KEYS');
    expect((await rotate(made[0]!.body.id, { overlapSeconds: 0 })).status).toBe(201);
    expect((await create({}, accessToken)).status).toBe(409);
    await app.call('DELETE', `/api-keys/${made[1]!.body.id}`, { token: accessToken });
    expect((await create({}, accessToken)).status).toBe(201);
    expect((await create({}, accessToken)).status).toBe(409);
    app.clock.forward(1000);
    expect((await get('/users/me', first.key)).status).toBe(401);
    expect((await create({}, accessToken)).status).toBe(201);
  });

  it('names the scopes there are to one who asks for another', async () => {
    const [error] = (await create({ scopes: ['everything'] })).body.errors;
    expect(error.message).toContain(SCOPES.join(', '));
  });

  it('answers 400 to an id that is no UUID', async () => {
    expect(fieldsAtFault(await app.call('DELETE', '/api-keys/1', { token }))).toEqual(['id']);
  });

  describe('in a list', () => {
    let as: string;
    const list = (query = '') => app.call('GET', `/api-keys/${query}`, { token: as });

    beforeAll(async () => {
      ({ accessToken: as } = await register(app, 'dora'));
      for (let index = 0; index < 25; index += 1) {
        // Five at each moment: the id decides between those.
        if (index % 5 === 0) app.clock.forward(1);
        await create({ name: `key ${index}` }, as);
      }
    });

    it('come newest first, each once, though more are made meanwhile', async () => {
      const names: string[] = [];
      let cursor: string | null = '';
      for (let page = 0; cursor !== null && page < 10; page += 1) {
        const { body } = await list(`?limit=7${cursor && `&cursor=${cursor}`}`);
        names.push(...body.items.map((item: { name: string }) => item.name));
        cursor = body.nextCursor;
        app.clock.forward(1);
        await create({ name: 'newer' }, as);
      }
      expect(names).toHaveLength(25);
      const groups = [4, 3, 2, 1, 0].map((group) => names.slice(20 - group * 5, 25 - group * 5).sort());
      expect(groups).toEqual(
        [4, 3, 2, 1, 0].map((group) => [0, 1, 2, 3, 4].map((index) => `key ${group * 5 + index}`).sort()),
      );
    });

    it('come by twenty', async () => {
      expect((await list()).body.items).toHaveLength(20);
      const { items, nextCursor } = (await list('?limit=100')).body;
      expect(nextCursor).toBeNull();
      expect((await list(`?limit=${items.length}`)).body.nextCursor).toBeNull();
      expect((await list(`?limit=${items.length - 1}`)).body.nextCursor).toEqual(expect.any(String));
    });

    it.each([
      'limit=0',
      'limit=101',
      'limit=-1',
      'limit=x',
      'limit=',
      'limit=1.5',
      'limit=1&limit=2',
      'limit=0x10',
    ])('are refused with %s', async (query) => {
      expect(fieldsAtFault(await list(`?${query}`))).toEqual(['limit']);
    });

    it.each([
      'x',
      '',
      Buffer.from('2026-13-01T00:00:00.000Z 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11').toString('base64url'),
      `${'A'.repeat(300)}`,
    ])('are refused with the cursor %s', async (cursor) => {
      expect(fieldsAtFault(await list(`?cursor=${cursor}`))).toEqual(['cursor']);
    });
  });
});
