import { Administrators } from '../../src/auth/api/users/administrators.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import {
  fieldsAtFault,
  PASSWORD,
  register,
  startAuthApp,
  type Answer,
  type AuthApp,
} from '../support/auth-app.js';

import { until } from '../support/embedded-process.js';

const NOBODY = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11';

describe('administration of users', () => {
  let database: TestDatabase;
  let app: AuthApp;
  let root: { token: string; id: string };

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startAuthApp({ database });
    await app.app.get(Administrators).ensureAdministrator({ email: 'root@example.com', password: PASSWORD });
    root = await login('root');
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  async function login(name: string): Promise<{ token: string; id: string }> {
    const body = { email: `${name}@example.com`, password: PASSWORD };
    const answer = await app.call('POST', '/auth/login', { body });
    return { token: answer.body.accessToken, id: answer.body.user.id };
  }

  const get = (path: string, token = root.token) => app.call('GET', path, { token });
  const deactivate = (id: string, body = {}, token = root.token) =>
    app.call('POST', `/admin/users/${id}/deactivate`, { token, body });
  const reactivate = (id: string) =>
    app.call('POST', `/admin/users/${id}/reactivate`, { token: root.token, body: {} });
  const setRole = (id: string, role: string, token = root.token) =>
    app.call('PUT', `/admin/users/${id}/role`, { token, body: { role } });
  const emails = (answer: Answer) => answer.body.items.map((user: { email: string }) => user.email);

  describe('GET /admin/users', () => {
    beforeAll(async () => {
      for (const name of ['li.wei', 'li_na', 'wang100%']) await register(app, name);
      const { body } = await get('/admin/users?search=wang');
      await deactivate(body.items[0].id);
    });

    it('shows what administrators need and nothing secret', async () => {
      const { status, body } = await get('/admin/users?search=li.wei');
      expect(status).toBe(200);
      expect(body.items).toEqual([
        {
          id: expect.any(String),
          email: 'li.wei@example.com',
          displayName: null,
          role: 'user',
          locale: 'en',
          createdAt: expect.any(String),
          accountId: expect.any(String),
          emailVerifiedAt: null,
          deactivatedAt: null,
        },
      ]);
      const shown = await get(`/admin/users/${body.items[0].id}`);
      expect(shown).toMatchObject({ status: 200, body: body.items[0] });
    });

    it.each([
      ['search=LI.', ['li.wei@example.com']],
      ['search=li_', ['li_na@example.com']],
      ['search=100%25', ['wang100%@example.com']],
      ['search=%5C', []],
      ['role=admin', ['root@example.com']],
      ['status=deactivated', ['wang100%@example.com']],
      ['status=active&search=li', ['li.wei@example.com', 'li_na@example.com']],
    ])('finds by %s', async (query, expected) => {
      expect(emails(await get(`/admin/users?${query}`)).toSorted()).toEqual(expected);
    });

    it('pages', async () => {
      const first = (await get('/admin/users?limit=3')).body;
      const rest = await get(`/admin/users?limit=3&cursor=${first.nextCursor}`);
      expect(first.items).toHaveLength(3);
      expect(rest.body).toMatchObject({ items: [{}], nextCursor: null });
    });

    it.each(['role=root', 'status=gone', 'search=', 'search=%00', 'sort=email'])(
      'refuses ?%s',
      async (query) => {
        expect(fieldsAtFault(await get(`/admin/users?${query}`))).toEqual([query.split('=')[0]]);
      },
    );
  });

  describe('deeds', () => {
    it('are written into the audit log, each once', async () => {
      const { user } = await register(app, 'anna');
      await deactivate(user.id, { reason: 'left the hospital' });
      await deactivate(user.id);
      await reactivate(user.id);
      await reactivate(user.id);
      await setRole(user.id, 'admin');
      await setRole(user.id, 'admin');
      await setRole(user.id, 'user');
      const { body } = await get(`/admin/audit?subjectId=${user.id}`);
      expect(body.items.map(({ action, detail }: any) => [action, detail])).toEqual([
        ['user.role_changed', { from: 'admin', to: 'user' }],
        ['user.role_changed', { from: 'user', to: 'admin' }],
        ['user.reactivated', {}],
        ['user.deactivated', { reason: 'left the hospital' }],
      ]);
      expect(body.items[0]).toMatchObject({ actorUserId: root.id, subjectType: 'user', subjectId: user.id });
    });

    it.each(['deactivate', 'reactivate'])('know no user that is not there: %s', async (deed) => {
      const path = `/admin/users/${NOBODY}/${deed}`;
      expect((await app.call('POST', path, { token: root.token, body: {} })).status).toBe(404);
      expect((await setRole(NOBODY, 'admin')).status).toBe(404);
      expect((await get(`/admin/users/${NOBODY}`)).status).toBe(404);
    });

    it.each([
      ['reason', { reason: 'x'.repeat(501) }],
      ['deactivatedAt', { deactivatedAt: null }],
    ])('refuse %s', async (field, body) => {
      expect(fieldsAtFault(await deactivate(root.id, body))).toEqual([field]);
    });

    it('end every session of a user, who signs in again', async () => {
      const { user, accessToken, refreshToken } = await register(app, 'ended');
      const end = (id: string, token = root.token) =>
        app.call('DELETE', `/admin/users/${id}/sessions`, { token });
      expect((await end(user.id, accessToken)).status).toBe(403);
      expect(await end(user.id)).toMatchObject({ status: 204, body: null });
      expect((await app.call('POST', '/auth/refresh', { body: { refreshToken } })).status).toBe(401);
      await until(async () => (await app.call('GET', '/users/me', { token: accessToken })).status === 401);
      await login('ended');
      const { items } = (await get(`/admin/audit?subjectId=${user.id}`)).body;
      expect(items).toMatchObject([{ action: 'user.sessions_ended', actorUserId: root.id }]);
      expect((await end(NOBODY)).status).toBe(404);
    });

    it('refuse a role that is none', async () => {
      expect(fieldsAtFault(await setRole(root.id, 'root'))).toEqual(['role']);
    });

    it('leave an administrator', async () => {
      expect(await deactivate(root.id)).toMatchObject({ status: 409, body: { code: 'LAST_ADMINISTRATOR' } });
      expect(await setRole(root.id, 'user')).toMatchObject({ status: 409 });
    });

    it('leave an administrator also when two remove each other at once', async () => {
      for (let round = 0; round < 3; round += 1) {
        const { user } = await register(app, `bert${round}`);
        await setRole(user.id, 'admin');
        const { token } = await login(`bert${round}`);
        const answers = await Promise.all([setRole(user.id, 'user'), setRole(root.id, 'user', token)]);
        expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
        const admins = emails(
          await get('/admin/users?role=admin', answers[1]?.status === 200 ? token : root.token),
        );
        expect(admins).toHaveLength(1);
        if (answers[1]?.status === 200) await setRole(root.id, 'admin', token);
        root = await login('root');
        await setRole(user.id, 'user');
      }
    });
  });

  describe('the audit log', () => {
    it('is found by actor, action, subject and time', async () => {
      const { user } = await register(app, 'carl');
      const from = app.clock.now().toISOString();
      await deactivate(user.id);
      app.clock.forward(1);
      const to = app.clock.now().toISOString();
      await reactivate(user.id);
      const found = async (query: string) =>
        (await get(`/admin/audit?subjectId=${user.id}&${query}`)).body.items.map(
          (entry: any) => entry.action,
        );
      expect(await found(`actorUserId=${root.id}`)).toEqual(['user.reactivated', 'user.deactivated']);
      expect(await found(`actorUserId=${NOBODY}`)).toEqual([]);
      expect(await found('action=user.deactivated')).toEqual(['user.deactivated']);
      expect(await found('subjectType=payment')).toEqual([]);
      expect(await found(`from=${from}&to=${to}`)).toEqual(['user.deactivated']);
      expect(await found(`from=${to}`)).toEqual(['user.reactivated']);
    });

    it.each(['actorUserId=me', 'from=yesterday', 'to=1', 'action=%00'])('refuses ?%s', async (query) => {
      expect(fieldsAtFault(await get(`/admin/audit?${query}`))).toEqual([query.split('=')[0]]);
    });

    it.each([
      `UPDATE commercial.audit_log SET actor_user_id = NULL`,
      `DELETE FROM commercial.audit_log`,
      `DELETE FROM commercial.audit_log WHERE FALSE`,
      `TRUNCATE commercial.audit_log`,
    ])('only grows: %s', async (statement) => {
      await expect(app.dataSource.query(statement)).rejects.toThrow('The audit log only grows');
    });

    it.each(['PUT', 'PATCH', 'DELETE', 'POST'])('has no route to change it: %s', async (method) => {
      const call = { token: root.token, ...(method === 'DELETE' ? {} : { body: {} }) };
      expect((await app.call(method, '/admin/audit', call)).status).toBe(404);
    });
  });
});
