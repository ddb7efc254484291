import { AccountClient, keyCredentials } from './account-client.js';
import { Requester, type CallOptions, type ConnectionOptions } from './http/requester.js';
import { CustomersApi } from './resources/customers.js';
import { PlansApi } from './resources/catalog.js';
import type { PortalSession, PortalSessionInput } from './types.js';

export interface ServerClientOptions extends ConnectionOptions {
  /** `isk_…`, made by an administrator; it never belongs into a browser. */
  serviceKey: string;
}

/** A host's backend, which acts for users of its own. */
export class ServerClient {
  readonly customers: CustomersApi;
  readonly plans: PlansApi;
  /** Any route by its name: `request('GET /payments/{orderId}', { path: { orderId } })`. */
  readonly request: Requester['request'];

  constructor(private readonly requester: Requester) {
    this.customers = new CustomersApi(requester);
    this.plans = new PlansApi(requester);
    requester.findUpgrade = (quota) => this.plans.beyond(quota);
    this.request = requester.request.bind(requester) as Requester['request'];
  }

  /** Everything that can be done for one customer. Makes no request: the customer is made by `customers.put`. */
  forCustomer(externalId: string): AccountClient {
    return new AccountClient(this.requester.with({ 'x-customer-id': externalId }));
  }

  /** A link that works once within 5 minutes and opens the portal for an hour. */
  portalSession(
    input: PortalSessionInput & { customer: string },
    options?: CallOptions,
  ): Promise<PortalSession> {
    return this.requester.request('POST /portal-sessions', { ...options, body: input });
  }
}

export function createServerClient({ serviceKey, ...connection }: ServerClientOptions): ServerClient {
  return new ServerClient(new Requester(connection, keyCredentials(serviceKey)));
}
