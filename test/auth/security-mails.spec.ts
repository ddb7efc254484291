import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ApiKeyReminders, TOLD_BEFORE_DAYS } from '../../src/auth/api/api-keys/api-key-reminders.js';
import { MAILS_PER_MAILBOX } from '../../src/auth/identity/limits/link-limits.js';
import { fieldsAtFault, PASSWORD, register, startAuthApp, type AuthApp } from '../support/auth-app.js';
import { until } from '../support/embedded-process.js';
import { mailbox } from '../support/mailbox.js';

const DAY_MS = 86_400_000;
const HOME = '203.0.113.7';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; rv:146.0) Gecko/20100101 Firefox/146.0';
const NEWER_FIREFOX = FIREFOX.replaceAll('146', '147');
const CHROME = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36';
const NEW_PASSWORD = 'purple monkey dishwasher';

describe('what somebody who knows the user tries first', () => {
  const box = mailbox();
  let app: AuthApp;

  beforeAll(async () => {
    app = await startAuthApp({ auth: { mail: box, productNames: ['Radiology Desk'] } });
  });
  afterAll(() => app.close());

  const REFUSED = [
    ['its address', 'li.wei.long@example.com', /your e-mail address/, /邮箱地址/],
    ['the part before its @', 'Li-Wei-Long2026', /your e-mail address/, /邮箱地址/],
    ['its name', '李伟 of Ward 3', /your name/, /姓名/],
    ['the product', 'radiology-desk!', /name of the product/, /产品名称/],
  ] as const;

  it.each(REFUSED)('is no password: %s', async (_what, password, en, chinese) => {
    const body = { email: 'li.wei.long@example.com', displayName: '李伟 of Ward 3', password };
    const answer = await app.call('POST', '/auth/register', { body });
    expect(fieldsAtFault(answer)).toEqual(['password']);
    expect(answer.body.errors[0].message).toMatch(en);
    const headers = { 'accept-language': 'zh-CN' };
    const translated = await app.call('POST', '/auth/register', { body, headers });
    expect(translated.body.errors[0].message).toMatch(chinese);
  });

  it('is none at a change and at a reset either; the link serves for another try', async () => {
    const body = { email: 'changes.later@example.com', displayName: 'Chan Geslater', password: PASSWORD };
    const { accessToken: token } = (await app.call('POST', '/auth/register', { body })).body;
    const change = (newPassword: string, currentPassword = PASSWORD) =>
      app.call('POST', '/users/me/password', { token, body: { currentPassword, newPassword } });
    for (const password of ['changes.later1', 'chan-geslater', 'Radiology Desk']) {
      expect(fieldsAtFault(await change(password))).toEqual(['newPassword']);
    }
    await app.call('POST', '/auth/password-reset', { body: { email: body.email } });
    const link = await box.tokenFor(body.email);
    const reset = (newPassword: string) =>
      app.call('POST', '/auth/password-reset/confirm', { body: { token: link, newPassword } });
    expect(fieldsAtFault(await reset('changes.later1'))).toEqual(['newPassword']);
    expect((await reset(NEW_PASSWORD)).status).toBe(204);
  });
});

