import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Sentence } from '../../../problems/sentence.js';
import { OrderFulfilments, type OrderFulfilment } from '../../ledger/orders/order-fulfilment.js';
import { Order } from '../../ledger/records/order.entity.js';
import { PeriodRefunds } from '../../ledger/subscriptions/period-refunds.js';
import { isFree, SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from '../../ledger/subscriptions/subscription-progress.js';
import type { Bought } from '../../ledger/subscriptions/subscription-periods.js';
import { Subscription } from '../../ledger/records/subscription.entity.js';
import { isOnTrial } from '../../ledger/subscriptions/trial-time.js';

const PAID_ALREADY = { en: 'the plan was paid for already', 'zh-CN': '该订阅计划已付款' };
const LARGER_PLAN = { en: 'a larger plan is in force', 'zh-CN': '已有更高级的订阅计划生效' };

/** An order for a plan by itself: paid, the subscription that waited for it comes into force. */
@Injectable()
export class SubscriptionPurchase implements OrderFulfilment, OnModuleInit {
  constructor(
    private readonly fulfilments: OrderFulfilments,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
    private readonly refunds: PeriodRefunds,
  ) {}

  onModuleInit(): void {
    this.fulfilments.register('subscription', this);
  }

  async honour(manager: EntityManager, payment: Order, at: Date): Promise<Sentence | null> {
    const bought = await this.boughtBy(manager, payment);
    const live = await this.progress.catchUp(manager, payment.accountId);
    const obstacle = live ? obstacleTo(bought, live) : null;
    if (obstacle !== null) return obstacle;
    const given = { paymentId: payment.id, worthFen: payment.amountFen, inFull: true };
    if (live?.plan.code === bought.plan.code) await this.follow(manager, payment, bought, live, at, given);
    else await this.lifecycle.activate(manager, bought, at, given);
    return null;
  }

  async abandon(manager: EntityManager, payment: Order, at: Date): Promise<void> {
    const bought = await this.boughtBy(manager, payment);
    if (bought.status === 'pending') await this.lifecycle.end(manager, bought, 'abandoned', at);
  }

  takeBack(manager: EntityManager, payment: Order, at: Date, whole: boolean): Promise<void> {
    return this.refunds.takeBack(manager, payment, at, whole);
  }

  /** What was ordered before its plan was tried begins where the trial ends. */
  private async follow(
    manager: EntityManager,
    payment: Order,
    bought: Subscription,
    trial: Subscription,
    at: Date,
    given: Bought,
  ): Promise<void> {
    if (bought.status === 'pending') await this.lifecycle.end(manager, bought, 'abandoned', at);
    payment.subscriptionId = trial.id;
    await manager.update(Order, { id: payment.id }, { subscriptionId: trial.id });
    await this.lifecycle.extend(manager, trial, bought.plan, at, given);
  }

  private boughtBy(manager: EntityManager, { subscriptionId }: Order): Promise<Subscription> {
    return manager.findOneOrFail(Subscription, {
      where: { id: subscriptionId! },
      relations: { plan: { quotas: true } },
    });
  }
}

/** @returns why a paid plan can't come into force beside what the account holds already; null where it can. */
function obstacleTo(bought: Subscription, live: Subscription): Sentence | null {
  if (isFree(live.plan) || isOnTrial(live)) return null;
  if (live.plan.code === bought.plan.code) return PAID_ALREADY;
  if (live.plan.priceFen > bought.plan.priceFen) return LARGER_PLAN;
  return null;
}
