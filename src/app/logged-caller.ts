import type { IncomingMessage } from 'node:http';
import type { AuthenticatedUser } from '../auth/identity/caller/authenticated-user.js';
import { serviceOf } from '../auth/identity/caller/current-service.decorator.js';

/** Who sent a request, by ids only, as the request's line in the log names them. */
interface LoggedCaller {
  userId?: string;
  accountId?: string;
  sessionId?: string;
  apiKeyId?: string;
  serviceKeyId?: string;
}

/** Node's request, which the log knows, and Fastify's, at which the guards leave the caller. */
const served = new WeakMap<IncomingMessage, object>();

/** Call it when a request begins. */
export function rememberForLog(raw: IncomingMessage, request: object): void {
  served.set(raw, request);
}

/** @returns undefined where nobody was recognised; also whoever was recognised and refused is named. */
export function loggedCaller(raw: IncomingMessage): LoggedCaller | undefined {
  const request = served.get(raw) as { user?: AuthenticatedUser } | undefined;
  if (!request) return undefined;
  if (request.user) return idsOf(request.user);
  const service = serviceOf(request);
  return service && { serviceKeyId: service.serviceKeyId };
}

function idsOf({ id, accountId, sessionId, apiKeyId, serviceKeyId }: AuthenticatedUser): LoggedCaller {
  return {
    userId: id,
    accountId,
    ...(sessionId === null ? {} : { sessionId }),
    ...(apiKeyId === null ? {} : { apiKeyId }),
    ...(serviceKeyId === undefined ? {} : { serviceKeyId }),
  };
}
