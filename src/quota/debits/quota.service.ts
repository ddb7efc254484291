import { Inject, Injectable } from '@nestjs/common';
import { EntityManager, type DataSource } from 'typeorm';
import type { QuotaCap } from '../../auth/identity/caller/quota-cap.js';
import { SubscriptionsService } from '../../billing/ledger/subscriptions/subscriptions.service.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { Problem } from '../../problems/problem.js';
import { Clock } from '../../time/clock.js';
import { AccountRefresh } from '../engine/account-refresh.js';
import { liveStates, type LiveState } from '../balances/live-states.js';
import { KeyCaps } from './key-caps.js';
import { overridesOf } from '../balances/overridden-features.js';
import { QuotaEngine } from '../engine/quota-engine.js';
import { QuotaDebits, requireCost, requireUuid, type ConsumeRequest } from './quota-debits.js';
import type { QuotaState } from '../balances/quota-state.js';

export interface Consumption {
  usageId: string;
  quota: QuotaState;
}

/** What may be used, and using it. Every debit is exact under concurrency, over any number of processes. */
@Injectable()
export class QuotaService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly debits: QuotaDebits,
    private readonly engine: QuotaEngine,
    private readonly caps: KeyCaps,
    private readonly account: AccountRefresh,
    private readonly subscriptions: SubscriptionsService,
  ) {}

  /**
   * Debits and records, together or not at all. Calls that come at once share a commit.
   *
   * @throws Problem SUBSCRIPTION_REQUIRED, QUOTA_EXCEEDED (with `quota`), KEY_QUOTA_EXCEEDED, VALIDATION_FAILED; OVERLOADED where too many
   *   wait; SERVICE_UNAVAILABLE where the database went away and nobody knows whether it debited: ask again with the
   *   same usage id
   */
  consume(request: ConsumeRequest): Promise<Consumption>;
  /**
   * The same in the host's own transaction, which it neither commits nor, where it refuses, spoils: rolled back, the
   * quota is back. Until then it keeps the account's other debits waiting, so make it the last thing that is done.
   */
  consume(manager: EntityManager, request: ConsumeRequest): Promise<Consumption>;
  consume(first: EntityManager | ConsumeRequest, second?: ConsumeRequest): Promise<Consumption> {
    const joined = first instanceof EntityManager ? first : undefined;
    return this.debits.debit(second ?? (first as ConsumeRequest), null, joined);
  }

  /** Gives a consumption back. @returns whether this call did it; a second one changes nothing. */
  async giveBack(accountId: string, usageId: string, joined?: EntityManager): Promise<boolean> {
    requireUuid('accountId', accountId);
    requireUuid('usageId', usageId);
    const settlement = { accountId, usageId, from: 'consumed', cost: 0 } as const;
    return (await this.engine.settle(settlement, joined)) === 'done';
  }

  /** Whether `cost` would fit now, without taking it. @throws Problem SUBSCRIPTION_REQUIRED */
  async check(
    accountId: string,
    resourceType: string,
    cost: number,
    quotaCap?: QuotaCap,
  ): Promise<{ allowed: boolean; quota: QuotaState }> {
    const quotaType = this.quotaTypeOf(resourceType);
    requireCost(cost);
    const states = await this.liveStates(accountId);
    const quota = states.find((state) => state.quotaType === quotaType);
    if (!quota) throw new Problem('SUBSCRIPTION_REQUIRED');
    const left = quotaCap ? await this.caps.left(quotaCap) : cost;
    return { allowed: cost <= Math.min(quota.fits, left), quota };
  }

  /** Every quota type that the account has at present. */
  states(accountId: string): Promise<QuotaState[]> {
    return this.liveStates(accountId);
  }

  /**
   * What the plan in force promises beside quota, and administrators instead of it: `priority` for a queue,
   * `custom_support` and whatever else the host put there. Empty without a subscription.
   */
  async features(accountId: string): Promise<Readonly<Record<string, unknown>>> {
    const [subscription, overrides] = await Promise.all([
      this.subscriptions.inForce(accountId),
      overridesOf(this.dataSource.manager, accountId, this.clock.now()),
    ]);
    return { ...subscription?.plan.features, ...overrides };
  }

  /** @throws Problem VALIDATION_FAILED where the application knows no such resource type. */
  quotaTypeOf(resourceType: string): string {
    return this.debits.quotaTypeOf(resourceType);
  }

  private async liveStates(accountId: string): Promise<LiveState[]> {
    await this.account.refresh(accountId);
    return liveStates(this.dataSource.manager, accountId, this.clock.now());
  }
}
