import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AuthenticatedUser } from '../identity/caller/authenticated-user.js';
import { ACCESS_RULE } from './access-rule.js';
import { Access } from './access.decorator.js';
import { AccessGuard } from './access.guard.js';
import { WriteLimits } from '../identity/limits/write-limits.js';
import type { AuthOptions } from '../options/auth.options.js';
import type { Authenticator } from './authenticator.js';

class Handlers {
  @Access('public') open() {}
  @Access('user', { scope: 'billing:read' }) read() {}
  @Access('user', { apiKey: false }) noKeys() {}
  @Access('admin') admin() {}
  @Access('admin', { apiKey: false }) adminNoKeys() {}
  unruled() {}
}

const byToken: AuthenticatedUser = {
  id: 'u',
  accountId: 'a',
  accountRole: null,
  role: 'user',
  via: 'token',
  sessionId: 's',
  apiKeyId: null,
  scopes: null,
};
const admin: AuthenticatedUser = { ...byToken, role: 'admin' };
const byKey = (...scopes: NonNullable<AuthenticatedUser['scopes']>): AuthenticatedUser => ({
  ...byToken,
  via: 'apiKey',
  sessionId: null,
  apiKeyId: 'k',
  scopes,
});

function admits(handler: keyof Handlers, user: AuthenticatedUser | null): Promise<boolean> {
  const authenticator = { callerOf: () => user } as unknown as Authenticator;
  const context = {
    getHandler: () => Handlers.prototype[handler],
    switchToHttp: () => ({ getRequest: () => ({ method: 'GET' }) }),
  } as unknown as ExecutionContext;
  const writes = new WriteLimits({} as AuthOptions);
  return new AccessGuard(authenticator, new Reflector(), writes).canActivate(context);
}

describe('AccessGuard', () => {
  it.each<[keyof Handlers, string, AuthenticatedUser | null]>([
    ['open', 'nobody', null],
    ['read', 'a user', byToken],
    ['read', 'a key with the scope', byKey('quota:read', 'billing:read')],
    ['noKeys', 'a user', byToken],
    ['admin', 'an administrator', admin],
    ['admin', "an administrator's key", { ...byKey('admin'), role: 'admin' }],
    ['adminNoKeys', 'an administrator', admin],
  ])('%s admits %s', async (handler, _, user) => {
    await expect(admits(handler, user)).resolves.toBe(true);
  });

  it.each<[keyof Handlers, string, AuthenticatedUser | null, string]>([
    ['read', 'nobody', null, 'UNAUTHENTICATED'],
    ['read', 'a key without the scope', byKey('billing:write'), 'FORBIDDEN'],
    ['read', 'a key without scopes', byKey(), 'FORBIDDEN'],
    ['noKeys', 'a key', byKey('profile:write'), 'FORBIDDEN'],
    ['admin', 'nobody', null, 'UNAUTHENTICATED'],
    ['admin', 'a user', byToken, 'FORBIDDEN'],
    ['admin', "a user's key with the scope", byKey('admin'), 'FORBIDDEN'],
    [
      'admin',
      "an administrator's key without the scope",
      { ...byKey('billing:read'), role: 'admin' },
      'FORBIDDEN',
    ],
    ['adminNoKeys', "an administrator's key", { ...byKey('admin'), role: 'admin' }, 'FORBIDDEN'],
  ])('%s refuses %s', async (handler, _, user, code) => {
    await expect(admits(handler, user)).rejects.toMatchObject({ code });
  });

  it('admits nobody where no rule is written', async () => {
    expect(new Reflector().get(ACCESS_RULE, Handlers.prototype.unruled)).toBeUndefined();
    await expect(admits('unruled', admin)).rejects.toThrow(/@Access/);
  });
});
