import { randomUUID } from 'node:crypto';
import { Controller, Get, Post } from '@nestjs/common';
import { Access } from '../../src/auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../src/auth/identity/caller/current-user.decorator.js';
import { Administrators } from '../../src/auth/api/users/administrators.js';
import {
  INVITATIONS_PER_INVITER,
  INVITATIONS_PER_MAILBOX,
  INVITATIONS_PER_ORGANIZATION,
} from '../../src/auth/identity/limits/invitation-limits.js';
import {
  PASSWORD,
  register,
  startAuthApp,
  verifyEmail,
  type AuthApp,
  type Call,
} from '../support/auth-app.js';
import { until } from '../support/embedded-process.js';
import { mailbox } from '../support/mailbox.js';

const NOBODY = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11';

@Controller('acting')
class ActingController {
  @Get()
  @Access('user', { scope: 'quota:read' })
  show(@CurrentUser() { accountId, accountRole }: AuthenticatedUser) {
    return { accountId, accountRole };
  }

  @Post('buy')
  @Access('user', { scope: 'billing:write' })
  buy() {
    return {};
  }
}

describe('organizations', () => {
  const box = mailbox();
  let app: AuthApp;
  let owner: string;
  let ownerId: string;
  let member: string;
  let memberId: string;
  let stranger: string;
  let id: string;

  beforeAll(async () => {
    app = await startAuthApp({ auth: { mail: box }, controllers: [ActingController] });
    ({
      accessToken: owner,
      user: { id: ownerId },
    } = await register(app, 'owner'));
    ({
      accessToken: member,
      user: { id: memberId },
    } = await register(app, 'member'));
    stranger = (await register(app, 'stranger')).accessToken;
    await Promise.all([ownerId, memberId].map((userId) => verifyEmail(app, userId)));
    id = (await call('POST', '/organizations', owner, { body: { name: '第一人民医院' } })).body.id;
    await invite('member', 'member');
    expect((await accept(member, await box.tokenFor('member@example.com'))).status).toBe(200);
  });
  afterAll(() => app.close());

  const call = (method: string, path: string, token: string, rest: Call = {}) =>
    app.call(method, path, { token, ...rest });
  /** Owned by these, one of whom made it. */
  const organizationOf = async (owners: string[]): Promise<string> => {
    const account = randomUUID();
    const at = app.clock.now();
    await app.dataSource.query(
      `INSERT INTO commercial.accounts (id, kind, name, created_at) VALUES ($1, 'organization', 'hospital', $2)`,
      [account, at],
    );
    for (const userId of owners) {
      await app.dataSource.query(
        `INSERT INTO commercial.memberships (account_id, user_id, role, created_at) VALUES ($1, $2, 'owner', $3)`,
        [account, userId, at],
      );
    }
    return account;
  };
  const invite = (name: string, role: string, token = owner) =>
    call('POST', `/organizations/${id}/invitations`, token, { body: { email: `${name}@example.com`, role } });
  const accept = (token: string, link: string) =>
    call('POST', '/invitations/accept', token, { body: { token: link } });
  const setRole = (userId: string, role: string, token = owner) =>
    call('PUT', `/organizations/${id}/members/${userId}`, token, { body: { role } });
  const remove = (userId: string, token = owner) =>
    call('DELETE', `/organizations/${id}/members/${userId}`, token);
  const acting = (token: string, accountId: string) =>
    call('GET', '/acting', token, { headers: { 'x-account-id': accountId } });

  it('are an account of their own, for who belongs to them', async () => {
    expect((await acting(owner, id)).body).toEqual({ accountId: id, accountRole: 'owner' });
    expect((await acting(member, id)).body).toEqual({ accountId: id, accountRole: 'member' });
    const own = (await call('GET', '/acting', owner)).body;
    expect(own.accountRole).toBeNull();
    expect(own.accountId).not.toBe(id);
    expect((await acting(owner, own.accountId)).body).toEqual(own);
    for (const other of [id, own.accountId, NOBODY]) {
      expect(await acting(stranger, other)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    }
    expect((await acting(owner, 'x')).status).toBe(400);
    expect((await acting(owner, id.toUpperCase())).body).toEqual({ accountId: id, accountRole: 'owner' });
    expect((await acting(owner, own.accountId.toUpperCase())).body).toEqual(own);
  });

  it('are bought for by owners and admins', async () => {
    const buy = (token: string) => call('POST', '/acting/buy', token, { headers: { 'x-account-id': id } });
    expect((await buy(owner)).status).toBe(201);
    expect((await buy(member)).status).toBe(403);
    expect((await call('POST', '/acting/buy', member)).status).toBe(201);
  });

  it('are acted for by a key that was made for them, and by no other', async () => {
    const make = async (headers = {}) =>
      (await call('POST', '/api-keys', member, { body: { name: 'k' }, headers })).body.key;
    const [own, theirs] = [await make(), await make({ 'x-account-id': id })];
    const show = (apiKey: string, headers = {}) => app.call('GET', '/acting', { apiKey, headers });
    expect((await show(theirs)).body).toEqual({ accountId: id, accountRole: 'member' });
    expect((await show(own)).body.accountRole).toBeNull();
    expect((await show(own, { 'x-account-id': id })).status).toBe(403);
  });

  it('are seen by their members only', async () => {
    const { body } = await call('GET', `/organizations/${id}/members`, member);
    expect(body.items.map((shown: any) => [shown.email, shown.role])).toEqual([
      ['member@example.com', 'member'],
      ['owner@example.com', 'owner'],
    ]);
    expect((await call('GET', '/organizations', member)).body.items).toMatchObject([{ id, role: 'member' }]);
    expect((await call('GET', '/organizations', stranger)).body.items).toEqual([]);
    expect((await call('GET', `/organizations/${id}/members`, stranger)).status).toBe(404);
    expect((await setRole(memberId, 'owner', stranger)).status).toBe(404);
    expect((await remove(memberId, stranger)).status).toBe(404);
    expect((await invite('x', 'member', stranger)).status).toBe(404);
  });

  it('let nobody rise by themselves', async () => {
    expect((await setRole(memberId, 'owner', member)).status).toBe(403);
    expect((await invite('x', 'member', member)).status).toBe(403);
    await setRole(memberId, 'admin');
    expect((await setRole(memberId, 'owner', member)).status).toBe(403);
    expect((await setRole(ownerId, 'member', member)).status).toBe(403);
    expect((await remove(ownerId, member)).status).toBe(403);
    expect((await invite('x', 'owner', member)).status).toBe(403);
    await setRole(memberId, 'member');
  });

  it('keep an owner, also when two leave at once', async () => {
    expect(await remove(ownerId)).toMatchObject({ status: 409, body: { code: 'LAST_OWNER' } });
    expect((await setRole(ownerId, 'member')).status).toBe(409);
    await setRole(memberId, 'owner');
    const answers = await Promise.all([setRole(ownerId, 'admin'), setRole(memberId, 'admin', member)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { body } = await call('GET', `/organizations/${id}/members`, owner);
    expect(body.items.filter((shown: any) => shown.role === 'owner')).toHaveLength(1);
    const ruler = body.items[0].role === 'owner' ? member : owner;
    await setRole(ownerId, 'owner', ruler);
    await setRole(memberId, 'member');
    const audited = await app.dataSource.query(
      `SELECT DISTINCT actor_user_id, subject_type FROM commercial.audit_log
       WHERE action = 'organization.role_changed' AND subject_id = $1 AND actor_user_id = $2`,
      [id, ownerId],
    );
    expect(audited).toEqual([{ actor_user_id: ownerId, subject_type: 'organization' }]);
  });

  it('keep exactly one owner of two who leave or are made less at once, again and again', async () => {
    const owners = async (account: string) => {
      const [row] = await app.dataSource.query(
        `SELECT count(*)::int AS count FROM commercial.memberships WHERE account_id = $1 AND role = 'owner'`,
        [account],
      );
      return row.count;
    };
    for (let round = 0; round < 20; round += 1) {
      // Owned by two, of whom each sees the other until the moment that both go.
      const account = await organizationOf([ownerId, memberId]);
      const path = (userId: string) => `/organizations/${account}/members/${userId}`;
      const leave = (userId: string, token: string) =>
        round % 2 === 0
          ? call('DELETE', path(userId), token)
          : call('PUT', path(userId), token, { body: { role: 'member' } });
      const answers = await Promise.all([leave(ownerId, owner), leave(memberId, member)]);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
      expect(await owners(account)).toBe(1);
    }
  }, 30_000);

  it('are listed by pages: organizations, members and invitations', async () => {
    const person = await register(app, 'lister');
    await verifyEmail(app, person.user.id);
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) made.push(await organizationOf([person.user.id, ownerId]));
    const pages = async (path: string, key: string) => {
      const seen: string[] = [];
      let cursor = '';
      for (let page = 0; page < 10; page += 1) {
        const { body } = await call(
          'GET',
          `${path}?limit=2${cursor && `&cursor=${cursor}`}`,
          person.accessToken,
        );
        expect(body.items.length).toBeLessThanOrEqual(2);
        seen.push(...body.items.map((item: Record<string, string>) => item[key]));
        if (body.nextCursor === null) break;
        cursor = body.nextCursor;
      }
      return seen;
    };
    expect((await pages('/organizations', 'id')).sort()).toEqual(made.toSorted());
    const first = `/organizations/${made[0]}`;
    await app.dataSource.query(
      `INSERT INTO commercial.memberships (account_id, user_id, role, created_at)
       SELECT $1, id, 'member', $2 FROM commercial.users ON CONFLICT DO NOTHING`,
      [made[0], app.clock.now()],
    );
    const [{ count }] = await app.dataSource.query('SELECT count(*)::int FROM commercial.users');
    expect(new Set(await pages(`${first}/members`, 'userId')).size).toBe(count);
    for (const name of ['a', 'b', 'c']) {
      const body = { email: `invited-${name}@example.com`, role: 'member' };
      await call('POST', `${first}/invitations`, person.accessToken, { body });
    }
    const invited = await pages(`${first}/invitations`, 'email');
    expect(invited.sort()).toEqual(['a', 'b', 'c'].map((name) => `invited-${name}@example.com`));
    expect((await call('GET', `${first}/invitations`, stranger)).status).toBe(403);
    expect((await call('GET', `${first}/members?cursor=x`, owner)).status).toBe(400);
  });

  it('take an invitation once, in time, and from whom it was sent to', async () => {
    const guest = (await register(app, 'guest')).accessToken;
    await invite('guest', 'member');
    const link = await box.tokenFor('guest@example.com');
    expect((await accept(stranger, link)).body.code).toBe('INVALID_LINK');
    expect((await accept(guest, link)).status).toBe(200);
    expect((await accept(guest, link)).status).toBe(400);
    expect((await invite('guest', 'member')).body.code).toBe('ALREADY_MEMBER');
    await invite('stranger', 'member');
    const first = await box.tokenFor('stranger@example.com');
    const { body } = await invite('stranger', 'admin');
    const second = await box.tokenFor('stranger@example.com');
    expect((await accept(stranger, first)).status).toBe(400);
    const path = `/organizations/${id}/invitations/${body.id}`;
    expect((await call('DELETE', path, stranger)).status).toBe(404);
    expect((await call('DELETE', path, owner)).status).toBe(204);
    expect((await accept(stranger, second)).status).toBe(400);
  });

  it('shut out at once whoever is removed, keys included', async () => {
    const body = { name: 'k' };
    const { key } = (await call('POST', '/api-keys', member, { body, headers: { 'x-account-id': id } })).body;
    expect((await remove(memberId, member)).status).toBe(204);
    expect((await acting(member, id)).status).toBe(403);
    expect((await app.call('GET', '/acting', { apiKey: key })).status).toBe(401);
  });

  it('keep a key dead when its maker comes back', async () => {
    const { accessToken: back, user } = await register(app, 'comes-back');
    const join = async () => {
      await invite('comes-back', 'member');
      expect((await accept(back, await box.tokenFor('comes-back@example.com'))).status).toBe(200);
    };
    const makeKey = async () =>
      (await call('POST', '/api-keys', back, { body: { name: 'k' }, headers: { 'x-account-id': id } })).body;
    const show = async (apiKey: string) => (await app.call('GET', '/acting', { apiKey })).status;
    await join();
    const [old, own] = [await makeKey(), await call('POST', '/api-keys', back, { body: { name: 'own' } })];
    const renewed = (await call('POST', `/api-keys/${old.id}/rotate`, back, { body: {} })).body;
    expect([await show(old.key), await show(renewed.key)]).toEqual([200, 200]);
    await remove(user.id);
    await join();
    expect([await show(old.key), await show(renewed.key)]).toEqual([401, 401]);
    expect(await show(own.body.key)).toBe(200);
    expect(await show((await makeKey()).key)).toBe(200);
  });

  it('keep no key that was made or rotated while its maker was removed', async () => {
    const { accessToken: quick, user } = await register(app, 'quick');
    const headers = { 'x-account-id': id };
    for (let round = 0; round < 10; round += 1) {
      const as = (role: string) =>
        app.dataSource.query(
          `INSERT INTO commercial.memberships (account_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)`,
          [id, user.id, role, app.clock.now()],
        );
      await as('member');
      const make = () => call('POST', '/api-keys', quick, { body: { name: 'k' }, headers });
      const { id: keyId } = (await make()).body;
      const [, ...answers] = await Promise.all([
        remove(user.id),
        make(),
        call('POST', `/api-keys/${keyId}/rotate`, quick, { body: {} }),
        make(),
      ]);
      await as('member');
      const keys = answers.map(({ body }) => body.key).filter(Boolean);
      const alive = await Promise.all(keys.map((apiKey) => app.call('GET', '/acting', { apiKey })));
      expect(alive.map(({ status }) => status)).toEqual(keys.map(() => 401));
      await remove(user.id);
    }
  }, 30_000);

  describe('invitations', () => {
    const send = (account: string, email: string, role: string, token: string) =>
      call('POST', `/organizations/${account}/invitations`, token, { body: { email, role } });
    beforeEach(() => app.dataSource.query('DELETE FROM commercial.rate_limits'));

    it('are sent by who has shown that their own address is theirs', async () => {
      const { accessToken: token, user } = await register(app, 'unknown');
      const account = await organizationOf([user.id]);
      const refused = await send(account, 'x@example.com', 'member', token);
      expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect(refused.body.detail).toContain('not verified');
      await verifyEmail(app, user.id);
      expect((await send(account, 'x@example.com', 'member', token)).status).toBe(201);
    });

    it(`are at most ${INVITATIONS_PER_MAILBOX} a day to one mailbox, whoever sends them and by whichever of its names`, async () => {
      const inviter = await register(app, 'busy');
      await verifyEmail(app, inviter.user.id);
      const accounts = [await organizationOf([inviter.user.id]), await organizationOf([ownerId])];
      const names = ['bombed@gmail.com', 'bom.bed@gmail.com', 'Bombed+1@gmail.com', 'bombed+2@gmail.com'];
      const answers = await Promise.all(
        [...names, ...names].map((email, index) =>
          send(accounts[index % 2]!, email, 'member', index % 2 ? owner : inviter.accessToken),
        ),
      );
      const refused = answers.filter(({ status }) => status === 429);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(INVITATIONS_PER_MAILBOX);
      expect(refused).toHaveLength(names.length * 2 - INVITATIONS_PER_MAILBOX);
      expect(refused[0]).toMatchObject({ body: { code: 'TOO_MANY_ATTEMPTS' } });
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(3600);
    });

    it(`are at most ${INVITATIONS_PER_ORGANIZATION} an hour of one organization`, async () => {
      const account = await organizationOf([ownerId, memberId]);
      const answers = await Promise.all(
        Array.from({ length: INVITATIONS_PER_ORGANIZATION + 4 }, (_, index) =>
          send(account, `o${index}@example.com`, 'member', index % 2 ? owner : member),
        ),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(INVITATIONS_PER_ORGANIZATION);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
    });

    it(`are at most ${INVITATIONS_PER_INVITER} an hour of one person`, async () => {
      const accounts = await Promise.all([1, 2, 3, 4].map(() => organizationOf([ownerId])));
      const answers = await Promise.all(
        Array.from({ length: INVITATIONS_PER_INVITER + 4 }, (_, index) =>
          send(accounts[index % 4]!, `p${index}@example.com`, 'member', owner),
        ),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(INVITATIONS_PER_INVITER);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
    }, 30_000);

    it('count only where one is sent', async () => {
      const account = await organizationOf([ownerId, memberId]);
      for (let index = 0; index < INVITATIONS_PER_MAILBOX + 1; index += 1) {
        expect((await send(account, 'member@example.com', 'member', owner)).status).toBe(409);
        expect((await send(account, 'spared@example.com', 'member', stranger)).status).toBe(404);
      }
      expect((await send(account, 'spared@example.com', 'member', owner)).status).toBe(201);
    });

    it.each([
      ['Log in at evil.com', false],
      ['第一人民医院', true],
    ])('say in their own words who invites, and %s only where it is a plain name', async (name, shown) => {
      const [account, to] = [await organizationOf([ownerId]), `reader${name.length}@example.com`];
      await app.dataSource.query('UPDATE commercial.accounts SET name = $2 WHERE id = $1', [account, name]);
      for (const locale of ['en', 'zh-CN']) {
        await call('PUT', '/users/me', owner, { body: { locale, displayName: name } });
        await send(account, to, 'member', owner);
        const mail = await box.mailTo(to);
        expect(mail.subject).toBe(locale === 'en' ? 'You are invited to an organization' : '邀请您加入机构');
        expect(mail.text).toContain('owner@example.com');
        expect(mail.text.includes(name)).toBe(shown);
      }
    });

    it('end with the power of who sent them', async () => {
      const { accessToken: friend, user } = await register(app, 'friend');
      const link = async (account: string, role: string, token: string) => {
        await app.dataSource.query('DELETE FROM commercial.rate_limits');
        await send(account, 'friend@example.com', role, token);
        return box.tokenFor('friend@example.com');
      };
      const setRoleIn = (account: string, role: string) =>
        call('PUT', `/organizations/${account}/members/${memberId}`, owner, { body: { role } });
      for (const [role, deed, refused] of [
        [
          'owner',
          (account: string) => call('DELETE', `/organizations/${account}/members/${memberId}`, owner),
          true,
        ],
        ['owner', (account: string) => setRoleIn(account, 'admin'), true],
        ['admin', (account: string) => setRoleIn(account, 'admin'), false],
        ['member', (account: string) => setRoleIn(account, 'member'), true],
        ['member', () => deactivated(memberId, true), true],
      ] as const) {
        const account = await organizationOf([ownerId, memberId]);
        const token = await link(account, role, member);
        await deed(account);
        expect((await accept(friend, token)).status).toBe(refused ? 400 : 200);
        const members = (await call('GET', `/organizations/${account}/members`, owner)).body.items;
        expect(members.some(({ userId }: { userId: string }) => userId === user.id)).toBe(!refused);
      }
      await deactivated(memberId, false);
    });

    it('end with it also where it ends at the same moment', async () => {
      const { accessToken: friend } = await register(app, 'ally');
      const account = await organizationOf([ownerId, memberId]);
      await send(account, 'ally@example.com', 'owner', member);
      const token = await box.tokenFor('ally@example.com');
      // Another owner's removal of the inviter, stopped just before its commit.
      const runner = app.dataSource.createQueryRunner();
      await runner.startTransaction();
      await runner.query('SELECT FROM commercial.accounts WHERE id = $1 FOR NO KEY UPDATE', [account]);
      const where = 'account_id = $1 AND user_id = $2';
      await runner.query(`DELETE FROM commercial.memberships WHERE ${where}`, [account, memberId]);
      const answer = accept(friend, token);
      await until(async () => {
        const waiting = await app.dataSource.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      });
      await runner.commitTransaction();
      await runner.release();
      expect((await answer).status).toBe(400);
    });
  });

  describe('whose owners can’t act', () => {
    let admin: string;
    beforeAll(async () => {
      const body = { email: 'root@example.com', password: PASSWORD };
      await app.app.get(Administrators).ensureAdministrator(body);
      admin = (await app.call('POST', '/auth/login', { body })).body.accessToken;
    });

    const add = (account: string, userId: string, role = 'member') =>
      app.dataSource.query(
        `INSERT INTO commercial.memberships (account_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)`,
        [account, userId, role, app.clock.now()],
      );
    const deactivate = (userId: string) =>
      call('POST', `/admin/users/${userId}/deactivate`, admin, { body: {} });
    const nameOwner = (account: string, userId: string, token = admin) =>
      call('POST', `/admin/organizations/${account}/owners`, token, { body: { userId } });
    const actingOwners = async (account: string) =>
      (
        await app.dataSource.query(
          `SELECT user_id FROM commercial.memberships m JOIN commercial.users u ON u.id = m.user_id
           WHERE account_id = $1 AND m.role = 'owner' AND u.deactivated_at IS NULL`,
          [account],
        )
      ).map(({ user_id }: { user_id: string }) => user_id);
    let people = 0;
    const person = async () => {
      const { user, accessToken: token } = await register(app, `acting${(people += 1)}`);
      return { id: user.id as string, token: token as string };
    };

    it('don’t count as owned by them', async () => {
      const [active, gone] = [await person(), await person()];
      const account = await organizationOf([active.id, gone.id]);
      expect((await deactivate(gone.id)).status).toBe(200);
      const path = `/organizations/${account}/members/${active.id}`;
      expect((await call('DELETE', path, active.token)).body.code).toBe('LAST_OWNER');
      const less = await call('PUT', path, active.token, { body: { role: 'admin' } });
      expect(less.body.code).toBe('LAST_OWNER');
      const away = await call('DELETE', `/organizations/${account}/members/${gone.id}`, active.token);
      expect(away.status).toBe(204);
      expect(await actingOwners(account)).toEqual([active.id]);
    });

    it('can’t come about by a deactivation: somebody is named first', async () => {
      const [boss, heir, other] = [await person(), await person(), await person()];
      const account = await organizationOf([boss.id]);
      await add(account, heir.id);
      expect(await deactivate(boss.id)).toMatchObject({
        status: 409,
        body: { code: 'LAST_OWNER', organizations: [account] },
      });
      expect((await nameOwner(account, other.id)).status).toBe(404);
      expect((await nameOwner(account, heir.id, heir.token)).status).toBe(403);
      expect(await nameOwner(account, heir.id)).toMatchObject({ status: 200, body: { role: 'owner' } });
      expect((await nameOwner(account, heir.id)).status).toBe(200);
      expect((await deactivate(boss.id)).status).toBe(200);
      expect((await nameOwner(account, boss.id)).status).toBe(404);
      expect(await actingOwners(account)).toEqual([heir.id]);
      const { items } = (await call('GET', `/admin/audit?subjectId=${account}`, admin)).body;
      expect(items).toMatchObject([
        { action: 'organization.role_changed', detail: { userId: heir.id, from: 'member', to: 'owner' } },
      ]);
    });

    it('rest with an owner who is alone, and wake with them', async () => {
      const [alone, asleep] = [await person(), await person()];
      const account = await organizationOf([alone.id]);
      await add(account, asleep.id);
      await deactivate(asleep.id);
      expect((await deactivate(alone.id)).status).toBe(200);
      await call('POST', `/admin/users/${alone.id}/reactivate`, admin, { body: {} });
      expect(await actingOwners(account)).toEqual([alone.id]);
    });

    it('can’t come about by two deactivations, or one and a leaving, at once', async () => {
      for (let round = 0; round < 10; round += 1) {
        const [one, two, member] = [await person(), await person(), await person()];
        const account = await organizationOf([one.id, two.id]);
        await add(account, member.id);
        await Promise.all([
          deactivate(one.id),
          round % 2
            ? deactivate(two.id)
            : call('DELETE', `/organizations/${account}/members/${two.id}`, two.token),
        ]);
        expect(await actingOwners(account)).toHaveLength(1);
      }
    }, 60_000);
  });

  async function deactivated(userId: string, is: boolean): Promise<void> {
    const at = is ? app.clock.now() : null;
    await app.dataSource.query('UPDATE commercial.users SET deactivated_at = $2 WHERE id = $1', [userId, at]);
  }
});
