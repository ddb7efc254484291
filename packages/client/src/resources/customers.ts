import { Listing } from '../http/listing.js';
import type { CallOptions, Requester } from '../http/requester.js';
import type { Customer, CustomerDetails, CustomerInput } from '../types.js';
import type { PageSize } from './payments.js';

/** A host's own users, by the ids that it knows them by: 1 to 128 of `A-Z a-z 0-9 . _ : @ -`. */
export class CustomersApi {
  constructor(private readonly requester: Requester) {}

  /** Makes or updates one, with its account and the free plan. */
  put(externalId: string, input: CustomerInput = {}, options?: CallOptions): Promise<Customer> {
    const request = { ...options, path: { externalId }, body: input };
    return this.requester.request('PUT /customers/{externalId}', request);
  }

  /** With subscription, quotas and entitlements. @throws NotFoundError */
  get(externalId: string, options?: CallOptions): Promise<CustomerDetails> {
    return this.requester.request('GET /customers/{externalId}', { ...options, path: { externalId } });
  }

  list(query: PageSize & { email?: string } = {}, options?: CallOptions): Listing<Customer> {
    return new Listing((cursor) =>
      this.requester.request('GET /customers', {
        ...options,
        query: { ...query, ...(cursor && { cursor }) },
      }),
    );
  }

  /** Erases personal data; what the law has kept stays without a name. */
  async delete(externalId: string, options?: CallOptions): Promise<void> {
    await this.requester.request('DELETE /customers/{externalId}', { ...options, path: { externalId } });
  }
}
