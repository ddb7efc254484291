import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { SubscriptionPlan } from '../../billing/catalog/plans/subscription-plan.entity.js';
import { BillingListeners, type BillingListener } from '../../billing/ledger/listeners/billing-listeners.js';
import type { Subscription } from '../../billing/ledger/records/subscription.entity.js';
import { EntitlementListeners } from '../../quota/entitlements/entitlement-listeners.js';
import { Entitlements } from '../../quota/entitlements/entitlements.service.js';
import { EventOutbox } from './event-outbox.js';

/**
 * Turns what changes an account's entitlements into `entitlements.changed`: another plan, none any more, an override.
 * A plan that promises the same as the one before changes nothing.
 */
@Injectable()
export class EntitlementRecorder implements BillingListener, OnModuleInit {
  constructor(
    private readonly outbox: EventOutbox,
    private readonly billing: BillingListeners,
    private readonly overrides: EntitlementListeners,
    private readonly entitlements: Entitlements,
  ) {}

  onModuleInit(): void {
    this.billing.add(this);
    this.overrides.add((manager, accountId, at) => this.record(manager, accountId, at));
  }

  onSubscriptionActivated(manager: EntityManager, { accountId }: Subscription, at: Date): Promise<void> {
    return this.record(manager, accountId, at);
  }

  async onSubscriptionChanged(
    manager: EntityManager,
    { accountId, plan }: Subscription,
    formerPlan: SubscriptionPlan,
    at: Date,
  ): Promise<void> {
    if (!isDeepStrictEqual(promiseOf(plan), promiseOf(formerPlan))) await this.record(manager, accountId, at);
  }

  /** Being replaced is told by what replaces it. */
  async onSubscriptionEnded(
    manager: EntityManager,
    { accountId, status }: Subscription,
    at: Date,
  ): Promise<void> {
    if (status === 'refunded' || status === 'expired') await this.record(manager, accountId, at);
  }

  private async record(manager: EntityManager, accountId: string, at: Date): Promise<void> {
    const entitlements = await this.entitlements.within(manager, accountId, at);
    await this.outbox.record(manager, {
      type: 'entitlements.changed',
      accountId,
      subscriptionId: null,
      subjectId: accountId,
      data: {
        entitlements: entitlements.map(({ feature, type, granted, value }) => ({
          feature,
          type,
          granted,
          value,
        })),
      },
      at,
    });
  }
}

function promiseOf({ features, quotas }: SubscriptionPlan): object {
  const limits = quotas?.map(({ quotaType, quotaLimit }) => [quotaType, quotaLimit] as const) ?? [];
  return { features, limits: Object.fromEntries(limits) };
}
