import { setTimeout as delay } from 'node:timers/promises';
import { Administrators } from '../../src/auth/api/users/administrators.js';
import { User } from '../../src/auth/identity/users/user.entity.js';
import { until } from '../support/embedded-process.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { PASSWORD, register, startAuthApp, type Answer, type AuthApp } from '../support/auth-app.js';

/** Two processes' worth of applications: what one ends, the other must refuse. */
describe('sessions and deactivation', () => {
  let database: TestDatabase;
  let app: AuthApp;
  let other: AuthApp;
  let admin: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startAuthApp({ database });
    other = await startAuthApp({ database });
    const body = { email: 'root@example.com', password: PASSWORD };
    await app.app.get(Administrators).ensureAdministrator(body);
    admin = (await app.call('POST', '/auth/login', { body })).body.accessToken;
  });
  afterAll(async () => {
    await app.close();
    await other.close();
    await database.drop();
  });

  const login = (name: string, headers = {}) =>
    app.call('POST', '/auth/login', { body: { email: `${name}@example.com`, password: PASSWORD }, headers });
  const refresh = (refreshToken: string) => app.call('POST', '/auth/refresh', { body: { refreshToken } });
  const me = (at: AuthApp, token: string) => at.call('GET', '/users/me', { token });
  const list = async (token: string) => (await app.call('GET', '/sessions', { token })).body.items;

  /** Fills both processes' lists, so that a refusal afterwards is due to what was ended since. */
  async function bothAdmit(token: string): Promise<void> {
    expect((await me(app, token)).status).toBe(200);
    expect((await me(other, token)).status).toBe(200);
  }

  /** Both processes come to refuse the token; how soon, the spec of EndedSessions says. */
  async function bothRefuse(token: string): Promise<void> {
    for (const at of [app, other]) await until(async () => (await me(at, token)).status === 401);
  }

  describe('GET /sessions', () => {
    it('shows each sign-in once, newest first, with when and with what', async () => {
      const first = await register(app, 'anna');
      app.clock.forward(1000);
      const second = (await login('anna', { 'user-agent': 'a phone' })).body;
      app.clock.forward(1000);
      await refresh(first.refreshToken);
      const shown = await list(second.accessToken);
      expect(shown).toEqual([
        {
          id: expect.any(String),
          userAgent: 'a phone',
          current: true,
          createdAt: '2026-11-24T08:00:01.000Z',
          lastUsedAt: '2026-11-24T08:00:01.000Z',
          expiresAt: '2026-12-24T08:00:01.000Z',
        },
        {
          id: expect.any(String),
          userAgent: 'node',
          current: false,
          createdAt: '2026-11-24T08:00:00.000Z',
          lastUsedAt: '2026-11-24T08:00:02.000Z',
          expiresAt: '2026-12-24T08:00:00.000Z',
        },
      ]);
    });

    it('pages', async () => {
      await register(app, 'bert');
      await login('bert');
      const token = (await login('bert')).body.accessToken;
      const page = (await app.call('GET', '/sessions?limit=2', { token })).body;
      const rest = await app.call('GET', `/sessions?cursor=${page.nextCursor}`, { token });
      expect(page.items).toHaveLength(2);
      expect(rest.body).toMatchObject({ items: [{}], nextCursor: null });
    });

    it('keeps an endless name of a client short', async () => {
      await register(app, 'carl');
      const { accessToken } = (await login('carl', { 'user-agent': 'x'.repeat(5000) })).body;
      expect((await list(accessToken))[0].userAgent).toBe('x'.repeat(200));
    });

    it('leaves out what was ended', async () => {
      const { accessToken } = await register(app, 'dora');
      const { refreshToken } = (await login('dora')).body;
      expect(await list(accessToken)).toHaveLength(2);
      await app.call('POST', '/auth/logout', { body: { refreshToken } });
      expect(await list(accessToken)).toMatchObject([{ current: true }]);
    });
  });

  describe('DELETE /sessions', () => {
    it('ends one, its access token on every process', async () => {
      const mine = await register(app, 'emil');
      const lost = (await login('emil')).body;
      await bothAdmit(lost.accessToken);
      const { id } = (await list(mine.accessToken)).find((session: { current: boolean }) => !session.current);
      const answer = await app.call('DELETE', `/sessions/${id}`, { token: mine.accessToken });
      expect(answer).toMatchObject({ status: 204, body: null });
      await bothRefuse(lost.accessToken);
      expect((await refresh(lost.refreshToken)).status).toBe(401);
      expect((await refresh(mine.refreshToken)).status).toBe(200);
      expect((await me(app, mine.accessToken)).status).toBe(200);
      expect((await app.call('DELETE', `/sessions/${id}`, { token: mine.accessToken })).status).toBe(404);
    });

    it('ends it at once on a process that nobody has asked for half a second', async () => {
      const mine = await register(app, 'idle');
      const lost = (await login('idle')).body;
      await bothAdmit(lost.accessToken);
      const others = await app.call('DELETE', '/sessions', { token: mine.accessToken });
      expect(others.status).toBe(204);
      await delay(600);
      expect((await me(other, lost.accessToken)).status).toBe(401);
    });

    it('ends all others', async () => {
      const mine = await register(app, 'fred');
      const lost = [(await login('fred')).body, (await login('fred')).body];
      for (const session of lost) await bothAdmit(session.accessToken);
      const answer = await app.call('DELETE', '/sessions', { token: mine.accessToken });
      expect(answer.status).toBe(204);
      for (const session of lost) await bothRefuse(session.accessToken);
      expect((await me(other, mine.accessToken)).status).toBe(200);
      expect(await list(mine.accessToken)).toHaveLength(1);
    });

    it('knows no session of another user', async () => {
      const { accessToken: theirs, refreshToken } = await register(app, 'gina');
      const [{ id }] = await list(theirs);
      const { accessToken: token } = await register(app, 'hans');
      expect(await app.call('DELETE', `/sessions/${id}`, { token })).toMatchObject({ status: 404 });
      expect((await refresh(refreshToken)).status).toBe(200);
    });

    it.each(['GET /sessions', 'DELETE /sessions'])('takes no API key: %s', async (route) => {
      const { accessToken: token } = await register(app, `ida${route.length}`);
      const { key } = (await app.call('POST', '/api-keys', { token, body: { name: 'all' } })).body;
      const [method = '', path = ''] = route.split(' ');
      expect((await app.call(method, path, { apiKey: key })).status).toBe(403);
    });
  });

  it('ends the access tokens of a family whose refresh token was used again', async () => {
    const { accessToken, refreshToken } = await register(app, 'jan');
    await refresh(refreshToken);
    app.clock.forward(10_001);
    other.clock.forward(app.clock.now().getTime() - other.clock.now().getTime());
    await bothAdmit(accessToken);
    expect((await refresh(refreshToken)).status).toBe(401);
    await bothRefuse(accessToken);
  });

  it('ends the access tokens of the others when the password changes', async () => {
    const mine = await register(app, 'kai');
    const lost = (await login('kai')).body;
    await bothAdmit(lost.accessToken);
    const body = { currentPassword: PASSWORD, newPassword: 'a password for tomorrow' };
    await app.call('POST', '/users/me/password', { token: mine.accessToken, body });
    await bothRefuse(lost.accessToken);
    expect((await me(app, mine.accessToken)).status).toBe(200);
  });

  describe('logout', () => {
    const logout = (refreshToken: string) => app.call('POST', '/auth/logout', { body: { refreshToken } });

    it('ends the access tokens of the session, on every process', async () => {
      const mine = await register(app, 'rosa');
      const left = (await login('rosa')).body;
      const refreshed = (await refresh(left.refreshToken)).body;
      for (const token of [left.accessToken, refreshed.accessToken]) await bothAdmit(token);
      expect((await logout(left.refreshToken)).status).toBe(204);
      for (const token of [left.accessToken, refreshed.accessToken]) await bothRefuse(token);
      expect((await me(app, mine.accessToken)).status).toBe(200);
    });

    it('ends them also where the session had come to its end', async () => {
      const { accessToken, refreshToken } = await register(app, 'sven');
      await bothAdmit(accessToken);
      await app.dataSource.query(
        `UPDATE commercial.sessions SET expires_at = $1 WHERE token_hash = sha256($2::text::bytea)`,
        [app.clock.now(), refreshToken],
      );
      expect((await logout(refreshToken)).status).toBe(204);
      await bothRefuse(accessToken);
    });

    it('lets no token of an ended session make or rotate a key, though its process has not heard of the end', async () => {
      const { accessToken: token, refreshToken } = await register(app, 'tina');
      const made = await other.call('POST', '/api-keys', { token, body: { name: 'kept' } });
      await bothAdmit(token);
      await logout(refreshToken);
      const create = () => other.call('POST', '/api-keys', { token, body: { name: 'left behind' } });
      const rotate = () => other.call('POST', `/api-keys/${made.body.id}/rotate`, { token, body: {} });
      // The list that the other process has is a few milliseconds old: it would let the token in.
      expect((await Promise.all([create(), rotate()])).map(({ status }) => status)).toEqual([401, 401]);
    });
  });

  describe('deactivation', () => {
    const act = (deed: string, id: string, call: { body?: unknown; token?: string } = {}): Promise<Answer> =>
      app.call('POST', `/admin/users/${id}/${deed}`, { token: admin, body: {}, ...call });

    it('shuts out tokens and keys', async () => {
      const mine = await register(app, 'lea');
      const body = { name: 'all' };
      const { key } = (await app.call('POST', '/api-keys', { token: mine.accessToken, body })).body;
      await bothAdmit(mine.accessToken);
      const answer = await act('deactivate', mine.user.id, { body: { reason: 'left' } });
      expect(answer).toMatchObject({ status: 200, body: { deactivatedAt: expect.any(String) } });
      await bothRefuse(mine.accessToken);
      expect((await app.call('GET', '/users/me', { apiKey: key })).status).toBe(401);
      expect((await refresh(mine.refreshToken)).status).toBe(401);
    });

    it('tells only who knows the password', async () => {
      const { user } = await register(app, 'max');
      await act('deactivate', user.id);
      expect(await login('max')).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      const body = { email: 'max@example.com', password: 'wrong' };
      expect(await app.call('POST', '/auth/login', { body })).toMatchObject({
        status: 401,
        body: { code: 'INVALID_CREDENTIALS' },
      });
    });

    it('is undone by reactivation, which revives no session', async () => {
      const { user, accessToken, refreshToken } = await register(app, 'nora');
      await act('deactivate', user.id);
      expect(await act('reactivate', user.id)).toMatchObject({ status: 200, body: { deactivatedAt: null } });
      expect((await refresh(refreshToken)).status).toBe(401);
      await bothRefuse(accessToken);
      expect((await me(app, (await login('nora')).body.accessToken)).status).toBe(200);
    });

    it('leaves no session alive when it meets logins and refreshes', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { user, refreshToken } = await register(app, `otto${round}`);
        await Promise.all([
          ...[0, 1].map(() => login(`otto${round}`)),
          ...[0, 1].map(() => refresh(refreshToken)),
          act('deactivate', user.id),
          ...[0, 1].map(() => login(`otto${round}`)),
          ...[0, 1].map(() => refresh(refreshToken)),
        ]);
        const alive = await app.dataSource.query(
          'SELECT 1 FROM commercial.sessions WHERE user_id = $1 AND revoked_at IS NULL',
          [user.id],
        );
        expect(alive).toEqual([]);
      }
    });
  });

  it('ends every session of who changes roles', async () => {
    const { user, accessToken, refreshToken } = await register(app, 'paul');
    await bothAdmit(accessToken);
    const body = { role: 'admin' };
    const answer = await app.call('PUT', `/admin/users/${user.id}/role`, { token: admin, body });
    expect(answer).toMatchObject({ status: 200, body: { role: 'admin' } });
    await bothRefuse(accessToken);
    expect((await refresh(refreshToken)).status).toBe(401);
    const { accessToken: token } = (await login('paul')).body;
    expect((await app.call('GET', '/admin/users', { token })).status).toBe(200);
    await app.call('PUT', `/admin/users/${user.id}/role`, { token: admin, body: { role: 'user' } });
    await bothRefuse(token);
    expect((await app.dataSource.manager.findOneByOrFail(User, { id: user.id })).role).toBe('user');
  });

  it('forgets an ended session when the last of its access tokens has expired', async () => {
    const { user } = await register(app, 'quin');
    await app.call('POST', `/admin/users/${user.id}/deactivate`, { token: admin, body: {} });
    app.clock.forward(900_000);
    const body = { email: 'root@example.com', password: PASSWORD };
    admin = (await app.call('POST', '/auth/login', { body })).body.accessToken;
    await app.call('DELETE', '/sessions', { token: admin });
    const kept = await app.dataSource.query(
      `SELECT 1 FROM commercial.ended_sessions JOIN commercial.sessions ON id = session_id WHERE user_id = $1`,
      [user.id],
    );
    expect(kept).toEqual([]);
  });
});
