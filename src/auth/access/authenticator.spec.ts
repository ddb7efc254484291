import type { ExecutionContext } from '@nestjs/common';
import type { ApiKeyStrategy } from '../credentials/api-keys/api-key.strategy.js';
import type { AuthenticatedUser } from '../identity/caller/authenticated-user.js';
import type { Memberships } from '../credentials/memberships/memberships.service.js';
import type { JwtStrategy } from '../credentials/tokens/jwt.strategy.js';
import type { HostUsers } from './host-users.js';
import type { ServiceAccess } from './service-access.js';
import { Authenticator } from './authenticator.js';

type Recognised = ReturnType<JwtStrategy['recognise']>;

const OWN_USERS = { areHosts: false } as HostUsers;

const anna = { id: 'anna', accountId: 'annas' } as AuthenticatedUser;

function authenticator(recognised: Recognised) {
  const recognise = jest.fn(() => recognised);
  const strategy = { name: 'any' } as unknown as ApiKeyStrategy;
  const jwt = { name: 'any', recognise } as unknown as JwtStrategy;
  return {
    recognise,
    authenticator: new Authenticator(jwt, strategy, {} as Memberships, {} as ServiceAccess, OWN_USERS),
  };
}

function request(): ExecutionContext {
  const one = { headers: { authorization: 'Bearer token' } };
  return { switchToHttp: () => ({ getRequest: () => one, getResponse: () => ({}) }) } as never;
}

describe('Authenticator', () => {
  it('knows at once who comes again, and asks once for each request', () => {
    const { authenticator: ours, recognise } = authenticator(anna);
    const context = request();
    expect([ours.callerOf(context), ours.callerOf(context)]).toEqual([anna, anna]);
    expect(recognise).toHaveBeenCalledTimes(1);
  });

  it('refuses whose token is good no longer, whether it knows at once or not', async () => {
    const refused = { code: 'UNAUTHENTICATED' };
    await expect(authenticator(false).authenticator.authenticate(request())).rejects.toMatchObject(refused);
    const later = authenticator(Promise.resolve(false));
    await expect(later.authenticator.authenticate(request())).rejects.toMatchObject(refused);
  });

  it('believes no other application about a request that passes both', async () => {
    const context = request();
    await authenticator(anna).authenticator.authenticate(context);
    const { authenticator: other } = authenticator(false);
    await expect(other.authenticate(context)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
