import type { ServerClient } from '../server-client.js';
import { admit, type Refusal } from './admit.js';
import type { GuardDebit } from './debit.js';
import type { RequireQuotaOptions } from './options.js';

export { currentDebit } from './admit.js';
export type { GuardDebit } from './debit.js';
export type { Identity, RequireQuotaOptions } from './options.js';

/** What Express's response, Connect's and Node's own have in common. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  readonly destroyed: boolean;
  setHeader(name: string, value: string): unknown;
  // oxlint-disable-next-line typescript/no-explicit-any -- Node's overloads differ between its versions.
  end: (...args: any[]) => any;
}

export type Middleware<Request> = (
  request: Request,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => Promise<void>;

/**
 * Debits quota before the handler runs and gives it back if the answer is 400 or more. Answers 401 without a user, 402
 * without enough quota, 503 while the service can't be reached, and carries `X-Quota-Limit`, `X-Quota-Remaining` and
 * `X-Quota-Reset`. For Express 4 and 5, Connect, and whatever else has `(req, res, next)`.
 *
 * Somebody who hangs up on a running handler doesn't get it for free: the handler's own answer counts.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- a host that writes `(req) => …` names no type.
export function requireQuota<Request extends object = any>(
  client: ServerClient,
  resourceType: string,
  options: RequireQuotaOptions<Request>,
): Middleware<Request> {
  return async (request, response, next) => {
    try {
      const { debit, refusal } = await admit(client, resourceType, options, request, request);
      if (refusal) return answer(response, refusal);
      // Nobody is left to do the work for.
      if (debit && response.destroyed) return void (await debit.settle(499));
      if (debit) settleWithAnswer(response, debit);
    } catch (error) {
      return next(error);
    }
    next();
  };
}

function answer(response: NodeResponse, { status, headers, body }: Refusal): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

/** The end of the answer waits for the quota: who reads a refusal and looks, finds it back. */
function settleWithAnswer(response: NodeResponse, debit: GuardDebit): void {
  const { end } = response;
  announce(response, debit);
  response.end = (...args: unknown[]) => {
    response.end = end;
    if (!response.headersSent) announce(response, debit);
    const settled = debit.settle(response.statusCode);
    if (!settled) return Reflect.apply(end, response, args) as unknown;
    void settled.then(() => Reflect.apply(end, response, args) as unknown);
    return response;
  };
}

function announce(response: NodeResponse, debit: GuardDebit): void {
  for (const [name, value] of Object.entries(debit.headers(response.statusCode))) {
    response.setHeader(name, value);
  }
}
