import { randomUUID } from 'node:crypto';
import { Controller, Get, Post } from '@nestjs/common';
import { Access } from '../../src/auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../src/auth/identity/caller/current-user.decorator.js';
import { register, startAuthApp, type AuthApp, type Call } from '../support/auth-app.js';
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
});
