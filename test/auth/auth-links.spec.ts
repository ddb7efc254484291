import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { Logger } from '@nestjs/common';
import { MAILS_PER_MAILBOX, TRIES_PER_ADDRESS } from '../../src/auth/identity/limits/link-limits.js';
import { FAILURES_PER_ACCOUNT } from '../../src/auth/identity/limits/login-limits.js';
import {
  fieldsAtFault,
  PASSWORD,
  register,
  startAuthApp,
  type Answer,
  type AuthApp,
} from '../support/auth-app.js';
import { until } from '../support/embedded-process.js';
import { mailbox } from '../support/mailbox.js';

const MINUTE = 60_000;
const NEW_PASSWORD = 'a password for tomorrow';

describe('passwords and links', () => {
  const box = mailbox();
  let app: AuthApp;

  beforeAll(async () => {
    app = await startAuthApp({ auth: { mail: box } });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    box.mails.length = 0;
    await app.dataSource.query('DELETE FROM commercial.rate_limits');
  });

  const post = (path: string, body: object): Promise<Answer> => app.call('POST', path, { body });
  const login = (name: string, password = PASSWORD) =>
    post('/auth/login', { email: `${name}@example.com`, password });
  const ask = (name: string) => post('/auth/password-reset', { email: `${name}@example.com` });
  const confirm = (token: string, newPassword = NEW_PASSWORD) =>
    post('/auth/password-reset/confirm', { token, newPassword });
  const refresh = (refreshToken: string) => post('/auth/refresh', { refreshToken });
  const tokenFor = async (name: string) => {
    expect((await ask(name)).status).toBe(204);
    return box.tokenFor(`${name}@example.com`);
  };

  describe('a new password', () => {
    it.each(['password', '12345678', 'Password1', 'QWERTYUIOP'])('is not %s', async (password) => {
      const body = { email: 'common@example.com', password };
      const answer = await post('/auth/register', body);
      expect(fieldsAtFault(answer)).toEqual(['password']);
      expect(answer.body.errors[0].message).toMatch(/most common/);
      const { accessToken: token } = await register(app, `common-${password.toLowerCase()}`);
      const change = { currentPassword: PASSWORD, newPassword: password };
      expect(fieldsAtFault(await app.call('POST', '/users/me/password', { token, body: change }))).toEqual([
        'newPassword',
      ]);
      expect(fieldsAtFault(await confirm('any', password))).toEqual(['newPassword']);
    });

    it('need not mix kinds of characters', async () => {
      const body = { email: 'plain@example.com', password: 'aaaabbbbcccc' };
      expect((await post('/auth/register', body)).status).toBe(201);
    });

    it('may have been common where it is only claimed', async () => {
      await register(app, 'claims');
      expect((await login('claims', 'password')).status).toBe(401);
    });
  });

  describe('a reset', () => {
    it('sets the password by a link, once, and ends every session', async () => {
      const { refreshToken } = await register(app, 'anna');
      const token = await tokenFor('anna');
      expect(await confirm(token)).toMatchObject({ status: 204, body: null });
      expect((await login('anna')).status).toBe(401);
      expect((await login('anna', NEW_PASSWORD)).status).toBe(200);
      expect((await refresh(refreshToken)).status).toBe(401);
      expect(await confirm(token, 'yet another password')).toMatchObject({
        status: 400,
        body: { code: 'INVALID_LINK' },
      });
    });

    it('ends every key, however well the mailbox was known', async () => {
      const { accessToken: token } = await register(app, 'gina');
      const keyOf = async (bearer: string): Promise<string> =>
        (await app.call('POST', '/api-keys', { token: bearer, body: { name: 'kept' } })).body.key;
      const me = async (apiKey: string) => (await app.call('GET', '/users/me', { apiKey })).status;
      const stranger = await keyOf(token);
      expect(await me(stranger)).toBe(200);
      await confirm(await tokenFor('gina'));
      expect(await me(stranger)).toBe(401);
      const own = await keyOf((await login('gina', NEW_PASSWORD)).body.accessToken);
      await confirm(await tokenFor('gina'));
      expect(await me(own)).toBe(401);
    });

    it('ends the links for other purposes too', async () => {
      await register(app, 'gerd');
      await post('/auth/email-verification', { email: 'gerd@example.com' });
      const verification = await box.tokenFor('gerd@example.com');
      await confirm(await tokenFor('gerd'));
      expect((await post('/auth/email-verification/confirm', { token: verification })).status).toBe(400);
    });

    it('leaves no key alive that a session makes or rotates at the same time', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { accessToken: bearer } = await register(app, `gitta${round}`);
        const make = () => app.call('POST', '/api-keys', { token: bearer, body: { name: 'kept' } });
        const { id, key } = (await make()).body;
        const link = await tokenFor(`gitta${round}`);
        const answers = await Promise.all([
          make(),
          confirm(link),
          app.call('POST', `/api-keys/${id}/rotate`, { token: bearer, body: {} }),
          ...[0, 1, 2].map(make),
        ]);
        // The hash takes longer than most of these: what comes after it is told from what came before.
        for (let late = 0; late < 3; late += 1) answers.push(await make());
        const keys = [key, ...answers.map(({ body }) => body?.key).filter(Boolean)];
        const alive = await Promise.all(keys.map((apiKey) => app.call('GET', '/users/me', { apiKey })));
        expect(alive.map(({ status }) => status)).toEqual(keys.map(() => 401));
      }
    }, 60_000);

    it.each([
      ['en', 'Reset your password'],
      ['zh-CN', '重置密码'],
    ])('is written about in the user’s language: %s', async (locale, subject) => {
      const { accessToken: token } = await register(app, `bert-${locale.toLowerCase()}`);
      await app.call('PUT', '/users/me', { token, body: { locale } });
      await ask(`bert-${locale}`);
      await until(async () => box.mails.length > 0);
      expect(box.mails[0]?.subject).toBe(subject);
    });

    it('keeps only the hash of its token', async () => {
      await register(app, 'dora');
      const token = await tokenFor('dora');
      const rows = await app.dataSource.query(
        `SELECT row_to_json(t)::text LIKE '%' || $1 || '%' AS plain, token_hash = sha256($1::text::bytea) AS hashed
         FROM commercial.one_time_tokens t JOIN commercial.users u ON u.id = t.user_id WHERE u.email LIKE 'dora@%'`,
        [token],
      );
      expect(rows).toEqual([{ plain: false, hashed: true }]);
    });

    it('takes the last link only', async () => {
      await register(app, 'emil');
      const first = await tokenFor('emil');
      const second = await tokenFor('emil');
      expect((await confirm(first)).status).toBe(400);
      expect((await confirm(second)).status).toBe(204);
    });

    it('takes a link for half an hour', async () => {
      await register(app, 'fred');
      const inTime = await tokenFor('fred');
      app.clock.forward(30 * MINUTE - 1);
      expect((await confirm(inTime)).status).toBe(204);
      const late = await tokenFor('fred');
      app.clock.forward(30 * MINUTE);
      expect((await confirm(late)).status).toBe(400);
    });

    it.each(['/auth/password-reset', '/auth/email-verification'])(
      'answers the same, and before it looks anything up, whether or not anybody is there: %s',
      async (path) => {
        const name = `gina-${path.length}`;
        await register(app, name);
        const runner = app.dataSource.createQueryRunner();
        await runner.startTransaction();
        // Who looked somebody up would wait here for ever.
        await runner.query('LOCK TABLE commercial.users IN ACCESS EXCLUSIVE MODE');
        const known = await post(path, { email: `${name}@example.com` });
        const unknown = await post(path, { email: 'nobody@example.com' });
        await runner.commitTransaction();
        await runner.release();
        expect([known.status, known.body]).toEqual([204, null]);
        expect([unknown.status, unknown.body]).toEqual([204, null]);
        await box.tokenFor(`${name}@example.com`);
        expect(box.mails).toEqual([]);
      },
    );

    it('sets one password, however often the link is used at once', async () => {
      await register(app, 'hans');
      const token = await tokenFor('hans');
      const answers = await Promise.all(
        [0, 1, 2, 3].map((index) => confirm(token, `${NEW_PASSWORD} ${index}`)),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 400, 400, 400]);
    });

    it('is not for the deactivated', async () => {
      await register(app, 'ida');
      const token = await tokenFor('ida');
      await app.dataSource.query(
        `UPDATE commercial.users SET deactivated_at = now() WHERE email = 'ida@example.com'`,
      );
      expect((await confirm(token)).status).toBe(400);
      await ask('ida');
      await register(app, 'jan');
      await tokenFor('jan');
      expect(box.mails).toEqual([]);
    });

    it('opens the account to its owner again, whatever was guessed', async () => {
      await register(app, 'kai');
      for (let guess = 0; guess <= FAILURES_PER_ACCOUNT; guess += 1)
        await loginFrom('127.0.0.9', 'kai', 'guess');
      expect((await loginFrom('127.0.0.10', 'kai', PASSWORD)).status).toBe(429);
      await confirm(await tokenFor('kai'));
      expect((await loginFrom('127.0.0.10', 'kai', NEW_PASSWORD)).status).toBe(200);
    });

    it.each(['ilt_unknown', 'irt_x', "' OR 1=1"])('refuses the link %s', async (token) => {
      expect(await confirm(token)).toMatchObject({ status: 400, body: { code: 'INVALID_LINK' } });
    });
  });

  describe('limits', () => {
    it(`send ${MAILS_PER_MAILBOX} mails to a mailbox, and say nothing of the fourth`, async () => {
      await register(app, 'lea');
      for (let mail = 0; mail < MAILS_PER_MAILBOX; mail += 1) await tokenFor('lea');
      expect((await ask('lea')).status).toBe(204);
      await register(app, 'max');
      await tokenFor('max');
      expect(box.mails).toEqual([]);
    });

    it('hold for one address, for requests as for guesses', async () => {
      const guesses = await Promise.all(
        Array.from({ length: TRIES_PER_ADDRESS + 5 }, (_, index) => confirm(`ilt_${index}`)),
      );
      const refused = guesses.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(5);
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await ask('nobody')).status).toBe(429);
      expect((await post('/auth/email-verification/confirm', { token: 'x' })).status).toBe(429);
      expect((await post('/auth/email-verification', { email: 'x@example.com' })).status).toBe(429);
    });

    it('lock no owner out whose address is known', async () => {
      await register(app, 'nora');
      for (let guess = 0; guess <= FAILURES_PER_ACCOUNT; guess += 1)
        await loginFrom('127.0.0.9', 'nora', 'guess');
      expect((await loginFrom('127.0.0.9', 'nora', PASSWORD)).status).toBe(429);
      expect((await loginFrom('127.0.0.10', 'nora', PASSWORD)).status).toBe(429);
      expect((await login('nora')).status).toBe(200);
    });

    it('hold for a known address too', async () => {
      await register(app, 'otto');
      for (let guess = 0; guess < FAILURES_PER_ACCOUNT; guess += 1) await login('otto', 'guess');
      expect((await login('otto')).status).toBe(429);
    });
  });

  it('logs no token where mails fail or there is nobody to send them', async () => {
    const logged: string[] = [];
    const keep = (...words: unknown[]) => void logged.push(words.join(' '));
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(keep);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(keep);
    const send = jest.spyOn(box.mailer, 'send').mockRejectedValue(new Error('550 refused ilt_secret'));
    await register(app, 'paul');
    await ask('paul');
    const without = await startAuthApp();
    await register(without, 'paul');
    await without.call('POST', '/auth/password-reset', { body: { email: 'paul@example.com' } });
    await without.close();
    send.mockRestore();
    expect(logged.join('\n')).toMatch(/could not be sent[^]*was not sent/);
    expect(logged.join('\n')).not.toContain('ilt_');
    jest.restoreAllMocks();
  });

  describe('verification of the address', () => {
    const strictBox = mailbox();
    let strict: AuthApp;

    beforeAll(async () => {
      strict = await startAuthApp({ auth: { mail: strictBox, requireVerifiedEmail: true } });
    });
    afterAll(() => strict.close());

    const call = (path: string, body: object) => strict.call('POST', path, { body });
    const strictLogin = (name: string) =>
      call('/auth/login', { email: `${name}@example.com`, password: PASSWORD });

    /** As a version made them that let anybody invite. */
    async function invitationBy(userId: string): Promise<void> {
      const [account, at] = [randomUUID(), strict.clock.now()];
      await strict.dataSource.query(
        `INSERT INTO commercial.accounts (id, kind, name, created_at) VALUES ($1, 'organization', 'x', $2)`,
        [account, at],
      );
      await strict.dataSource.query(
        `INSERT INTO commercial.invitations (id, account_id, email, role, token_hash, invited_by, created_at, expires_at)
         VALUES (gen_random_uuid(), $1::uuid, 'x@example.com', 'owner', uuid_send($1::uuid), $2, $3, $4)`,
        [account, userId, at, new Date(at.getTime() + 60 * MINUTE)],
      );
    }

    async function openInvitationsOf(userId: string): Promise<number> {
      const rows: unknown[] = await strict.dataSource.query(
        `SELECT 1 FROM commercial.invitations WHERE invited_by = $1 AND closed_at IS NULL`,
        [userId],
      );
      return rows.length;
    }

    it('is asked for before the second sign-in where it is required', async () => {
      const { refreshToken, accessToken } = await register(strict, 'anna');
      const made = await strict.call('POST', '/api-keys', { body: { name: 'k' }, token: accessToken });
      const byKey = () => strict.call('GET', '/users/me', { apiKey: made.body.key });
      const token = await strictBox.tokenFor('anna@example.com');
      expect(await strictLogin('anna')).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect((await call('/auth/refresh', { refreshToken })).status).toBe(403);
      expect(await byKey()).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect((await call('/auth/email-verification/confirm', { token })).status).toBe(204);
      expect((await strictLogin('anna')).status).toBe(200);
      expect((await call('/auth/email-verification/confirm', { token })).status).toBe(400);
    });

    it('ends whatever was made before anybody had shown that the address is theirs', async () => {
      const { refreshToken, accessToken: token, user } = await register(strict, 'fritz');
      const { key: apiKey } = (await strict.call('POST', '/api-keys', { token, body: { name: 'k' } })).body;
      const verification = await strictBox.tokenFor('fritz@example.com');
      await call('/auth/password-reset', { email: 'fritz@example.com' });
      const reset = await strictBox.tokenFor('fritz@example.com');
      await invitationBy(user.id);
      expect((await call('/auth/email-verification/confirm', { token: verification })).status).toBe(204);
      expect((await call('/auth/refresh', { refreshToken })).status).toBe(401);
      expect((await strict.call('GET', '/users/me', { apiKey })).status).toBe(401);
      await until(async () => (await strict.call('GET', '/users/me', { token })).status === 401);
      const body = { token: reset, newPassword: NEW_PASSWORD };
      expect((await call('/auth/password-reset/confirm', body)).status).toBe(400);
      expect(await openInvitationsOf(user.id)).toBe(0);
    });

    it('leaves invitations alone where a reset is not the first proof', async () => {
      const { user } = await register(strict, 'gustav');
      await call('/auth/email-verification/confirm', {
        token: await strictBox.tokenFor('gustav@example.com'),
      });
      await invitationBy(user.id);
      await call('/auth/password-reset', { email: 'gustav@example.com' });
      const token = await strictBox.tokenFor('gustav@example.com');
      expect((await call('/auth/password-reset/confirm', { token, newPassword: PASSWORD })).status).toBe(204);
      expect(await openInvitationsOf(user.id)).toBe(1);
    });

    it('can be asked for again, until it is done', async () => {
      await register(strict, 'bert');
      const first = await strictBox.tokenFor('bert@example.com');
      await call('/auth/email-verification', { email: 'bert@example.com' });
      const second = await strictBox.tokenFor('bert@example.com');
      expect((await call('/auth/email-verification/confirm', { token: first })).status).toBe(400);
      expect((await call('/auth/email-verification/confirm', { token: second })).status).toBe(204);
      await call('/auth/email-verification', { email: 'bert@example.com' });
      await register(strict, 'carl');
      await strictBox.tokenFor('carl@example.com');
      expect(strictBox.mails.filter(({ to }) => to === 'bert@example.com')).toEqual([]);
    });

    it('is done by a new password too, whose link came by mail', async () => {
      await register(strict, 'dora');
      await strictBox.tokenFor('dora@example.com');
      await call('/auth/password-reset', { email: 'dora@example.com' });
      const token = await strictBox.tokenFor('dora@example.com');
      await call('/auth/password-reset/confirm', { token, newPassword: PASSWORD });
      expect((await strictLogin('dora')).status).toBe(200);
    });

    it('takes no link that is for something else', async () => {
      await register(strict, 'emil');
      const token = await strictBox.tokenFor('emil@example.com');
      const body = { token, newPassword: NEW_PASSWORD };
      expect((await call('/auth/password-reset/confirm', body)).status).toBe(400);
    });
  });

  /** A login from another address of the loopback network. */
  function loginFrom(localAddress: string, name: string, password: string): Promise<{ status: number }> {
    const { port } = app.app.getHttpServer().address();
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const options = { host: '127.0.0.1', port, localAddress, method: 'POST', path: '/auth/login', headers };
      request(options, (response) =>
        response.resume().on('end', () => resolve({ status: response.statusCode ?? 0 })),
      )
        .on('error', reject)
        .end(JSON.stringify({ email: `${name}@example.com`, password }));
    });
  }
});
