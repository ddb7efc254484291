import { fieldsAtFault, PASSWORD, register, startAuthApp, type AuthApp } from '../support/auth-app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const DAY_MS = 86_400_000;

describe('rotating an API key', () => {
  let database: TestDatabase;
  let app: AuthApp;
  /** Another process on the same database. */
  let other: AuthApp;
  let token: string;
  let people = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startAuthApp({ database });
    other = await startAuthApp({ database });
  });
  afterAll(async () => {
    await other.close();
    await app.close();
    await database.drop();
  });
  beforeEach(async () => {
    ({ accessToken: token } = await register(app, `p${(people += 1)}`));
  });

  const create = async (body: object = {}) =>
    (await app.call('POST', '/api-keys', { token, body: { name: 'import', ...body } })).body;
  const rotate = (id: string, body: object = {}, as = token) =>
    app.call('POST', `/api-keys/${id}/rotate`, { token: as, body });
  const statusOf = async (apiKey: string, at = app) => (await at.call('GET', '/users/me', { apiKey })).status;
  const listed = async () => (await app.call('GET', '/api-keys', { token })).body.items;
  const later = (ms: number) => new Date(app.clock.now().getTime() + ms);

  it('shows a new key once, with what the old one had', async () => {
    const old = await create({ scopes: ['profile:read'], quotaCap: 7 });
    const { status, body, headers } = await rotate(old.id);
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      name: 'import',
      scopes: ['profile:read'],
      quotaCap: 7,
      expiresAt: later(365 * DAY_MS).toJSON(),
    });
    expect(body.key).not.toBe(old.key);
    const items = await listed();
    expect(items[0]).toMatchObject({ id: body.id, replacedBy: null });
    expect(items[1]).toMatchObject({ id: old.id, replacedBy: body.id, expiresAt: later(DAY_MS).toJSON() });
    expect(JSON.stringify(items)).not.toContain(body.key);
  });

  it('lets both work until the overlap ends, on every process', async () => {
    const old = await create();
    const { key } = (await rotate(old.id, { overlapSeconds: 60 })).body;
    const everywhere = () =>
      Promise.all([statusOf(old.key), statusOf(old.key, other), statusOf(key), statusOf(key, other)]);
    app.clock.forward(59_999);
    other.clock.forward(59_999);
    expect(await everywhere()).toEqual([200, 200, 200, 200]);
    app.clock.forward(1);
    other.clock.forward(1);
    expect(await everywhere()).toEqual([401, 401, 200, 200]);
  });

  it('ends the old key at once where no overlap is wanted', async () => {
    const old = await create();
    const { key } = (await rotate(old.id, { overlapSeconds: 0 })).body;
    expect([await statusOf(old.key), await statusOf(key)]).toEqual([401, 200]);
  });

  it('gives the new key as long a life, and the old one no longer than it had', async () => {
    const old = await create({ expiresAt: later(10 * DAY_MS).toJSON() });
    app.clock.forward(9.5 * DAY_MS);
    token = await signIn();
    const { expiresAt } = (await rotate(old.id, { overlapSeconds: DAY_MS / 1000 })).body;
    expect(expiresAt).toBe(later(10 * DAY_MS).toJSON());
    expect((await listed())[1].expiresAt).toBe(later(DAY_MS / 2).toJSON());
  });

  it('makes one new key, however many ask at once', async () => {
    const old = await create();
    const answers = await Promise.all(Array.from({ length: 8 }, () => rotate(old.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('API_KEY_REPLACED');
    expect(await listed()).toHaveLength(2);
  });

  it('rotates the new key in its turn', async () => {
    const first = await create();
    const second = (await rotate(first.id)).body;
    expect((await rotate(second.id)).status).toBe(201);
  });

  it("finds neither another user's key nor a deleted one", async () => {
    const { id } = await create();
    const { accessToken } = await register(app, `p${(people += 1)}`);
    expect(await rotate(id, {}, accessToken)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    await app.call('DELETE', `/api-keys/${id}`, { token });
    expect((await rotate(id)).status).toBe(404);
  });

  it('gives no scope that is above the role by now', async () => {
    const { id } = await create();
    await app.dataSource.query(`UPDATE commercial.api_keys SET scopes = '{admin}' WHERE id = $1`, [id]);
    expect((await rotate(id)).status).toBe(403);
  });

  it.each([{ overlapSeconds: -1 }, { overlapSeconds: 2_592_001 }, { overlapSeconds: 1.5 }])(
    'refuses %j',
    async (body) => {
      expect(fieldsAtFault(await rotate((await create()).id, body))).toEqual(['overlapSeconds']);
    },
  );

  it('is refused by another process as soon as it is deleted', async () => {
    const { id, key } = await create();
    expect(await statusOf(key, other)).toBe(200);
    await app.call('DELETE', `/api-keys/${id}`, { token });
    expect(await statusOf(key, other)).toBe(401);
  });

  it('is refused by another process as soon as its user is deactivated', async () => {
    const { key } = await create();
    expect(await statusOf(key, other)).toBe(200);
    await app.dataSource.query(`UPDATE commercial.users SET deactivated_at = $2 WHERE email = $1`, [
      `p${people}@example.com`,
      app.clock.now(),
    ]);
    expect(await statusOf(key, other)).toBe(401);
  });

  async function signIn(): Promise<string> {
    const body = { email: `p${people}@example.com`, password: PASSWORD };
    return (await app.call('POST', '/auth/login', { body })).body.accessToken;
  }
});
