import { Administrators } from '../../src/auth/api/users/administrators.js';
import { User } from '../../src/auth/identity/users/user.entity.js';
import {
  FAILURES_PER_ACCOUNT,
  FAILURES_PER_ADDRESS,
  LoginLimits,
} from '../../src/auth/identity/limits/login-limits.js';
import { until } from '../support/embedded-process.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { PASSWORD, register, startAuthApp, type Answer, type AuthApp } from '../support/auth-app.js';

/** Two processes' worth of applications on one database: no promise may rest on one process's memory. */
describe('accounts under parallel requests', () => {
  let database: TestDatabase;
  let apps: [AuthApp, AuthApp];

  beforeAll(async () => {
    database = await createTestDatabase();
    apps = [await startAuthApp({ database }), await startAuthApp({ database })];
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await database.drop();
  });
  beforeEach(() => apps[0].dataSource.query('DELETE FROM commercial.rate_limits'));

  const atOnce = (count: number, call: (app: AuthApp, index: number) => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => call(apps[index % 2 === 0 ? 0 : 1], index)));

  const statuses = (answers: Answer[]) =>
    answers.reduce<Record<number, number>>(
      (count, { status }) => ({ ...count, [status]: (count[status] ?? 0) + 1 }),
      {},
    );

  const login = (app: AuthApp, name: string, password: string) =>
    app.call('POST', '/auth/login', { body: { email: `${name}@example.com`, password } });

  const refresh = (app: AuthApp, refreshToken: string) =>
    app.call('POST', '/auth/refresh', { body: { refreshToken } });

  it('registers an address once', async () => {
    const body = { email: 'anna@example.com', password: PASSWORD };
    const answers = await atOnce(12, (app) => app.call('POST', '/auth/register', { body }));
    expect(statuses(answers)).toEqual({ 201: 1, 409: 11 });
    const accounts = await apps[0].dataSource.query(
      `SELECT 1 FROM commercial.accounts a LEFT JOIN commercial.users u ON u.personal_account_id = a.id WHERE u.id IS NULL`,
    );
    expect(accounts).toEqual([]);
  });

  it('gives twenty refreshes of one token the same successor, once', async () => {
    const { user, refreshToken } = await register(apps[0], 'bert');
    const answers = await atOnce(20, (app) => refresh(app, refreshToken));
    expect(statuses(answers)).toEqual({ 200: 20 });
    expect(new Set(answers.map((answer) => answer.body.refreshToken)).size).toBe(1);
    const rows = await apps[0].dataSource.query(`SELECT 1 FROM commercial.sessions WHERE user_id = $1`, [
      user.id,
    ]);
    expect(rows).toHaveLength(2);
    expect((await refresh(apps[1], answers[0]?.body.refreshToken)).status).toBe(200);
  });

  it('leaves no session alive when logout meets refresh', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { user, refreshToken } = await register(apps[0], `carl${round}`);
      await atOnce(6, (app, index) =>
        index === 3
          ? app.call('POST', '/auth/logout', { body: { refreshToken } })
          : refresh(app, refreshToken),
      );
      expect(await liveSessions(user.id)).toBe(0);
    }
  });

  it('leaves one session alive when a change of password meets refreshes and logins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { user, accessToken } = await register(apps[0], `dora${round}`);
      const other = (await login(apps[0], `dora${round}`, PASSWORD)).body;
      const change = { currentPassword: PASSWORD, newPassword: 'a password for tomorrow' };
      const answers = await atOnce(6, (app, index) => {
        if (index === 0) return app.call('POST', '/users/me/password', { token: accessToken, body: change });
        return index < 4 ? refresh(app, other.refreshToken) : login(app, `dora${round}`, PASSWORD);
      });
      expect(answers[0]?.status).toBe(204);
      expect(await liveSessions(user.id)).toBe(1);
    }
  });

  it('lets one of two changes of password win', async () => {
    const { accessToken: token } = await register(apps[0], 'emil');
    const answers = await atOnce(2, (app, index) =>
      app.call('POST', '/users/me/password', {
        token,
        body: { currentPassword: PASSWORD, newPassword: `a password for ${index}` },
      }),
    );
    expect(statuses(answers)).toEqual({ 204: 1, 401: 1 });
  });

  it('looks at exactly ten guesses for one account, however many are sent at once', async () => {
    await register(apps[0], 'fred');
    const answers = await atOnce(40, (app, index) => login(app, 'fred', `guess ${index}`));
    expect(statuses(answers)).toEqual({ 401: FAILURES_PER_ACCOUNT, 429: 40 - FAILURES_PER_ACCOUNT });
    const right = await login(apps[1], 'fred', PASSWORD);
    expect(right).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
    const seconds = Number(right.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  it('limits an address nobody has just the same', async () => {
    const answers = await atOnce(15, (app, index) => login(app, 'nobody', `guess ${index}`));
    expect(statuses(answers)).toEqual({ 401: FAILURES_PER_ACCOUNT, 429: 15 - FAILURES_PER_ACCOUNT });
  });

  it('does not let refused tries on one account use up the tries of the address', async () => {
    await atOnce(FAILURES_PER_ADDRESS + 20, (app) => login(app, 'nobody', 'wrong'));
    expect((await login(apps[0], 'somebody', 'wrong')).status).toBe(401);
  });

  it('counts the guesses from all of a network of IPv6 together', async () => {
    const limits = apps[0].app.get(LoginLimits, { strict: false });
    const guess = (index: number, address: string) =>
      limits.attempt(`nobody-${index}@example.com`, address, async () => null);
    for (let index = 0; index < FAILURES_PER_ADDRESS; index += 1) {
      expect(await guess(index, `2001:db8:1:2::${index.toString(16)}`)).toBeNull();
    }
    await expect(guess(80, '2001:db8:1:2:ffff::')).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(await guess(81, '2001:db8:1:3::')).toBeNull();
  });

  it('looks at exactly eighty guesses from one address, whatever it claims to forward', async () => {
    const answers = await atOnce(FAILURES_PER_ADDRESS + 10, (app, index) =>
      app.call('POST', '/auth/login', {
        body: { email: `spray${index}@example.com`, password: 'wrong' },
        headers: { 'x-forwarded-for': `192.0.2.${index}` },
      }),
    );
    expect(statuses(answers)).toEqual({ 401: FAILURES_PER_ADDRESS, 429: 10 });
  });

  it('counts no right password, and forgets the failures before it', async () => {
    await register(apps[0], 'gina');
    expect(statuses(await atOnce(30, (app) => login(app, 'gina', PASSWORD)))).toEqual({ 200: 30 });
    for (let round = 0; round < 2; round += 1) {
      for (let guess = 1; guess < FAILURES_PER_ACCOUNT; guess += 1) await login(apps[0], 'gina', 'wrong');
      expect((await login(apps[1], 'gina', PASSWORD)).status).toBe(200);
    }
  });

  describe('the first administrator', () => {
    const configured = 'another password';
    const ensure = (app: AuthApp, name: string) =>
      app.app.get(Administrators).ensureAdministrator({ email: `${name}@example.com`, password: configured });
    const nobodyIsOne = () => apps[0].dataSource.query(`UPDATE commercial.users SET role = 'user'`);
    const admins = () => apps[0].dataSource.manager.findBy(User, { role: 'admin' });

    it('takes an address over that was registered before: with the configured password, and nothing from before', async () => {
      await nobodyIsOne();
      const { user, accessToken: token, refreshToken } = await register(apps[0], 'hans');
      await apps[0].call('PUT', '/users/me', { token, body: { displayName: 'Root' } });
      const { key: apiKey } = (await apps[0].call('POST', '/api-keys', { token, body: { name: 'kept' } }))
        .body;
      await Promise.all(apps.map((app) => ensure(app, 'Hans')));
      await ensure(apps[0], 'second');
      expect((await admins()).map(({ id, displayName }) => [id, displayName])).toEqual([[user.id, null]]);
      expect((await login(apps[0], 'hans', PASSWORD)).status).toBe(401);
      expect((await refresh(apps[1], refreshToken)).status).toBe(401);
      expect((await apps[1].call('GET', '/users/me', { apiKey })).status).toBe(401);
      await until(async () => (await apps[1].call('GET', '/users/me', { token })).status === 401);
      expect((await login(apps[0], 'hans', configured)).body.user.role).toBe('admin');
      const audited = await apps[0].dataSource.query(
        `SELECT actor_user_id, detail FROM commercial.audit_log WHERE action = 'user.role_changed' AND subject_id = $1`,
        [user.id],
      );
      expect(audited).toEqual([
        { actor_user_id: null, detail: { from: 'user', to: 'admin', by: 'configuration' } },
      ]);
    });

    it('can sign in though a stranger’s user of that address was deactivated', async () => {
      await nobodyIsOne();
      const { user } = await register(apps[0], 'hugo');
      await apps[0].dataSource.manager.update(User, { id: user.id }, { deactivatedAt: apps[0].clock.now() });
      await ensure(apps[0], 'hugo');
      expect((await login(apps[0], 'hugo', configured)).body.user.role).toBe('admin');
    });

    it('is who is configured, however many register the address at the same moment', async () => {
      for (let round = 0; round < 10; round += 1) {
        await nobodyIsOne();
        const name = `ilse${round}`;
        const body = { email: `${name}@example.com`, password: PASSWORD };
        const [registered] = await Promise.all([
          apps[0].call('POST', '/auth/register', { body }),
          ...apps.map((app) => ensure(app, name)),
        ]);
        expect((await admins()).map(({ email }) => email)).toEqual([body.email]);
        expect((await login(apps[1], name, PASSWORD)).status).toBe(401);
        expect((await login(apps[1], name, configured)).status).toBe(200);
        if (registered!.status === 409) continue;
        const { refreshToken } = registered!.body;
        expect((await refresh(apps[1], refreshToken)).status).toBe(401);
      }
    }, 60_000);
  });

  it('makes the first administrator as a new user where the address is free', async () => {
    await apps[0].dataSource.query(`UPDATE commercial.users SET role = 'user'`);
    const first = { email: 'root@example.com', password: 'another password' };
    await Promise.all(
      [...apps, ...apps].map((app) => app.app.get(Administrators).ensureAdministrator(first)),
    );
    const admins = await apps[0].dataSource.manager.findBy(User, { role: 'admin' });
    expect(admins.map((admin) => admin.email)).toEqual(['root@example.com']);
    expect((await login(apps[1], 'root', 'another password')).status).toBe(200);
  });

  it.each([
    [{ email: 'nobody', password: PASSWORD }, /e-mail address/],
    [{ email: 'root@example.com', password: 'short' }, /8 characters/],
  ])('refuses the first administrator %j', async (first, message) => {
    await expect(apps[0].app.get(Administrators).ensureAdministrator(first)).rejects.toThrow(message);
  });

  async function liveSessions(userId: string): Promise<number> {
    const [row] = await apps[0].dataSource.query(
      `SELECT count(*)::int AS live FROM commercial.sessions
       WHERE user_id = $1 AND revoked_at IS NULL AND rotated_at IS NULL`,
      [userId],
    );
    return row.live;
  }
});
