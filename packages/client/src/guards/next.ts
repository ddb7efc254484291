import type { ServerClient } from '../server-client.js';
import { behindQuota } from './fetch.js';
import type { RequireQuotaOptions } from './options.js';

export { currentDebit } from './admit.js';
export type { GuardDebit } from './debit.js';
export type { Identity, RequireQuotaOptions } from './options.js';

/**
 * A route handler of the App Router, or any other function of a Request that answers with a Response (Bun, Deno, edge):
 * `export const POST = withQuota(client, 'dicom_processing', { identify }, async (request, context) => …)`.
 * Debits quota before the handler runs and gives it back if it throws or answers 400 or more.
 */
export function withQuota<Incoming extends Request, Rest extends unknown[]>(
  client: ServerClient,
  resourceType: string,
  options: RequireQuotaOptions<Incoming>,
  handler: (request: Incoming, ...rest: Rest) => Response | Promise<Response>,
): (request: Incoming, ...rest: Rest) => Promise<Response> {
  return (request, ...rest) =>
    behindQuota(client, resourceType, options, request, request, async () => handler(request, ...rest));
}
