import type { ServerResponse } from 'node:http';
import onHeaders from 'on-headers';
import type { QuotaState } from '../quota-state.js';

/** Puts X-Quota-* on the answer. They are written at the last moment, when it is known whether the cost comes back. */
export function announceQuota(response: ServerResponse, quota: QuotaState, cost: number): void {
  onHeaders(response, () => {
    const remaining = response.statusCode >= 400 ? quota.remaining + cost : quota.remaining;
    response.setHeader('X-Quota-Limit', String(quota.limit));
    response.setHeader('X-Quota-Remaining', String(remaining));
    response.setHeader('X-Quota-Reset', quota.resetsAt.toISOString());
  });
}
