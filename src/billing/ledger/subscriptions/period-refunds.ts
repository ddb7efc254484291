import { Injectable } from '@nestjs/common';
import { In, Not, type EntityManager } from 'typeorm';
import { monthAt } from '../../../time/periods.js';
import { PaymentHistory } from '../orders/payment-history.js';
import { Order } from '../records/order.entity.js';
import { cycleMonths, SubscriptionLifecycle } from './subscription-lifecycle.js';
import { SubscriptionPeriod } from '../records/subscription-period.entity.js';
import { endOfPeriod, standingPeriods } from './subscription-periods.js';
import { SubscriptionProgress } from './subscription-progress.js';
import { subscriptionTransitions } from '../records/subscription-status.js';
import { Subscription } from '../records/subscription.entity.js';
import { anchorOf } from './trial-time.js';

/**
 * Takes back what a refunded order gave: one period. Those behind it move up and keep their own lengths, so that the
 * time is lost at the end; a subscription that has no time left ends. Inside the caller's transaction with the account
 * locked.
 */
@Injectable()
export class PeriodRefunds {
  constructor(
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
    private readonly history: PaymentHistory,
  ) {}

  /** @param whole whether the subscription ends, whatever else was paid for it */
  async takeBack(manager: EntityManager, payment: Order, at: Date, whole: boolean): Promise<void> {
    // What is due by now comes first: whatever moves the times afterwards would pass over it.
    await this.progress.catchUp(manager, payment.accountId);
    const subscription = await manager.findOneOrFail(Subscription, {
      where: { id: payment.subscriptionId! },
      relations: { plan: { quotas: true }, scheduledPlan: { quotas: true } },
    });
    const periods = subscription.status === 'active' ? await standingPeriods(manager, subscription.id) : [];
    const index = periods.findIndex(({ paymentId }) => paymentId === payment.id);
    if (whole || index < 0 || !(await this.shorten(manager, subscription, periods, index, at))) {
      await this.end(manager, subscription, payment, at);
    }
  }

  /** @returns false where nothing of the paid time would be left. */
  private async shorten(
    manager: EntityManager,
    subscription: Subscription,
    periods: readonly SubscriptionPeriod[],
    index: number,
    at: Date,
  ): Promise<boolean> {
    const refunded = periods[index]!;
    const later = periods.slice(index + 1);
    // Its time was lived through, and what is paid behind it is nobody's to take.
    if (refunded.endsAt <= at && later.length > 0) return true;
    const next = later[0];
    const hasBegun = refunded.startsAt <= at;
    if (hasBegun && !next) return false;
    const anchor = anchorOf(subscription)!;
    let start = hasBegun ? startOfMonth(anchor, refunded.startsAt, at) : refunded.startsAt;
    await manager.update(SubscriptionPeriod, { id: refunded.id }, { endedAt: start });
    if (next && hasBegun) subscription.currentPeriodStart = start;
    for (const { id, plan } of later) {
      const end = endOfPeriod(anchor, start, cycleMonths(plan!));
      await manager.update(SubscriptionPeriod, { id }, { startsAt: start, endsAt: end });
      start = end;
    }
    subscription.currentPeriodEnd = start;
    if (next && hasBegun) await this.lifecycle.switchPlan(manager, subscription, next.plan!, at);
    await this.lifecycle.reschedule(manager, subscription, at);
    return true;
  }

  private async end(
    manager: EntityManager,
    subscription: Subscription,
    payment: Order,
    at: Date,
  ): Promise<void> {
    if (!subscriptionTransitions.allows(subscription.status, 'refunded')) return;
    if (await this.isPaidOtherwise(manager, subscription, payment)) return;
    const wasLive = subscription.status === 'active';
    await this.lifecycle.end(manager, subscription, 'refunded', at);
    if (wasLive) await this.progress.fallBack(manager, subscription.accountId, at);
    const detail = { subscriptionId: subscription.id };
    await this.history.record(manager, payment.orderId, 'payment.subscription_ended', detail);
  }

  /** One that ended by itself keeps saying how, as long as some of its orders stay paid. */
  private async isPaidOtherwise(
    manager: EntityManager,
    { id, status }: Subscription,
    payment: Order,
  ): Promise<boolean> {
    if (status === 'active') return false;
    return manager.existsBy(Order, {
      subscriptionId: id,
      id: Not(payment.id),
      status: In(['paid', 'partially_refunded']),
    });
  }
}

/** Where the month begins that `at` lies in: the months of a year before it were lived through. */
function startOfMonth(anchor: Date, earliest: Date, at: Date): Date {
  const { start } = monthAt(anchor, at);
  return start > earliest ? start : earliest;
}
