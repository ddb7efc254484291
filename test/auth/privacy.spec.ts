import { PersonalData } from '../../src/auth/api/privacy/personal-data.js';
import {
  administrator,
  buy,
  consume,
  order,
  PASSWORD,
  payAtCashier,
  register,
  startApp,
  untilPayment,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { until } from '../support/embedded-process.js';
import { statuses } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';

/** Tables that name a user or an account, and why they aren't in the export. Whoever adds one decides where it belongs. */
const NOT_EXPORTED: Readonly<Record<string, string>> = {
  users: 'it is the profile',
  idempotency_keys: 'copies of answers, kept for a day',
  usage_daily: 'sums of the usage',
  usage_late: 'which of the usage the sums lack',
  erased_marks: 'no name can be read from it',
  reconciliations: 'names the administrator who asked for it, as the audit log does',
};

describe('personal data', () => {
  let apps: CommercialApp[];
  let app: CommercialApp;
  let admin: Person;
  let people = 0;

  beforeAll(async () => {
    app = await startApp();
    apps = [app, await startApp({ beside: app })];
    admin = await administrator(app);
  });
  afterAll(async () => {
    for (const each of apps.toReversed()) await each.close();
  });
  afterEach(() => expectInvariants(app.dataSource));

  const somebody = () => register(app, `person-${(people += 1)}-of-privacy`);
  const erase = (person: Person, password = PASSWORD) =>
    person.call('DELETE', '/users/me', { body: { password } });
  const login = (email: string) => app.call('POST', '/auth/login', { body: { email, password: PASSWORD } });
  const organization = async (owner: Person) =>
    (await owner.call('POST', '/organizations', { body: { name: 'hospital' } })).body.id as string;
  const join = (accountId: string, { id }: Person, role: string) =>
    app.sql(
      `INSERT INTO commercial.memberships (account_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)`,
      [accountId, id, role, app.clock.now()],
    );

  describe('is exported', () => {
    it('with everything that the service keeps about the user, and no secret', async () => {
      const anna = await somebody();
      const orderId = await buy(app, anna, 'alipay');
      await consume(anna, { resourceId: 'study-1', metadata: { ward: 3 } });
      const key = (await anna.call('POST', '/api-keys', { body: { name: 'import' } })).body;
      const account = await organization(anna);
      await consume(anna, { resourceId: 'study-2' });
      await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '1.00' } });
      const { status, body, headers } = await anna.call('GET', '/users/me/export');
      expect(status).toBe(200);
      expect(headers.get('content-disposition')).toBe('attachment; filename="personal-data.json"');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatchObject({
        exportedAt: expect.any(String),
        profile: { id: anna.id, email: anna.email },
        sessions: [{ userAgent: expect.any(String) }],
        apiKeys: [{ id: key.id, prefix: key.prefix }],
        organizations: [{ id: account, name: 'hospital', role: 'owner' }],
        payments: [{ orderId, amount: '99.00' }],
        refunds: [{ orderId, amount: '1.00' }],
        usage: [{ resourceId: 'study-2' }, { resourceId: 'study-1', metadata: { ward: 3 } }],
      });
      expect(body.subscriptions.map((each: any) => each.plan.code)).toEqual(['pro', 'free']);
      expect(body.grants.length).toBeGreaterThanOrEqual(1);
      const text = JSON.stringify(body);
      expect(text).not.toMatch(/hash|argon2/i);
      for (const secret of [key.key, anna.refreshToken, anna.token]) expect(text).not.toContain(secret);
    });

    it('from every table that names a user or an account', async () => {
      const rows = await app.sql<{ name: string }>(
        `SELECT DISTINCT c.relname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
         WHERE c.relnamespace = 'commercial'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
           AND a.attname IN ('user_id', 'account_id', 'email', 'actor_user_id', 'requested_by', 'invited_by')`,
      );
      const sections = app.app.get(PersonalData, { strict: false }).sections;
      const read = new Set(sections.flatMap(({ tables }) => tables));
      const missing = rows.filter(({ name }) => !read.has(name) && !(name in NOT_EXPORTED));
      expect(missing.map(({ name }) => name)).toEqual([]);
    });

    it('whole, however much it is', async () => {
      const bert = await somebody();
      await app.sql(
        `INSERT INTO commercial.audit_log (id, actor_user_id, action, subject_type, subject_id, detail, created_at)
         SELECT gen_random_uuid(), $1, 'test.' || n, 'test', 'x', '{}', $2 FROM generate_series(1, 1201) n`,
        [bert.id, app.clock.now()],
      );
      const { auditEntries } = (await bert.call('GET', '/users/me/export')).body;
      const actions = new Set(auditEntries.map((entry: { action: string }) => entry.action));
      expect([auditEntries.length, actions.size]).toEqual([1202, 1202]);
    });

    it('without anybody else’s', async () => {
      const [carl, dora] = [await somebody(), await somebody()];
      await consume(dora);
      await buy(app, dora, 'wechat');
      const text = JSON.stringify((await carl.call('GET', '/users/me/export')).body);
      expect(text).not.toContain(dora.id);
      expect(text).not.toContain(dora.email);
    });

    it('to an administrator, which the audit log tells', async () => {
      const emil = await somebody();
      const { status, body } = await admin.call('GET', `/admin/users/${emil.id}/export`);
      expect([status, body.profile.email]).toEqual([200, emil.email]);
      const { items } = (await admin.call('GET', `/admin/audit?subjectId=${emil.id}`)).body;
      expect(items).toMatchObject([{ action: 'user.exported', actorUserId: admin.id }]);
      expect((await emil.call('GET', `/admin/users/${admin.id}/export`)).status).toBe(403);
      const nobody = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11';
      expect((await admin.call('GET', `/admin/users/${nobody}/export`)).status).toBe(404);
    });
  });

  describe('is deleted', () => {
    it('from every column of every table, while accounting keeps the payments', async () => {
      const [frida, boss] = [await somebody(), await somebody()];
      const name = 'Frida Ohnegleichen';
      await frida.call('PUT', '/users/me', { body: { displayName: name } });
      const orderId = await buy(app, frida, 'alipay');
      await consume(frida);
      await frida.call('POST', '/api-keys', { body: { name: 'hers' } });
      await app.call('POST', '/auth/password-reset', { body: { email: frida.email } });
      await app.sql('UPDATE commercial.users SET email_verified_at = $2 WHERE id = $1', [
        boss.id,
        app.clock.now(),
      ]);
      await boss.call('POST', `/organizations/${await organization(boss)}/invitations`, {
        body: { email: frida.email, role: 'member' },
      });
      expect(await columnsWith(frida.email)).toEqual(expect.arrayContaining(['invitations', 'users']));
      expect(await columnsWith(name)).toEqual(['users']);
      expect((await erase(frida)).status).toBe(204);
      expect(await columnsWith(frida.email)).toEqual([]);
      expect(await columnsWith(name)).toEqual([]);
      expect((await admin.call('GET', `/payments/${orderId}`)).body).toMatchObject({ status: 'paid' });
      const [left] = await app.sql(
        `SELECT (SELECT count(*)::int FROM commercial.sessions WHERE user_id = $1) AS sessions,
                (SELECT count(*)::int FROM commercial.api_keys WHERE user_id = $1) AS keys,
                (SELECT count(*)::int FROM commercial.one_time_tokens WHERE user_id = $1) AS links,
                (SELECT count(*)::int FROM commercial.usage_logs WHERE user_id = $1) AS usage`,
        [frida.id],
      );
      expect(left).toEqual({ sessions: 0, keys: 0, links: 0, usage: 1 });
    });

    it('with every way in, on every process', async () => {
      const gerd = await somebody();
      const { key } = (await gerd.call('POST', '/api-keys', { body: { name: 'his' } })).body;
      expect((await apps[1]!.call('GET', '/users/me', { apiKey: key })).status).toBe(200);
      expect((await erase(gerd)).status).toBe(204);
      expect((await apps[1]!.call('GET', '/users/me', { apiKey: key })).status).toBe(401);
      const { refreshToken, token } = gerd;
      expect((await app.call('POST', '/auth/refresh', { body: { refreshToken } })).status).toBe(401);
      await until(async () => (await apps[1]!.call('GET', '/users/me', { token })).status === 401);
      expect((await login(gerd.email)).body.code).toBe('INVALID_CREDENTIALS');
      expect((await admin.call('GET', `/admin/users/${gerd.id}`)).status).toBe(404);
      expect((await login(`erased-${gerd.id}@user.invalid`)).body.code).toBe('INVALID_CREDENTIALS');
    });

    it('so that the address is free for somebody new, who starts with nothing', async () => {
      const hans = await somebody();
      await erase(hans);
      const again = await app.call('POST', '/auth/register', {
        body: { email: hans.email, password: PASSWORD },
      });
      expect(again.status).toBe(201);
      expect(again.body.user.id).not.toBe(hans.id);
      const { payments } = (await app.call('GET', '/users/me/export', { token: again.body.accessToken }))
        .body;
      expect(payments).toEqual([]);
    });

    it('with what was in force, without a refund', async () => {
      const ida = await somebody();
      const orderId = await buy(app, ida, 'wechat');
      await erase(ida);
      const rows = await app.sql(
        `SELECT s.status FROM commercial.subscriptions s JOIN commercial.users u
           ON u.personal_account_id = s.account_id WHERE u.id = $1 AND s.status = 'active'`,
        [ida.id],
      );
      expect(rows).toEqual([]);
      expect((await admin.call('GET', `/payments/${orderId}/refunds`)).body.items).toEqual([]);
    });

    it('and money that comes all the same goes back', async () => {
      const jan = await somebody();
      const { orderId } = await order(jan, 'alipay');
      await erase(jan);
      await payAtCashier(app, orderId);
      await untilPayment(app, orderId, 'refunded');
    });

    it('by who knows the password, and by no API key', async () => {
      const kurt = await somebody();
      const { key } = (await kurt.call('POST', '/api-keys', { body: { name: 'his' } })).body;
      expect(await erase(kurt, 'another password')).toMatchObject({
        status: 401,
        body: { code: 'INVALID_CREDENTIALS' },
      });
      const byKey = await app.call('DELETE', '/users/me', { apiKey: key, body: { password: PASSWORD } });
      expect(byKey.status).toBe(403);
      expect((await kurt.call('DELETE', '/users/me', {})).status).toBe(400);
      expect((await kurt.call('GET', '/users/me')).status).toBe(200);
      const guesses = await Promise.all(
        Array.from({ length: 30 }, (_, n) => erase(kurt, `guess number ${n}`)),
      );
      expect(statuses(guesses)).toMatchObject({ 429: expect.any(Number) });
    });

    it('not while an organization would be left without an owner', async () => {
      const [lena, max] = [await somebody(), await somebody()];
      const account = await organization(lena);
      await join(account, max, 'member');
      expect(await erase(lena)).toMatchObject({ status: 409, body: { code: 'LAST_OWNER' } });
      expect((await lena.call('GET', '/users/me')).status).toBe(200);
      await lena.call('PUT', `/organizations/${account}/members/${max.id}`, { body: { role: 'owner' } });
      expect((await erase(lena)).status).toBe(204);
      const { items } = (await max.call('GET', `/organizations/${account}/members`)).body;
      expect(items.map((member: { userId: string }) => member.userId)).toEqual([max.id]);
    });

    it('by one of two owners who go at once from an organization with members', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [nora, otto, member] = [await somebody(), await somebody(), await somebody()];
        const account = await organization(nora);
        await join(account, otto, 'owner');
        await join(account, member, 'member');
        const answers = await Promise.all([erase(nora), erase(otto)]);
        expect(statuses(answers)).toEqual({ 204: 1, 409: 1 });
      }
    }, 30_000);

    it('not while the other owner is deactivated', async () => {
      const [paula, quirin, member] = [await somebody(), await somebody(), await somebody()];
      const account = await organization(paula);
      await join(account, quirin, 'owner');
      await join(account, member, 'member');
      await admin.call('POST', `/admin/users/${quirin.id}/deactivate`, { body: {} });
      expect(await erase(paula)).toMatchObject({
        status: 409,
        body: { code: 'LAST_OWNER', organizations: [account] },
      });
    });

    it('with an organization in which nobody else can act, and what it has in force', async () => {
      const [rita, gone] = [await somebody(), await somebody()];
      const account = await organization(rita);
      await join(account, gone, 'member');
      await admin.call('POST', `/admin/users/${gone.id}/deactivate`, { body: {} });
      const headers = { 'x-account-id': account };
      const { body } = await rita.call('POST', '/subscriptions', {
        headers,
        body: { planCode: 'pro', provider: 'alipay' },
      });
      await payAtCashier(app, body.payment.orderId);
      await untilPayment(app, body.payment.orderId, 'paid');
      expect((await erase(rita)).status).toBe(204);
      const live = await app.sql(
        `SELECT 1 FROM commercial.subscriptions WHERE account_id = $1 AND status = 'active'`,
        [account],
      );
      expect(live).toEqual([]);
    });

    it('not where it is the last administrator', async () => {
      expect(await erase(admin)).toMatchObject({ status: 409, body: { code: 'LAST_ADMINISTRATOR' } });
    });
  });

  /** The tables that hold the text anywhere, in whatever schema and form. */
  async function columnsWith(text: string): Promise<string[]> {
    const columns = await app.sql<{ schema: string; table: string; column: string }>(
      `SELECT n.nspname AS schema, c.relname AS table, a.attname AS column
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_type t ON t.oid = a.atttypid
       WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
         AND n.nspname NOT IN ('pg_catalog', 'information_schema')
         AND t.typname IN ('text', 'varchar', 'json', 'jsonb', 'bytea', '_text', 'name')`,
    );
    const found = new Set<string>();
    for (const { schema, table, column } of columns) {
      const cast = `"${column}"::text`;
      const [row] = await app.sql(
        `SELECT EXISTS (SELECT FROM "${schema}"."${table}" WHERE strpos(lower(${cast}), lower($1)) > 0
           OR strpos(${cast}, encode(convert_to($1, 'UTF8'), 'hex')) > 0) AS there`,
        [text],
      );
      if (row.there) found.add(table);
    }
    return [...found].sort();
  }
});
