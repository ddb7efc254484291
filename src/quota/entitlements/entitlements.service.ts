import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  isInForce,
  SubscriptionLifecycle,
} from '../../billing/ledger/subscriptions/subscription-lifecycle.js';
import { DEFAULT_FEATURES, type FeatureTypes } from '../../billing/options/plan-features.js';
import { Problem } from '../../problems/problem.js';
import { Clock } from '../../time/clock.js';
import { liveStates } from '../balances/live-states.js';
import { overridesOf } from '../balances/overridden-features.js';
import { QUOTA_OPTIONS, type QuotaOptions } from '../balances/quota-options.js';
import { QuotaService } from '../debits/quota.service.js';
import { entitlementsOf, type Entitlement } from './entitlement.js';

/** What an account's plan promises, and what administrators have promised it besides, by name. */
@Injectable()
export class Entitlements {
  readonly features: FeatureTypes;
  private readonly quotaTypes: readonly string[];

  constructor(
    @Inject(QUOTA_OPTIONS) options: QuotaOptions,
    private readonly clock: Clock,
    private readonly quota: QuotaService,
    private readonly lifecycle: SubscriptionLifecycle,
  ) {
    this.features = options.features ?? DEFAULT_FEATURES;
    this.quotaTypes = [...new Set(Object.values(options.resources))];
  }

  /** Every feature that plans can promise, in alphabetical order, as it is for that account now. */
  async of(accountId: string): Promise<Entitlement[]> {
    const [features, states] = await Promise.all([
      this.quota.features(accountId),
      this.quota.states(accountId),
    ]);
    return entitlementsOf(this.features, this.quotaTypes, features, states);
  }

  /** @throws Problem NOT_FOUND for a feature that no plan can promise */
  async one(accountId: string, feature: string): Promise<Entitlement> {
    if (this.quotaTypes.includes(feature)) {
      const states = await this.quota.states(accountId);
      return entitlementsOf({}, [feature], {}, states)[0]!;
    }
    if (!Object.hasOwn(this.features, feature))
      throw new Problem('NOT_FOUND', { params: { what: 'feature' } });
    const features = await this.quota.features(accountId);
    return entitlementsOf({ [feature]: this.features[feature]! }, [], features, [])[0]!;
  }

  /** Whether there is such a feature, granted or not. */
  knows(feature: string): boolean {
    return Object.hasOwn(this.features, feature) || this.quotaTypes.includes(feature);
  }

  /** As {@link of}, by what the transaction has made so. */
  async within(
    manager: EntityManager,
    accountId: string,
    at: Date = this.clock.now(),
  ): Promise<Entitlement[]> {
    const live = await this.lifecycle.live(manager, accountId);
    const promised = live && isInForce(live, at) ? live.plan.features : {};
    const features = { ...promised, ...(await overridesOf(manager, accountId, at)) };
    const states = await liveStates(manager, accountId, at);
    return entitlementsOf(this.features, this.quotaTypes, features, states);
  }
}
