import { Listing } from '../http/listing.js';
import { newIdempotencyKey } from '../http/idempotency-key.js';
import type { CallOptions, Requester } from '../http/requester.js';
import type { Usage, UsageQuery, UsageRelease, UsageSummary, UsageSummaryQuery } from '../types.js';

/** What was used. */
export class UsageApi {
  constructor(private readonly requester: Requester) {}

  list(query: UsageQuery = {}, options?: CallOptions): Listing<Usage> {
    return new Listing((cursor) =>
      this.requester.request('GET /usage', { ...options, query: cursor ? { ...query, cursor } : query }),
    );
  }

  summary(query: UsageSummaryQuery, options?: CallOptions): Promise<UsageSummary> {
    return this.requester.request('GET /usage/summary', { ...options, query });
  }

  /**
   * Gives back what a consume of the last 24 hours took; by service keys and administrators only.
   *
   * @throws ConflictError (`USAGE_NOT_RELEASABLE`)
   */
  release(usageId: string, options?: CallOptions): Promise<UsageRelease> {
    return this.requester.request('POST /usage/{usageId}/release', {
      idempotencyKey: newIdempotencyKey(),
      ...options,
      path: { usageId },
      repeatable: true,
    });
  }
}
