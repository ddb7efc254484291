import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { BillingListeners, type BillingListener } from '../../billing/billing-listeners.js';
import { isInForce, SubscriptionLifecycle } from '../../billing/subscriptions/subscription-lifecycle.js';
import type { Subscription } from '../../billing/subscriptions/subscription.entity.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Clock } from '../../time/clock.js';
import { makePeriodBalances } from './period-balances.js';

/** Keeps balances in step with subscriptions, inside billing's own transactions and on first touch of a new period. */
@Injectable()
export class SubscriptionBalances implements BillingListener, OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly listeners: BillingListeners,
    private readonly lifecycle: SubscriptionLifecycle,
  ) {}

  onModuleInit(): void {
    this.listeners.add(this);
  }

  onSubscriptionActivated(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    return makePeriodBalances(manager, subscription, at);
  }

  /** What is left unused can't be used any more; what was used stays on record. */
  async onSubscriptionEnded(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    await manager.query(
      `UPDATE commercial.quota_balances SET valid_until = greatest(valid_from, $2)
       WHERE subscription_id = $1 AND valid_until > $2`,
      [subscription.id, at],
    );
  }

  /**
   * Makes the present period's balances of an account where they aren't there yet.
   * @returns whether the account has a subscription in force.
   */
  async touch(accountId: string): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      const now = this.clock.now();
      // The account's lock keeps a subscription from ending between this look and the new balance.
      await this.lifecycle.lockAccount(manager, accountId);
      const live = await this.lifecycle.live(manager, accountId);
      if (!live || !isInForce(live, now)) return false;
      await makePeriodBalances(manager, live, now);
      return true;
    });
  }
}
