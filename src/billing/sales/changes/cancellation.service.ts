import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { PaymentInquiry } from '../../settlement/settle/payment-inquiry.js';
import { paidAhead, takeBackSchedule } from '../../ledger/subscriptions/scheduled-plan.js';
import { schedule, SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from '../../ledger/subscriptions/subscription-progress.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';
import { pendingChanges } from './pending-changes.js';

/** Ending a subscription by its owner's wish, and thinking better of it. No money goes back by itself. */
@Injectable()
export class Cancellation {
  private readonly logger = new Logger(Cancellation.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
    private readonly listeners: BillingListeners,
    private readonly inquiry: PaymentInquiry,
  ) {}

  /**
   * @param atPeriodEnd false ends it now; within the grace the period is over, and so is it
   * @returns the subscription that was canceled
   * @throws Problem NO_SUBSCRIPTION, PLAN_IS_FREE
   */
  async cancel(accountId: string, atPeriodEnd: boolean): Promise<Subscription> {
    const canceled = await this.withPaid(accountId, async (manager, live, now) => {
      if (live.currentPeriodEnd! <= now || !atPeriodEnd) await this.endNow(manager, live, now);
      else if (!live.cancelAtPeriodEnd) await this.endLater(manager, live, now);
      return live;
    });
    await this.closePending(accountId);
    return canceled;
  }

  /**
   * Takes back a cancellation at the period's end, or a scheduled plan; changes nothing where there is none.
   * @throws Problem NO_SUBSCRIPTION, PLAN_IS_FREE, PERIOD_PAID_AHEAD
   */
  resume(accountId: string): Promise<Subscription> {
    return this.withPaid(accountId, async (manager, live, now) => {
      await takeBackSchedule(manager, live, now);
      await this.lifecycle.reschedule(manager, live, now);
      return live;
    });
  }

  private withPaid(
    accountId: string,
    work: (manager: EntityManager, live: Subscription, now: Date) => Promise<Subscription>,
  ): Promise<Subscription> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.lifecycle.lockAccount(manager, accountId);
      const live = await this.progress.catchUp(manager, accountId);
      if (!live) throw new Problem('NO_SUBSCRIPTION');
      if (!live.currentPeriodEnd) throw new Problem('PLAN_IS_FREE', { params: { planCode: live.plan.code } });
      return work(manager, live, this.clock.now());
    });
  }

  private async endNow(manager: EntityManager, live: Subscription, now: Date): Promise<void> {
    await this.lifecycle.end(manager, live, 'canceled', now);
    await this.listeners.canceled(manager, live, now);
    await this.progress.fallBack(manager, live.accountId, now);
  }

  private async endLater(manager: EntityManager, live: Subscription, now: Date): Promise<void> {
    live.cancelAtPeriodEnd = true;
    // What is paid ahead comes before the end.
    schedule(live, (await paidAhead(manager, live, now))?.plan ?? null);
    await this.lifecycle.reschedule(manager, live, now);
    await this.listeners.canceled(manager, live, now);
  }

  /** Nobody is to pay by an old link for what was canceled; where the channel is away, the janitor closes it in time. */
  private async closePending(accountId: string): Promise<void> {
    for (const payment of await pendingChanges(this.dataSource.manager, accountId)) {
      await this.inquiry.close(payment).catch((error: unknown) => this.logger.error(error));
    }
  }
}