describe('a mail tells the user of', () => {
  const box = mailbox();
  let app: AuthApp;
  let fails = false;

  beforeAll(async () => {
    const adapter = new FastifyAdapter({ trustProxy: true });
    const mailer = {
      send: async (mail: Parameters<typeof box.mailer.send>[0]) => {
        if (fails) throw new Error('no mail server');
        await box.mailer.send(mail);
      },
    };
    app = await startAuthApp({ adapter, auth: { mail: { ...box, mailer } } });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    fails = false;
    box.mails.length = 0;
    await app.dataSource.query(`DELETE FROM commercial.rate_limits WHERE key NOT LIKE 'login-device%'`);
  });

  const from = (address: string, userAgent: string) => ({
    'x-forwarded-for': address,
    'user-agent': userAgent,
  });
  const login = (name: string, address = HOME, userAgent = FIREFOX) =>
    app.call('POST', '/auth/login', {
      body: { email: `${name}@example.com`, password: PASSWORD },
      headers: from(address, userAgent),
    });
  /** Mails go out one after the other, so whatever was to come before this one is there when it is. */
  const mailsTo = async (name: string) => {
    const marker = `${name}@example.com`;
    await app.call('POST', '/auth/password-reset', { body: { email: marker } });
    await until(async () => box.mails.some(({ to, subject }) => to === marker && /Reset|重置/.test(subject)));
    const found = box.mails.filter(({ to, subject }) => to === marker && !/Reset|重置/.test(subject));
    box.mails.length = 0;
    await app.dataSource.query(`DELETE FROM commercial.rate_limits WHERE key LIKE 'mail-mailbox%'`);
    return found;
  };
  const person = async (name: string) => {
    const body = { email: `${name}@example.com`, password: PASSWORD };
    return (await app.call('POST', '/auth/register', { body, headers: from(HOME, FIREFOX) })).body;
  };

  it('a sign-in from a new device, once', async () => {
    await person('anna');
    await login('anna');
    await login('anna', '203.0.113.99', NEWER_FIREFOX);
    expect(await mailsTo('anna')).toEqual([]);
    expect((await login('anna', HOME, CHROME)).status).toBe(200);
    await login('anna', HOME, CHROME);
    const [mail, ...more] = await mailsTo('anna');
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ subject: 'A new device signed in to your account' });
    expect(mail!.text).toContain('Device: Chrome on Android');
    expect(mail!.text).toContain(`IP address: ${HOME}`);
    expect(mail!.text).toContain('Time: 2026-11-24 08:00 UTC');
    await login('anna', '198.51.100.1', CHROME);
    expect(await mailsTo('anna')).toHaveLength(1);
  });

  it('a sign-in in words of its own, whatever the client calls itself', async () => {
    await person('bert');
    await login('bert', HOME, 'Click https://evil.example now');
    const [mail] = await mailsTo('bert');
    expect(mail!.text).toContain('Device: unknown');
    expect(mail!.text).not.toContain('evil');
  });

  it('no failed sign-in', async () => {
    await person('carl');
    const body = { email: 'carl@example.com', password: 'a wrong password' };
    await app.call('POST', '/auth/login', { body, headers: from('198.51.100.2', CHROME) });
    expect(await mailsTo('carl')).toEqual([]);
  });

  it('a changed and of a reset password, in the user’s language', async () => {
    const { accessToken: token } = await person('dora');
    const body = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    await app.call('POST', '/users/me/password', { token, body });
    expect(await mailsTo('dora')).toMatchObject([{ subject: 'Your password was changed' }]);
    await app.call('PUT', '/users/me', { token, body: { locale: 'zh-CN' } });
    await app.call('POST', '/auth/password-reset', { body: { email: 'dora@example.com' } });
    const link = await box.tokenFor('dora@example.com');
    await app.call('POST', '/auth/password-reset/confirm', { body: { token: link, newPassword: PASSWORD } });
    expect(await mailsTo('dora')).toMatchObject([{ subject: '您的密码已修改' }]);
  });

  it('a new key, and of one that replaces another, by its first characters only', async () => {
    const { accessToken: token } = await person('emil');
    const make = { token, body: { name: 'https://evil.example' } };
    const { id, key, prefix } = (await app.call('POST', '/api-keys', make)).body;
    const next = (await app.call('POST', `/api-keys/${id}/rotate`, { token, body: {} })).body;
    const mails = await mailsTo('emil');
    expect(mails.map(({ subject }) => subject)).toEqual(Array(2).fill('A new API key was created'));
    expect(mails[0]!.text).toContain(prefix);
    expect(mails[1]!.text).toContain(next.prefix);
    const text = JSON.stringify(mails);
    for (const secret of [key, next.key, 'evil']) expect(text).not.toContain(secret);
  });

  it('no more than a few things in a while', async () => {
    const { accessToken: token } = await person('frida');
    for (let n = 0; n < MAILS_PER_MAILBOX + 3; n += 1) {
      await app.call('POST', '/api-keys', { token, body: { name: 'k' } });
    }
    expect(await mailsTo('frida')).toHaveLength(MAILS_PER_MAILBOX);
  });

  describe('a key that ends', () => {
    const remind = () => app.app.get(ApiKeyReminders).remind();
    const makeKey = async (token: string, days: number | null, name = 'import') => {
      const expiresAt = days === null ? null : new Date(app.clock.now().getTime() + days * DAY_MS);
      return (await app.call('POST', '/api-keys', { token, body: { name, expiresAt } })).body;
    };
    const keyMails = () => box.mails.filter(({ subject }) => subject === 'An API key is about to expire');

    it('two weeks before, once, however many processes look', async () => {
      const { accessToken: token } = await person('gerd');
      const { prefix } = await makeKey(token, 30);
      await makeKey(token, null);
      await makeKey(token, 90);
      await makeKey(token, TOLD_BEFORE_DAYS);
      app.clock.forward((30 - TOLD_BEFORE_DAYS) * DAY_MS - 1);
      expect(await remind()).toBe(0);
      app.clock.forward(1);
      const told = await Promise.all([remind(), remind(), remind()]);
      expect(told.reduce((sum, one) => sum + one)).toBe(1);
      app.clock.forward(DAY_MS);
      expect(await remind()).toBe(0);
      expect(keyMails()).toHaveLength(1);
      expect(keyMails()[0]).toMatchObject({ to: 'gerd@example.com' });
      expect(keyMails()[0]!.text).toContain(`"import" that begins with ${prefix} expires on`);
    });

    it('unless it was revoked, replaced or is a user’s who was deactivated', async () => {
      const { accessToken: token } = await register(app, 'hans');
      const revoked = await makeKey(token, 30);
      await app.call('DELETE', `/api-keys/${revoked.id}`, { token });
      const replaced = await makeKey(token, 30);
      const body = { overlapSeconds: 20 * 86_400 };
      await app.call('POST', `/api-keys/${replaced.id}/rotate`, { token, body });
      const { accessToken, user } = await register(app, 'ida');
      await makeKey(accessToken, 30);
      await app.dataSource.query('UPDATE commercial.users SET deactivated_at = $2 WHERE id = $1', [
        user.id,
        app.clock.now(),
      ]);
      app.clock.forward(17 * DAY_MS);
      expect(await remind()).toBe(1);
      expect(keyMails().map(({ to }) => to)).toEqual(['hans@example.com']);
    });

    it('again where the mail could not be handed on, and without a name that may mislead', async () => {
      const { accessToken: token } = await register(app, 'jan');
      await makeKey(token, 30, 'see evil.example');
      app.clock.forward(17 * DAY_MS);
      fails = true;
      expect(await remind()).toBe(0);
      fails = false;
      expect(await remind()).toBe(1);
      expect(keyMails()[0]!.text).toMatch(/Your API key that begins with/);
      expect(await remind()).toBe(0);
    });
  });
});
