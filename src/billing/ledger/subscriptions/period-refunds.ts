import { Injectable } from '@nestjs/common';
import { In, Not, type EntityManager } from 'typeorm';
import { PaymentHistory } from '../orders/payment-history.js';
import { PaymentTransaction } from '../records/payment-transaction.entity.js';
import { SubscriptionLifecycle, switchPlan } from './subscription-lifecycle.js';
import { SubscriptionPeriod } from '../records/subscription-period.entity.js';
import { standingPeriods } from './subscription-periods.js';
import { subscriptionTransitions } from '../records/subscription-status.js';
import { Subscription } from '../records/subscription.entity.js';

/**
 * Takes back what a refunded order gave: one period. Those behind it move up, so that the time is lost at the end; a
 * subscription that has no time left ends. Inside the caller's transaction with the account locked.
 */
@Injectable()
export class PeriodRefunds {
  constructor(
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly history: PaymentHistory,
  ) {}

  /** @param whole whether the subscription ends, whatever else was paid for it */
  async takeBack(
    manager: EntityManager,
    payment: PaymentTransaction,
    at: Date,
    whole: boolean,
  ): Promise<void> {
    const subscription = await manager.findOneOrFail(Subscription, {
      where: { id: payment.subscriptionId! },
      relations: { plan: { quotas: true }, scheduledPlan: true },
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
    const end = (later.at(-2) ?? (later.length === 1 ? refunded : periods[index - 1]))?.endsAt;
    if (!end || end <= at) return false;
    await manager.update(SubscriptionPeriod, { id: refunded.id }, { endedAt: refunded.startsAt });
    let slot = refunded;
    for (const period of later) {
      await manager.update(
        SubscriptionPeriod,
        { id: period.id },
        { startsAt: slot.startsAt, endsAt: slot.endsAt },
      );
      slot = period;
    }
    subscription.currentPeriodEnd = end;
    if (later[0] && refunded.startsAt <= at) switchPlan(subscription, later[0].plan!);
    await this.lifecycle.reschedule(manager, subscription, at);
    return true;
  }

  private async end(
    manager: EntityManager,
    subscription: Subscription,
    payment: PaymentTransaction,
    at: Date,
  ): Promise<void> {
    if (!subscriptionTransitions.allows(subscription.status, 'refunded')) return;
    if (await this.isPaidOtherwise(manager, subscription, payment)) return;
    await this.lifecycle.end(manager, subscription, 'refunded', at);
    const detail = { subscriptionId: subscription.id };
    await this.history.record(manager, payment.orderId, 'payment.subscription_ended', detail);
  }

  /** One that ended by itself keeps saying how, as long as some of its orders stay paid. */
  private async isPaidOtherwise(
    manager: EntityManager,
    { id, status }: Subscription,
    payment: PaymentTransaction,
  ): Promise<boolean> {
    if (status === 'active') return false;
    return manager.existsBy(PaymentTransaction, {
      subscriptionId: id,
      id: Not(payment.id),
      status: In(['paid', 'partially_refunded']),
    });
  }
}
