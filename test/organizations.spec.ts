import { Controller, Get, Post } from '@nestjs/common';
import { Access } from '../src/auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../src/auth/authenticated-user.js';
import { CurrentUser } from '../src/auth/current-user.decorator.js';
import { register, startAuthApp, type AuthApp, type Call } from './support/auth-app.js';
import { mailbox } from './support/mailbox.js';

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
      ['owner@example.com', 'owner'],
      ['member@example.com', 'member'],
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
    const ruler = body.items[0].role === 'owner' ? owner : member;
    await setRole(ownerId, 'owner', ruler);
    await setRole(memberId, 'member');
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
