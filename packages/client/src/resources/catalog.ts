import type { CallOptions, Requester } from '../http/requester.js';
import type { Entitlement, Plan, Quota, TopupInput, TopupPack, TopupPurchase } from '../types.js';

const REMEMBERED_MS = 600_000;

/** What is sold. */
export class PlansApi {
  private remembered: { until: number; plans: Promise<Plan[]> } | null = null;

  constructor(private readonly requester: Requester) {}

  async list(options?: CallOptions): Promise<Plan[]> {
    return (await this.requester.request('GET /plans', options)).items;
  }

  /**
   * The cheapest plan on sale that grants more of a quota than there is. The plans are remembered for ten minutes.
   *
   * @returns null where none does, and where the service can't be asked
   */
  async beyond({ quotaType, limit }: Pick<Quota, 'quotaType' | 'limit'>): Promise<Plan | null> {
    const plans = await this.known().catch(() => []);
    const larger = plans.filter(({ quotas }) =>
      quotas.some((quota) => quota.quotaType === quotaType && quota.quotaLimit > limit),
    );
    return larger.sort((a, b) => monthlyPrice(a) - monthlyPrice(b))[0] ?? null;
  }

  private known(): Promise<Plan[]> {
    if (this.remembered && this.remembered.until > Date.now()) return this.remembered.plans;
    const plans = this.list();
    this.remembered = { until: Date.now() + REMEMBERED_MS, plans };
    plans.catch(() => (this.remembered = null));
    return plans;
  }
}

/** For comparing only: money is never reckoned with fractions. */
function monthlyPrice({ price, billingCycle }: Plan): number {
  return billingCycle === 'yearly' ? Number(price) / 12 : Number(price);
}

/** Quota that is sold beside a plan. */
export class TopupsApi {
  constructor(private readonly requester: Requester) {}

  async list(options?: CallOptions): Promise<TopupPack[]> {
    return (await this.requester.request('GET /topups', options)).items;
  }

  buy(input: TopupInput, options?: CallOptions): Promise<TopupPurchase> {
    return this.requester.request('POST /topups', { ...options, body: input });
  }
}

/** What the plan in force promises, by name. */
export class EntitlementsApi {
  constructor(private readonly requester: Requester) {}

  async list(options?: CallOptions): Promise<Entitlement[]> {
    return (await this.requester.request('GET /entitlements', options)).items;
  }

  /** @throws NotFoundError for a feature that no plan names */
  get(feature: string, options?: CallOptions): Promise<Entitlement> {
    return this.requester.request('GET /entitlements/{feature}', { ...options, path: { feature } });
  }
}
