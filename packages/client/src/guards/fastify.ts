import type { ServerClient } from '../server-client.js';
import { admit, currentDebit } from './admit.js';
import type { RequireQuotaOptions } from './options.js';

export { currentDebit } from './admit.js';
export type { GuardDebit } from './debit.js';
export type { Identity, RequireQuotaOptions } from './options.js';

/** What is needed of Fastify's reply. */
export interface FastifyReplyLike {
  readonly statusCode: number;
  readonly raw: { readonly destroyed: boolean };
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
  send(payload?: unknown): unknown;
  hijack(): unknown;
}

export interface QuotaHooks<Request> {
  preHandler: (request: Request, reply: FastifyReplyLike) => Promise<unknown>;
  onSend: (request: Request, reply: FastifyReplyLike, payload: unknown) => Promise<unknown>;
}

/**
 * The hooks of a route, to be spread into its options: `fastify.post('/x', { ...requireQuota(…) }, handler)`. Debits quota
 * before the handler runs and gives it back if the answer is 400 or more; answers as the guard for Express does. Without
 * effect on a reply that the handler hijacks.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- a host that writes `(request) => …` names no type.
export function requireQuota<Request extends object = any>(
  client: ServerClient,
  resourceType: string,
  options: RequireQuotaOptions<Request>,
): QuotaHooks<Request> {
  return {
    preHandler: async (request, reply) => {
      const { debit, refusal } = await admit(client, resourceType, options, request, request);
      if (refusal) {
        reply.code(refusal.status);
        reply.headers(refusal.headers);
        return reply.send(refusal.body);
      }
      if (!debit || !reply.raw.destroyed) return undefined;
      // Nobody is left to do the work for.
      await debit.settle(499);
      return reply.hijack();
    },
    onSend: async (request, reply, payload) => {
      const debit = currentDebit(request);
      if (!debit) return payload;
      reply.headers(debit.headers(reply.statusCode));
      await debit.settle(reply.statusCode);
      return payload;
    },
  };
}
