import type { AuthenticatedUser } from './authenticated-user.js';

/** Where a request carries a host's user. `request.user` is the host's own there, and stays so. */
const HOST_CALLER = Symbol('caller by the host’s sign-in');

interface Carrier {
  user?: unknown;
  [HOST_CALLER]?: AuthenticatedUser;
}

export function rememberHostCaller(request: object, user: AuthenticatedUser): void {
  (request as Carrier)[HOST_CALLER] = user;
}

/** Who was found to be calling; undefined where no guard has asked, or nobody is. */
export function callerOnRequest(request: object): AuthenticatedUser | undefined {
  const { [HOST_CALLER]: hosts, user } = request as Carrier;
  return hosts ?? (user as AuthenticatedUser | undefined);
}
