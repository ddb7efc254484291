import { Requester, type ConnectionOptions, type Credentials } from './http/requester.js';
import { EntitlementsApi, PlansApi, TopupsApi } from './resources/catalog.js';
import { PaymentsApi } from './resources/payments.js';
import { QuotaApi } from './resources/quota.js';
import { SubscriptionsApi } from './resources/subscriptions.js';
import { UsageApi } from './resources/usage.js';
import type { CallOptions } from './http/requester.js';
import type { PortalSession, PortalSessionInput } from './types.js';

/** Everything that can be done for one account. */
export class AccountClient {
  readonly plans: PlansApi;
  readonly quota: QuotaApi;
  readonly usage: UsageApi;
  readonly entitlements: EntitlementsApi;
  readonly subscriptions: SubscriptionsApi;
  readonly payments: PaymentsApi;
  readonly topups: TopupsApi;
  /** Any route by its name: `request('GET /payments/{orderId}', { path: { orderId } })`. */
  readonly request: Requester['request'];

  constructor(protected readonly requester: Requester) {
    this.plans = new PlansApi(requester);
    requester.findUpgrade ??= (quota) => this.plans.beyond(quota);
    this.quota = new QuotaApi(requester);
    this.usage = new UsageApi(requester);
    this.entitlements = new EntitlementsApi(requester);
    this.subscriptions = new SubscriptionsApi(requester);
    this.payments = new PaymentsApi(requester);
    this.topups = new TopupsApi(requester);
    this.request = requester.request.bind(requester) as Requester['request'];
  }

  /** A link that works once within 5 minutes and opens the portal for an hour. */
  portalSession(input: PortalSessionInput = {}, options?: CallOptions): Promise<PortalSession> {
    return this.requester.request('POST /portal-sessions', { ...options, body: input });
  }
}

export interface AccountClientOptions extends ConnectionOptions {
  /** A user's API key, which acts for one account. */
  apiKey: string;
}

/** A client for a program of a customer's own. */
export function createAccountClient({ apiKey, ...connection }: AccountClientOptions): AccountClient {
  return new AccountClient(new Requester(connection, keyCredentials(apiKey)));
}

export function keyCredentials(key: string): Credentials {
  return { headers: () => ({ 'x-api-key': key }) };
}
