import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { QuotaState } from '../../balances/quota-state.js';

interface Announcement {
  quota: QuotaState;
  cost: number;
  writeHead: (this: ServerResponse, ...args: unknown[]) => ServerResponse;
}

const ANNOUNCEMENT = Symbol('quota announcement');

interface Announcing {
  [ANNOUNCEMENT]?: Announcement;
}

/**
 * Puts X-Quota-* on the answer. They are written at the last moment, when it is known whether the cost comes back.
 *
 * With the head and not by `setHeader` wherever that is possible: a response that has had a header set takes Node's
 * slow way for all of them, which costs more than everything else that a debit adds to an answer.
 */
export function announceQuota(response: ServerResponse, quota: QuotaState, cost: number): void {
  const announcing = response as Announcing;
  const before = announcing[ANNOUNCEMENT];
  const writeHead = before?.writeHead ?? (response.writeHead as Announcement['writeHead']);
  announcing[ANNOUNCEMENT] = { quota, cost, writeHead };
  if (!before) response.writeHead = writeHeadWithQuota;
}

/** One function for all responses, which find their announcement on themselves. */
function writeHeadWithQuota(this: ServerResponse, status: number, ...rest: unknown[]): ServerResponse {
  const announcement = (this as Announcing)[ANNOUNCEMENT]!;
  const headers = quotaHeaders(announcement, status);
  const last = rest.at(-1);
  // A copy: the object may be one that its owner uses for every answer.
  if (isHeaders(last)) rest[rest.length - 1] = { ...last, ...headers };
  else for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
  return Reflect.apply(announcement.writeHead, this, [status, ...rest]);
}

function quotaHeaders({ quota, cost }: Announcement, status: number): Record<string, string> {
  const remaining = status >= 400 ? quota.remaining + cost : quota.remaining;
  return {
    'X-Quota-Limit': String(quota.limit),
    'X-Quota-Remaining': String(remaining),
    'X-Quota-Reset': quota.resetsAt.toISOString(),
  };
}

function isHeaders(value: unknown): value is OutgoingHttpHeaders {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
