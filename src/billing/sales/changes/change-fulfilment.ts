import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import type { Sentence } from '../../../problems/sentence.js';
import { OrderFulfilments, type OrderFulfilment } from '../../ledger/orders/order-fulfilment.js';
import { Order } from '../../ledger/records/order.entity.js';
import { findSubscription } from '../../ledger/subscriptions/find-subscription.js';
import { newSubscription } from '../../ledger/subscriptions/new-subscription.js';
import { PeriodRefunds } from '../../ledger/subscriptions/period-refunds.js';
import { isFree, SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { isLeaving } from '../../ledger/subscriptions/due-dates.js';
import { SubscriptionPeriod } from '../../ledger/records/subscription-period.entity.js';
import { SubscriptionProgress } from '../../ledger/subscriptions/subscription-progress.js';
import type { SubscriptionStatus } from '../../ledger/records/subscription-status.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';
import { creditOf, creditUsedFor, moveCredit } from '../../ledger/credits/account-credits.js';
import { OrderTerms } from '../../ledger/records/order-terms.entity.js';
import { PlanSwitch } from './plan-switch.js';

const CREDIT_USED = {
  en: 'the credit of the account was used for another order',
  'zh-CN': '账户余额已用于其他订单',
};
const PAID_OTHERWISE = { en: 'the period was paid for otherwise', 'zh-CN': '该订阅周期已另行付款' };
const CANCELED = { en: 'the subscription was canceled meanwhile', 'zh-CN': '订阅已取消' };

/** Gives what a paid renewal or change was ordered for, on the terms of the order. */
@Injectable()
export class ChangeFulfilment implements OrderFulfilment, OnModuleInit {
  constructor(
    private readonly fulfilments: OrderFulfilments,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
    private readonly refunds: PeriodRefunds,
    private readonly planSwitch: PlanSwitch,
  ) {}

  onModuleInit(): void {
    this.fulfilments.register('renewal', this);
    this.fulfilments.register('change', this);
  }

  async honour(manager: EntityManager, payment: Order, at: Date): Promise<Sentence | null> {
    const terms = await manager.findOneByOrFail(OrderTerms, { paymentId: payment.id });
    const live = await this.progress.catchUp(manager, payment.accountId);
    const from = await findSubscription(manager, terms.fromSubscriptionId);
    const isLive = live?.id === from.id;
    const hasLapsed = from.status === 'expired' && (!live || isFree(live.plan));
    if (!isLive && !hasLapsed) return hasEnded(from.status);
    const unwanted = obstacleToCharge(terms, from);
    if (unwanted !== null) return unwanted;
    if ((await creditOf(manager, payment.accountId)) < terms.accountCreditFen) return CREDIT_USED;
    if (payment.purpose === 'change') return this.change(manager, payment, terms, from, at);
    await this.renew(manager, payment, terms, isLive ? from : null, at);
    return null;
  }

  async abandon(manager: EntityManager, payment: Order, at: Date): Promise<void> {
    if (payment.purpose !== 'change') return;
    const ordered = await findSubscription(manager, payment.subscriptionId!);
    if (ordered.status === 'pending') await this.lifecycle.end(manager, ordered, 'abandoned', at);
  }

  async takeBack(manager: EntityManager, payment: Order, at: Date, whole: boolean): Promise<void> {
    const period = await manager.findOneBy(SubscriptionPeriod, { paymentId: payment.id });
    // A renewal that was never honoured gave nothing to the subscription that it names.
    if (!period && payment.purpose === 'renewal') return;
    await this.refunds.takeBack(manager, payment, at, whole);
    if (!period || period.endedAt !== null) return;
    const { endedAt } = await manager.findOneByOrFail(SubscriptionPeriod, { id: period.id });
    if (endedAt === null) return;
    await moveCredit(manager, payment.accountId, await creditUsedFor(manager, period.id), null, at);
  }

  private async change(
    manager: EntityManager,
    payment: Order,
    { creditFen, accountCreditFen }: OrderTerms,
    from: Subscription,
    at: Date,
  ): Promise<Sentence | null> {
    const { id: paymentId, createdAt: orderedAt, amountFen } = payment;
    const ordered = await findSubscription(manager, payment.subscriptionId!);
    const terms = { orderedAt, paymentId, amountFen, creditFen, accountCreditFen, surplusFen: 0 };
    return this.planSwitch.carryOut(manager, from, ordered, terms, at);
  }

  /** @param live null where it has expired: the period begins anew, now */
  private async renew(
    manager: EntityManager,
    payment: Order,
    { accountCreditFen }: OrderTerms,
    live: Subscription | null,
    at: Date,
  ): Promise<void> {
    const { accountId, amountFen, id: paymentId } = payment;
    const plan = payment.plan!;
    const periodId = uuid();
    await moveCredit(manager, accountId, -accountCreditFen, periodId, at);
    const bought = { paymentId, periodId, worthFen: amountFen + accountCreditFen, inFull: true };
    if (live) return this.lifecycle.extend(manager, live, plan, at, bought);
    const anew = newSubscription(manager, { id: uuid(), accountId, plan, createdAt: at });
    await this.lifecycle.activate(manager, anew, at, bought);
    payment.subscriptionId = anew.id;
    await manager.update(Order, { id: paymentId }, { subscriptionId: anew.id });
  }
}

/** @returns why nobody wants any more what was charged without its buyer's doing; null where it is wanted, or was paid by hand */
function obstacleToCharge({ periodStart }: OrderTerms, from: Subscription): Sentence | null {
  if (!periodStart) return null;
  if (from.currentPeriodEnd?.getTime() !== periodStart.getTime()) return PAID_OTHERWISE;
  return isLeaving(from) ? CANCELED : null;
}

function hasEnded(status: SubscriptionStatus): Sentence {
  return { en: `the subscription was ${status}`, 'zh-CN': '原订阅已结束' };
}
