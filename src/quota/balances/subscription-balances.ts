import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import {
  BillingListeners,
  type BillingListener,
  type QuotaLeft,
} from '../../billing/ledger/listeners/billing-listeners.js';
import { SubscriptionLifecycle } from '../../billing/ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from '../../billing/ledger/subscriptions/subscription-progress.js';
import type { SubscriptionPlan } from '../../billing/catalog/plans/subscription-plan.entity.js';
import type { Subscription } from '../../billing/ledger/records/subscription.entity.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Clock } from '../../time/clock.js';
import { beginBalances, switchBalances } from './month-goes-on.js';
import { fitPeriodBalances, makePeriodBalances } from './period-balances.js';
import { quotaLeftOf, type PeriodBalance } from './quota-left.js';

/** Keeps balances in step with subscriptions, inside billing's own transactions and on first touch of a new period. */
@Injectable()
export class SubscriptionBalances implements BillingListener, OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly listeners: BillingListeners,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
  ) {}

  onModuleInit(): void {
    this.listeners.add(this);
  }

  onSubscriptionActivated(
    manager: EntityManager,
    subscription: Subscription,
    at: Date,
    inFull: boolean,
  ): Promise<void> {
    return beginBalances(manager, subscription, at, inFull);
  }

  /** The month's used units stay used, be the new plan's limit larger or smaller. */
  onSubscriptionChanged(
    manager: EntityManager,
    subscription: Subscription,
    _formerPlan: SubscriptionPlan,
    at: Date,
  ): Promise<void> {
    return switchBalances(manager, subscription, at);
  }

  /** A balance made within the grace ended with it; once its month is paid, it goes on. */
  onSubscriptionRescheduled(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    return fitPeriodBalances(manager, subscription, at);
  }

  /** What is left unused can't be used any more; what was used stays on record. */
  async onSubscriptionEnded(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    await manager.query(
      `UPDATE commercial.quota_balances SET valid_until = greatest(valid_from, $2)
       WHERE subscription_id = $1 AND valid_until > $2`,
      [subscription.id, at],
    );
  }

  async quotaLeft(
    manager: EntityManager,
    subscription: Subscription,
    at: Date,
  ): Promise<readonly QuotaLeft[]> {
    // Locked, so that nothing is used between the reckoning and what it is for.
    const balances: PeriodBalance[] = await manager.query(
      `SELECT quota_type AS "quotaType", granted, used, carried, valid_from AS "validFrom", valid_until AS "validUntil"
       FROM commercial.quota_balances
       WHERE subscription_id = $1 AND carried_to IS NULL
       ORDER BY quota_type COLLATE "C", valid_until, created_at, id FOR NO KEY UPDATE`,
      [subscription.id],
    );
    return quotaLeftOf(subscription, balances, at);
  }

  /**
   * Makes the present period's balances of an account where they aren't there yet.
   *
   * @param joined where given, in its transaction
   */
  async touch(accountId: string, joined?: EntityManager): Promise<void> {
    if (await this.isTouched(joined ?? this.dataSource.manager, accountId, this.clock.now())) return;
    const make = async (manager: EntityManager) => {
      // The account's lock keeps a subscription from ending between this look and the new balance.
      await this.lifecycle.lockAccount(manager, accountId);
      const live = await this.progress.catchUp(manager, accountId);
      // Read under the lock: a moment from before it can lie before the start of what has just been activated.
      if (live) await makePeriodBalances(manager, live, this.clock.now());
    };
    await (joined ? make(joined) : inTransaction(this.dataSource, make));
  }

  /** A look without a lock, so that those whose quota is used up don't queue for one. */
  private async isTouched(manager: EntityManager, accountId: string, now: Date): Promise<boolean> {
    const rows: unknown[] = await manager.query(
      `SELECT 1 FROM commercial.quota_balances b
       JOIN commercial.subscriptions s ON s.id = b.subscription_id AND s.status = 'active'
       WHERE b.account_id = $1 AND b.valid_from <= $2 AND b.valid_until > $2 LIMIT 1`,
      [accountId, now],
    );
    return rows.length > 0;
  }
}
