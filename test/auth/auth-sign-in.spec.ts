import { FAILURES_PER_ACCOUNT } from '../../src/auth/identity/limits/login-limits.js';
import { PasswordHasher } from '../../src/auth/identity/passwords/password-hasher.js';
import { RegistrationListeners } from '../../src/auth/identity/users/registration-listeners.js';
import { fieldsAtFault, PASSWORD, register, startAuthApp, type AuthApp } from '../support/auth-app.js';

const SECOND = 1000;
const DAY = 86_400 * SECOND;

describe('sign-in over HTTP', () => {
  let app: AuthApp;

  beforeAll(async () => {
    app = await startAuthApp();
  });
  afterAll(() => app.close());

  const login = (name: string, password = PASSWORD) =>
    app.call('POST', '/auth/login', { body: { email: `${name}@example.com`, password } });
  const refresh = (refreshToken: string) => app.call('POST', '/auth/refresh', { body: { refreshToken } });
  const logout = (refreshToken: string) => app.call('POST', '/auth/logout', { body: { refreshToken } });
  const me = (token: string) => app.call('GET', '/users/me', { token });

  describe('register', () => {
    it('makes a user with a personal account, and signs in', async () => {
      const { status, body, headers } = await app.call('POST', '/auth/register', {
        body: { email: ' Anna@Example.COM ', password: PASSWORD, displayName: '安娜' },
        headers: { 'accept-language': 'zh-CN,zh;q=0.9' },
      });
      expect(status).toBe(201);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        user: {
          id: expect.any(String),
          email: 'anna@example.com',
          displayName: '安娜',
          role: 'user',
          locale: 'zh-CN',
          createdAt: '2026-11-24T08:00:00.000Z',
        },
        accessToken: expect.any(String),
        refreshToken: expect.stringMatching(/^irt_/),
        tokenType: 'Bearer',
        expiresIn: 900,
      });
      expect((await me(body.accessToken)).body).toEqual(body.user);
      const [row] = await app.dataSource.query(
        `SELECT a.kind, u.password_hash FROM commercial.users u
         JOIN commercial.accounts a ON a.id = u.personal_account_id WHERE u.id = $1`,
        [body.user.id],
      );
      expect(row.kind).toBe('personal');
      expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    it('refuses an address that is there already, in any spelling', async () => {
      await register(app, 'twice');
      const body = { email: 'TWICE@example.com', password: PASSWORD };
      const answer = await app.call('POST', '/auth/register', { body });
      expect(answer).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
    });

    it.each([
      ['no body', undefined, ['email', 'password']],
      ['a role', { email: 'x1@example.com', password: PASSWORD, role: 'admin' }, ['role']],
      [
        'an id',
        { email: 'x2@example.com', password: PASSWORD, id: 'x', personalAccountId: 'y' },
        ['id', 'personalAccountId'],
      ],
      ['no address', { email: 'nobody', password: PASSWORD }, ['email']],
      ['an object as address', { email: { $ne: 1 }, password: PASSWORD }, ['email']],
      ['a NUL in the address', { email: 'a\u0000b@example.com', password: PASSWORD }, ['email']],
      ['an address beyond ASCII', { email: 'İ@example.com', password: PASSWORD }, ['email']],
      [
        'an endless address',
        { email: `${'a'.repeat(60)}@${'b.'.repeat(120)}com`, password: PASSWORD },
        ['email'],
      ],
      ['a short password', { email: 'x3@example.com', password: '1234567' }, ['password']],
      ['a long password', { email: 'x4@example.com', password: 'p'.repeat(257) }, ['password']],
      ['a NUL in the password', { email: 'x5@example.com', password: 'long enough\u0000' }, ['password']],
      ['a number as password', { email: 'x6@example.com', password: 12345678 }, ['password']],
      [
        'a NUL in the name',
        { email: 'x7@example.com', password: PASSWORD, displayName: '\u0000' },
        ['displayName'],
      ],
      [
        'half a character',
        { email: 'x8@example.com', password: PASSWORD, displayName: '\ud800' },
        ['displayName'],
      ],
      [
        'a long name',
        { email: 'x9@example.com', password: PASSWORD, displayName: '名'.repeat(101) },
        ['displayName'],
      ],
    ])('names the fields at fault: %s', async (_, body, fields) => {
      expect(fieldsAtFault(await app.call('POST', '/auth/register', { body }))).toEqual(fields);
    });

    it.each(['[]', '"text"', '1', 'null', '{', '[{"email":"a@b.cc"}]'])(
      'answers 400 to the body %s',
      async (body) => {
        expect((await app.call('POST', '/auth/register', { body })).status).toBe(400);
      },
    );

    it('never repeats a password in its answer', async () => {
      const body = { email: 'x@example.com', password: 'sesame\u0007' };
      expect(JSON.stringify((await app.call('POST', '/auth/register', { body })).body)).not.toContain(
        'sesame',
      );
    });

    it('makes no user where a listener fails', async () => {
      const listeners = app.app.get(RegistrationListeners, { strict: false });
      listeners.add((_, user) =>
        user.email?.startsWith('unlucky') ? Promise.reject(new Error('no plan')) : Promise.resolve(),
      );
      const body = { email: 'unlucky@example.com', password: PASSWORD };
      expect((await app.call('POST', '/auth/register', { body })).status).toBe(500);
      expect((await login('unlucky')).status).toBe(401);
    });
  });

  describe('login', () => {
    it('signs in by the address in any spelling, with or without the trailing slash', async () => {
      await register(app, 'bert');
      const body = { email: '  BERT@example.com', password: PASSWORD };
      const answer = await app.call('POST', '/auth/login/', { body });
      expect(answer.status).toBe(200);
      expect(answer.body.user.email).toBe('bert@example.com');
    });

    it('says the same of a wrong password and of an unknown address', async () => {
      await register(app, 'carl');
      const [wrong, unknown] = [await login('carl', 'wrong'), await login('nobody')];
      expect(wrong).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIALS' } });
      expect(unknown.body).toEqual(wrong.body);
    });

    it('goes the same way for an unknown address: as many queries, and a hash as costly, as for a wrong password', async () => {
      await register(app, 'dieter');
      const verify = jest.spyOn(app.app.get(PasswordHasher), 'verify');
      const queries = jest.spyOn(app.dataSource.driver, 'createQueryRunner');
      const count = async (name: string) => {
        // From an address that is known neither to the one nor to the other.
        await app.dataSource.query('DELETE FROM commercial.rate_limits');
        verify.mockClear();
        queries.mockClear();
        const { status } = await login(name, 'wrong');
        const costs = verify.mock.calls.map(([hash]) => hash.split('$').slice(0, 4).join('$'));
        return { status, queries: queries.mock.calls.length, costs };
      };
      await count('nobody-yet');
      const [known, unknown] = [await count('dieter'), await count('nobody-here')];
      expect(unknown).toEqual(known);
      expect(known).toMatchObject({ status: 401, costs: ['$argon2id$v=19$m=19456,t=2,p=1'] });
      verify.mockRestore();
      queries.mockRestore();
    });

    it('spends a hash on an unknown address too', async () => {
      const decoy = jest.spyOn(app.app.get(PasswordHasher), 'verifyNobody');
      await login('nobody-at-all');
      expect(decoy).toHaveBeenCalledTimes(1);
      await login('carl');
      expect(decoy).toHaveBeenCalledTimes(1);
      decoy.mockRestore();
    });
  });

  describe('refresh', () => {
    it('gives a new pair, and the same again within 10 s', async () => {
      const first = await register(app, 'dora');
      const second = await refresh(first.refreshToken);
      expect(second.status).toBe(200);
      expect(Object.keys(second.body).sort()).toEqual([
        'accessToken',
        'expiresIn',
        'refreshToken',
        'tokenType',
      ]);
      expect(second.body.refreshToken).not.toBe(first.refreshToken);
      app.clock.forward(10 * SECOND);
      expect((await refresh(first.refreshToken)).body.refreshToken).toBe(second.body.refreshToken);
      expect((await me(second.body.accessToken)).status).toBe(200);
    });

    it('ends the family when a token is used again after that', async () => {
      const first = await register(app, 'emil');
      const other = (await login('emil')).body;
      const second = (await refresh(first.refreshToken)).body;
      app.clock.forward(10 * SECOND + 1);
      expect(await refresh(first.refreshToken)).toMatchObject({
        status: 401,
        body: { code: 'INVALID_REFRESH_TOKEN' },
      });
      expect((await refresh(second.refreshToken)).status).toBe(401);
      expect((await refresh(other.refreshToken)).status).toBe(200);
    });

    it('lasts 30 days from the sign-in, however often it is refreshed', async () => {
      let token = (await register(app, 'fred')).refreshToken;
      app.clock.forward(29 * DAY);
      token = (await refresh(token)).body.refreshToken;
      app.clock.forward(DAY - 1);
      token = (await refresh(token)).body.refreshToken;
      app.clock.forward(1);
      expect((await refresh(token)).status).toBe(401);
    });

    it.each(['irt_unknown', 'x', 'a.b.c'])('refuses %s', async (token) => {
      expect(await refresh(token)).toMatchObject({ status: 401, body: { code: 'INVALID_REFRESH_TOKEN' } });
    });

    it('does not take an access token', async () => {
      expect((await refresh((await register(app, 'gina')).accessToken)).status).toBe(401);
    });

    it('keeps only the hash of a token', async () => {
      const { refreshToken } = await register(app, 'hash');
      const found: unknown[] = await app.dataSource.query(
        `SELECT 1 FROM commercial.sessions WHERE token_hash = sha256($1::text::bytea)`,
        [refreshToken],
      );
      expect(found).toHaveLength(1);
    });
  });

  describe('logout', () => {
    it('ends the refresh token', async () => {
      const { refreshToken } = await register(app, 'hans');
      expect(await logout(refreshToken)).toMatchObject({ status: 204, body: null });
      expect((await refresh(refreshToken)).status).toBe(401);
    });

    it('ends the successor too, when it is told by an old token', async () => {
      const { refreshToken } = await register(app, 'ida');
      const successor = (await refresh(refreshToken)).body.refreshToken;
      await logout(refreshToken);
      expect((await refresh(successor)).status).toBe(401);
      expect((await refresh(refreshToken)).status).toBe(401);
    });

    it('answers 204 to an unknown token', async () => {
      expect((await logout('irt_unknown')).status).toBe(204);
    });
  });

  describe('/users/me', () => {
    it('changes what is named and keeps the rest', async () => {
      const { accessToken: token } = await register(app, 'jan');
      const named = await app.call('PUT', '/users/me', {
        token,
        body: { displayName: 'Jan', locale: 'zh-CN' },
      });
      expect(named).toMatchObject({ status: 200, body: { displayName: 'Jan', locale: 'zh-CN' } });
      const kept = await app.call('PUT', '/users/me/', { token, body: {} });
      expect(kept).toMatchObject({ status: 200, body: { displayName: 'Jan', locale: 'zh-CN' } });
      const cleared = await app.call('PUT', '/users/me', { token, body: { displayName: null } });
      expect(cleared).toMatchObject({ status: 200, body: { displayName: null, locale: 'zh-CN' } });
      expect((await me(token)).body).toEqual(cleared.body);
    });

    it.each([
      { role: 'admin' },
      { email: 'x@example.com' },
      { locale: 'fr' },
      { locale: null },
      { displayName: '' },
    ])('refuses %j', async (body) => {
      const { accessToken: token } = (await login('jan')).body;
      expect((await app.call('PUT', '/users/me', { token, body })).status).toBe(400);
    });

    it('answers 401 without credentials', async () => {
      const answer = await app.call('GET', '/users/me');
      expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    });
  });

  describe('change of password', () => {
    const change = (token: string, currentPassword: string, newPassword: string) =>
      app.call('POST', '/users/me/password', { token, body: { currentPassword, newPassword } });

    it('ends every other session and keeps the one that made it', async () => {
      const mine = await register(app, 'kai');
      const other = (await login('kai')).body;
      expect(await change(mine.accessToken, PASSWORD, 'a password for tomorrow')).toMatchObject({
        status: 204,
        body: null,
      });
      expect((await refresh(mine.refreshToken)).status).toBe(200);
      expect((await refresh(other.refreshToken)).status).toBe(401);
      expect((await login('kai')).status).toBe(401);
      expect((await login('kai', 'a password for tomorrow')).status).toBe(200);
    });

    it('keeps the session also after it was refreshed', async () => {
      const mine = await register(app, 'lea');
      const refreshed = (await refresh(mine.refreshToken)).body;
      await change(refreshed.accessToken, PASSWORD, 'a password for tomorrow');
      expect((await refresh(refreshed.refreshToken)).status).toBe(200);
    });

    it('refuses a wrong current password', async () => {
      const { accessToken } = await register(app, 'max');
      const answer = await change(accessToken, 'wrong', 'a password for tomorrow');
      expect(answer).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIALS' } });
      expect((await login('max')).status).toBe(200);
    });

    it('counts wrong current passwords as failed logins, whichever token sends them', async () => {
      const { accessToken } = await register(app, 'otto');
      const guesses = await Promise.all(
        Array.from({ length: 30 }, (_, guess) =>
          change(accessToken, `guess ${guess}`, 'a password for tomorrow'),
        ),
      );
      const refused = guesses.filter(({ status }) => status === 429);
      expect(guesses.filter(({ status }) => status === 401)).toHaveLength(FAILURES_PER_ACCOUNT);
      expect(refused).toHaveLength(30 - FAILURES_PER_ACCOUNT);
      expect(refused[0]).toMatchObject({ body: { code: 'TOO_MANY_ATTEMPTS' } });
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await change(accessToken, PASSWORD, 'a password for tomorrow')).status).toBe(429);
      expect((await login('otto')).status).toBe(429);
    });

    it('takes no API key', async () => {
      const { accessToken: token } = await register(app, 'paul');
      const { key: apiKey } = (await app.call('POST', '/api-keys', { token, body: { name: 'all' } })).body;
      const body = { currentPassword: PASSWORD, newPassword: 'a password for tomorrow' };
      const answer = await app.call('POST', '/users/me/password', { apiKey, body });
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect((await login('paul')).status).toBe(200);
    });

    it('refuses a new password that is too short', async () => {
      const { accessToken } = await register(app, 'nora');
      expect((await change(accessToken, PASSWORD, 'short')).status).toBe(400);
    });
  });
});
