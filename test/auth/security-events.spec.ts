import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AuditPurge } from '../../src/audit/audit-purge.js';
import { SECURITY_LOG_DAYS } from '../../src/audit/security-actions.js';
import { Administrators } from '../../src/auth/api/users/administrators.js';
import { FAILURES_PER_ACCOUNT } from '../../src/auth/identity/limits/login-limits.js';
import { LOGIN_ENTRIES, LOGIN_ENTRIES_PER_NETWORK } from '../../src/auth/identity/limits/login-trail.js';
import { PASSWORD, register, startAuthApp, verifyEmail, type AuthApp } from '../support/auth-app.js';
import { mailbox } from '../support/mailbox.js';

const CLIENT = '203.0.113.7';
const AGENT = 'a browser of this spec';
const DAY_MS = 86_400_000;
const NEW_PASSWORD = 'purple monkey dishwasher';

interface Entry {
  action: string;
  actorUserId: string | null;
  subjectType: string;
  subjectId: string;
  detail: Record<string, unknown>;
  clientAddress: string | null;
  userAgent: string | null;
}

describe('events of security', () => {
  const box = mailbox();
  let app: AuthApp;
  let root: string;
  let rootId: string;

  beforeAll(async () => {
    const adapter = new FastifyAdapter({ trustProxy: true, routerOptions: { ignoreTrailingSlash: true } });
    app = await startAuthApp({ adapter, auth: { mail: box } });
    await app.app.get(Administrators).ensureAdministrator({ email: 'root@example.com', password: PASSWORD });
    ({
      accessToken: root,
      user: { id: rootId },
    } = (await login('root')).body);
  });
  afterAll(() => app.close());
  beforeEach(() => app.dataSource.query('DELETE FROM commercial.rate_limits'));

  const from = (address = CLIENT) => ({ 'x-forwarded-for': address, 'user-agent': AGENT });
  const as = (token: string) => (method: string, path: string, body?: object) =>
    app.call(method, path, { token, headers: from(), ...(body ? { body } : {}) });
  const anybody = (path: string, body: object, address = CLIENT) =>
    app.call('POST', path, { body, headers: from(address) });
  const login = (name: string, password = PASSWORD, address = CLIENT) =>
    anybody('/auth/login', { email: `${name}@example.com`, password }, address);
  const entries = async (query: string): Promise<Entry[]> =>
    (await as(root)('GET', `/admin/audit?limit=100&${query}`)).body.items;
  const lastEntry = async (action: string) => (await entries(`action=${action}`))[0]!;
  const count = async (action: string) =>
    (
      await app.dataSource.query('SELECT count(*)::int AS n FROM commercial.audit_log WHERE action = $1', [
        action,
      ])
    )[0].n as number;

  /** Somebody new, and what they did so far. */
  const person = async (name: string) => {
    const { user, accessToken, refreshToken } = await register(app, name);
    return { id: user.id as string, token: accessToken as string, refreshToken, call: as(accessToken) };
  };

  it('say who did what to whom, from which address, when and with what', async () => {
    const anna = await person('anna');
    const { body } = await anna.call('POST', '/api-keys', { name: 'import', scopes: ['quota:read'] });
    expect(await lastEntry('api_key.created')).toEqual({
      id: expect.any(String),
      action: 'api_key.created',
      actorUserId: anna.id,
      subjectType: 'api_key',
      subjectId: body.id,
      detail: { accountId: null, scopes: ['quota:read'], expiresAt: body.expiresAt },
      clientAddress: CLIENT,
      userAgent: AGENT,
      createdAt: app.clock.now().toISOString(),
    });
  });

  it('cut what a client calls itself to 200 characters', async () => {
    const headers = { ...from(), 'user-agent': 'x'.repeat(5000) };
    await app.call('POST', '/auth/login', {
      body: { email: 'root@example.com', password: PASSWORD },
      headers,
    });
    expect((await lastEntry('session.started')).userAgent).toBe('x'.repeat(200));
  });

  it('are each of these, once', async () => {
    const before = app.clock.now().toISOString();
    app.clock.forward(1);
    const bert = await person('bert');
    const since = async () =>
      (await entries(`actorUserId=${bert.id}`)).map(({ action }) => action).toReversed();
    const { id: keyId } = (await bert.call('POST', '/api-keys', { name: 'one' })).body;
    const { id: next } = (await bert.call('POST', `/api-keys/${keyId}/rotate`, {})).body;
    expect((await bert.call('DELETE', `/api-keys/${next}`)).status).toBe(204);
    const other = (await login('bert')).body;
    const { items } = (await bert.call('GET', '/sessions')).body;
    const session = items.find(({ current }: { current: boolean }) => !current).id;
    expect((await bert.call('DELETE', `/sessions/${session}`)).status).toBe(204);
    expect((await bert.call('DELETE', '/sessions')).status).toBe(204);
    await anybody('/auth/logout', { refreshToken: other.refreshToken });
    const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expect((await bert.call('POST', '/users/me/password', change)).status).toBe(204);
    await anybody('/auth/logout', { refreshToken: bert.refreshToken });
    await anybody('/auth/logout', { refreshToken: bert.refreshToken });
    expect(await since()).toEqual([
      'session.started',
      'api_key.created',
      'api_key.rotated',
      'api_key.revoked',
      'session.started',
      'session.ended',
      'session.others_ended',
      'user.password_changed',
      'session.logged_out',
    ]);
    const found = await entries(`actorUserId=${bert.id}&from=${before}`);
    expect(found.filter(({ clientAddress }) => clientAddress !== CLIENT).map(({ action }) => action)).toEqual(
      [
        // The support's own registration comes without a proxy.
        'session.started',
      ],
    );
  });

  it('tell of verified addresses, of reset passwords and of refresh tokens that somebody else has', async () => {
    const carl = await person('carl');
    await anybody('/auth/email-verification', { email: 'carl@example.com' });
    const token = await box.tokenFor('carl@example.com');
    expect((await anybody('/auth/email-verification/confirm', { token })).status).toBe(204);
    expect(await lastEntry('user.email_verified')).toMatchObject({
      actorUserId: carl.id,
      subjectId: carl.id,
      clientAddress: CLIENT,
    });
    await anybody('/auth/password-reset', { email: 'carl@example.com' });
    const reset = { token: await box.tokenFor('carl@example.com'), newPassword: NEW_PASSWORD };
    expect((await anybody('/auth/password-reset/confirm', reset)).status).toBe(204);
    expect(await lastEntry('user.password_reset')).toMatchObject({
      subjectId: carl.id,
      clientAddress: CLIENT,
    });

    const { refreshToken } = (await login('carl', NEW_PASSWORD)).body;
    await anybody('/auth/refresh', { refreshToken });
    app.clock.forward(60_000);
    expect((await anybody('/auth/refresh', { refreshToken })).status).toBe(401);
    expect(await lastEntry('session.token_reused')).toMatchObject({
      actorUserId: carl.id,
      subjectType: 'session',
      clientAddress: CLIENT,
    });
  });

  it('tell of organizations, invitations and members', async () => {
    const [dora, emil] = [await person('dora'), await person('emil')];
    await verifyEmail(app, dora.id);
    const { id } = (await dora.call('POST', '/organizations', { name: 'hospital' })).body;
    const invite = () =>
      dora.call('POST', `/organizations/${id}/invitations`, { email: 'emil@example.com', role: 'member' });
    const first = (await invite()).body;
    await dora.call('DELETE', `/organizations/${id}/invitations/${first.id}`);
    await box.mailTo('emil@example.com');
    const second = (await invite()).body;
    const token = await box.tokenFor('emil@example.com');
    expect((await emil.call('POST', '/invitations/accept', { token })).status).toBe(200);
    await dora.call('PUT', `/organizations/${id}/members/${emil.id}`, { role: 'admin' });
    await dora.call('DELETE', `/organizations/${id}/members/${emil.id}`);
    const found = (await entries(`subjectId=${id}`)).toReversed();
    expect(found.map(({ action, actorUserId, detail }) => [action, actorUserId, detail])).toEqual([
      ['organization.created', dora.id, {}],
      ['organization.invited', dora.id, { invitationId: first.id, role: 'member' }],
      ['organization.invitation_withdrawn', dora.id, { invitationId: first.id }],
      ['organization.invited', dora.id, { invitationId: second.id, role: 'member' }],
      [
        'organization.member_added',
        emil.id,
        { userId: emil.id, role: 'member', invitationId: second.id, invitedBy: dora.id },
      ],
      ['organization.role_changed', dora.id, { userId: emil.id, from: 'member', to: 'admin' }],
      ['organization.member_removed', dora.id, { userId: emil.id }],
    ]);
    expect(new Set(found.map(({ clientAddress }) => clientAddress))).toEqual(new Set([CLIENT]));
    expect(JSON.stringify(found)).not.toContain('@example.com');
  });

  it('name the client of an administrator too', async () => {
    const { id } = await person('frida');
    await as(root)('DELETE', `/admin/users/${id}/sessions`);
    expect(await lastEntry('user.sessions_ended')).toMatchObject({
      actorUserId: rootId,
      subjectId: id,
      clientAddress: CLIENT,
    });
  });

  it('are not there where the deed was refused', async () => {
    const gerd = await person('gerd');
    const before = await entries(`actorUserId=${gerd.id}`);
    const nobody = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11';
    for (const [method, path] of [
      ['DELETE', `/api-keys/${nobody}`],
      ['POST', `/api-keys/${nobody}/rotate`],
      ['DELETE', `/sessions/${nobody}`],
      ['DELETE', `/organizations/${nobody}/members/${nobody}`],
    ] as const) {
      expect((await gerd.call(method, path, method === 'POST' ? {} : undefined)).status).toBe(404);
    }
    expect(await entries(`actorUserId=${gerd.id}`)).toEqual(before);
  });

  describe('failed logins', () => {
    it('have an entry for the first of each address and network in a while, and one when the limit is reached', async () => {
      const { id } = await person('hans');
      for (let n = 0; n < FAILURES_PER_ACCOUNT + 5; n += 1) await login('hans', 'a wrong password');
      expect((await login('hans', 'a wrong password')).status).toBe(429);
      const found = await entries(`subjectId=${id}`);
      expect(found.map(({ action }) => action)).toEqual(['login.limited', 'login.failed']);
      expect(found[0]).toMatchObject({ actorUserId: null, clientAddress: CLIENT, userAgent: AGENT });
      await login('hans', 'a wrong password', '198.51.100.9');
      expect((await lastEntry('login.limited')).clientAddress).toBe('198.51.100.9');
    });

    it('keep no address that somebody tried', async () => {
      await login('nobody-at-all', 'a wrong password');
      expect(await lastEntry('login.failed')).toMatchObject({
        subjectType: 'login',
        subjectId: 'unknown',
        detail: {},
      });
    });

    it('fill no table: one network has its share, and all together have theirs', async () => {
      const before = await count('login.failed');
      for (let n = 0; n < LOGIN_ENTRIES_PER_NETWORK + 5; n += 1) await login(`many-${n}`, 'a wrong password');
      expect((await count('login.failed')) - before).toBe(LOGIN_ENTRIES_PER_NETWORK);
      await login('many-0', 'a wrong password', '198.51.100.10');
      expect((await count('login.failed')) - before).toBe(LOGIN_ENTRIES_PER_NETWORK + 1);
      await app.dataSource.query(
        `UPDATE commercial.rate_limits SET points = $1 WHERE key LIKE 'login-entry:%'`,
        [LOGIN_ENTRIES],
      );
      await login('many-0', 'a wrong password', '198.51.100.11');
      expect((await count('login.failed')) - before).toBe(LOGIN_ENTRIES_PER_NETWORK + 1);
    });

    it('by whoever changes a password or deletes a user are failed logins', async () => {
      const ida = await person('ida');
      const change = { currentPassword: 'a wrong password', newPassword: NEW_PASSWORD };
      await ida.call('POST', '/users/me/password', change);
      await ida.call('DELETE', '/users/me', { password: 'a wrong password' });
      const found = await entries(`subjectId=${ida.id}&action=login.failed`);
      expect(found).toHaveLength(1);
    });
  });

  describe('of one user', () => {
    it('are shown to that user and to nobody else', async () => {
      const [jan, kim] = [await person('jan'), await person('kim')];
      await login('jan', 'a wrong password');
      await as(root)('DELETE', `/admin/users/${jan.id}/sessions`);
      const { accessToken } = (await login('jan')).body;
      const { items } = (await as(accessToken)('GET', '/users/me/security-events')).body;
      expect(
        items.map(({ action, actorUserId, clientAddress }: Entry) => [action, actorUserId, clientAddress]),
      ).toEqual([
        ['session.started', jan.id, CLIENT],
        ['user.sessions_ended', null, null],
        ['login.failed', null, CLIENT],
        ['session.started', jan.id, '127.0.0.1'],
      ]);
      const others = (await kim.call('GET', '/users/me/security-events')).body.items;
      expect(others.map(({ action }: Entry) => action)).toEqual(['session.started']);
    });

    it('lose address and client when the user is erased, and nothing else', async () => {
      const lea = await person('lea');
      await as(root)('DELETE', `/admin/users/${lea.id}/sessions`);
      const { accessToken } = (await login('lea')).body;
      expect((await as(accessToken)('DELETE', '/users/me', { password: PASSWORD })).status).toBe(204);
      const found = [...(await entries(`actorUserId=${lea.id}`)), ...(await entries(`subjectId=${lea.id}`))];
      expect(found.map(({ action }) => action)).toContain('user.sessions_ended');
      expect(found.map(({ action }) => action)).toContain('user.erased');
      expect(found.filter(({ clientAddress, userAgent }) => clientAddress ?? userAgent)).toEqual([]);
    });
  });

  describe('upkeep', () => {
    it('ends them after a year; what administrators did stays, without the address', async () => {
      const mia = await person('mia');
      await as(root)('POST', `/admin/users/${mia.id}/deactivate`, { reason: 'left' });
      const purge = app.app.get(AuditPurge);
      app.clock.forward(SECURITY_LOG_DAYS * DAY_MS - 1);
      await purge.purge();
      expect(await idsOf(mia.id)).toHaveLength(2);
      app.clock.forward(1);
      expect(await purge.purge()).toBeGreaterThan(1);
      expect(await purge.purge()).toBe(0);
      const rows = await app.dataSource.query(
        `SELECT action, client_address, user_agent, detail FROM commercial.audit_log
         WHERE actor_user_id = $1 OR subject_id = $1::text`,
        [mia.id],
      );
      expect(rows).toEqual([
        { action: 'user.deactivated', client_address: null, user_agent: null, detail: { reason: 'left' } },
      ]);
    });

    const idsOf = (id: string) =>
      app.dataSource.query(
        'SELECT id FROM commercial.audit_log WHERE actor_user_id = $1 OR subject_id = $1::text',
        [id],
      );

    it.each([
      `DELETE FROM commercial.audit_log WHERE kept_until IS NULL`,
      `UPDATE commercial.audit_log SET actor_user_id = NULL, client_address = NULL, user_agent = NULL`,
      `UPDATE commercial.audit_log SET client_address = '192.0.2.1'`,
      `UPDATE commercial.audit_log SET kept_until = now(), client_address = NULL, user_agent = NULL`,
      `TRUNCATE commercial.audit_log`,
    ])('is all that the database lets it do: %s', async (statement) => {
      const tried = app.dataSource.transaction(async (manager) => {
        await manager.query(`SELECT set_config('commercial.audit_upkeep', 'on', true)`);
        await manager.query(statement);
      });
      await expect(tried).rejects.toThrow('The audit log only grows');
    });
  });
});
