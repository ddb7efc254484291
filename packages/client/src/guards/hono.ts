import type { ServerClient } from '../server-client.js';
import { admit } from './admit.js';
import type { RequireQuotaOptions } from './options.js';

export { currentDebit } from './admit.js';
export type { GuardDebit } from './debit.js';
export type { Identity, RequireQuotaOptions } from './options.js';

/** What is needed of Hono's context. */
export interface HonoContextLike {
  readonly req: { readonly raw: Request };
  readonly res: Response;
  header(name: string, value: string): void;
}

/**
 * Middleware: `app.post('/x', requireQuota(…), handler)`. Debits quota before the handler runs and gives it back if the
 * answer is 400 or more; answers as the guard for Express does.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- a host that writes `(c) => …` names no type.
export function requireQuota<Context extends HonoContextLike = any>(
  client: ServerClient,
  resourceType: string,
  options: RequireQuotaOptions<Context>,
): (context: Context, next: () => Promise<void>) => Promise<Response | undefined> {
  return async (context, next) => {
    const { debit, refusal } = await admit(client, resourceType, options, context, context.req.raw);
    if (refusal) return new Response(refusal.body, { status: refusal.status, headers: refusal.headers });
    // A handler that throws has been answered by the app's error handler when this comes back.
    await next();
    if (!debit) return undefined;
    const { status } = context.res;
    await debit.settle(status);
    for (const [name, value] of Object.entries(debit.headers(status))) context.header(name, value);
    return undefined;
  };
}
