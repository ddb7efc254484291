import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { Coupons, FREE_PLAN } from '../../ledger/redemptions/coupons.service.js';
import { Order } from '../../ledger/records/order.entity.js';
import { PlansService } from '../../catalog/plans/plans.service.js';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { newSubscription } from '../../ledger/subscriptions/new-subscription.js';
import { isFree, SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from '../../ledger/subscriptions/subscription-progress.js';
import { Subscription } from '../../ledger/records/subscription.entity.js';
import { BILLING_OPTIONS, FREE_PLAN_CODE, type BillingOptions } from '../../options/billing-options.js';
import { isOnTrial } from '../../ledger/subscriptions/trial-time.js';
import { OrderPlacement, type PaymentWay } from './order-placement.js';
import { OrderLimits } from './order-limits.js';
import { OrderReplacement } from './order-replacement.js';
import { missingProvider, type PaymentChoice } from './payment-choice.dto.js';

export interface CheckoutRequest extends PaymentChoice {
  /** The subscription's id, made by the caller: running the request again finds what the first run made. */
  subscriptionId: string;
  planCode: string;
  couponCode?: string | null;
}

export interface Checkout {
  subscription: Subscription;
  payment: Order | null;
}

/** Buying a plan: a free one is in force at once, a paid one becomes so when its money has come (see settlement). */
@Injectable()
export class CheckoutService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly plans: PlansService,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
    private readonly replacement: OrderReplacement,
    private readonly limits: OrderLimits,
    private readonly placement: OrderPlacement,
    private readonly coupons: Coupons,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {}

  /**
   * @returns no payment where nothing is left to pay: the subscription is in force
   * @throws Problem PLAN_NOT_FOUND, ALREADY_SUBSCRIBED, PLAN_CHANGE_REFUSED, CHANNEL_NOT_CONFIGURED, CHANNEL_REFUSED,
   *   CHANNEL_UNAVAILABLE (the order stands and is found or closed later), COUPON_INVALID, COUPON_USED_UP,
   *   COUPON_ALREADY_USED, TOO_MANY_ATTEMPTS
   */
  async subscribe(user: AuthenticatedUser, request: CheckoutRequest): Promise<Checkout> {
    const plan = await this.plans.onSale(request.planCode);
    const { provider, method, couponCode } = request;
    if (isFree(plan)) {
      if (couponCode) throw new Problem('COUPON_INVALID', { params: { couponCode, reason: FREE_PLAN } });
      return { subscription: await this.subscribeFree(user.accountId, plan, request), payment: null };
    }
    await this.limits.admit(user.accountId, request.returnUrl);
    const way = provider === null && couponCode ? null : this.placement.way(provider, method);
    const checkout =
      (await this.madeBefore(request.subscriptionId)) ?? (await this.order(user, plan, way, request));
    if (way && checkout.payment) await this.placement.open(way, checkout.payment, request);
    return checkout;
  }

  /** Gives the free plan, if one is on sale, in the caller's transaction, to an account that holds nothing yet. */
  async grantFreePlan(manager: EntityManager, accountId: string, subscriptionId: string): Promise<void> {
    const plan = await this.plans.findOnSale(this.options.freePlan ?? FREE_PLAN_CODE, manager);
    if (plan && isFree(plan)) await this.activateFree(manager, accountId, plan, subscriptionId);
  }

  private subscribeFree(
    accountId: string,
    plan: SubscriptionPlan,
    request: CheckoutRequest,
  ): Promise<Subscription> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.lifecycle.lockAccount(manager, accountId);
      const live = await this.progress.catchUp(manager, accountId);
      if (live?.id === request.subscriptionId) return live;
      this.refuseWhatIsHeld(live, plan);
      return this.activateFree(manager, accountId, plan, request.subscriptionId);
    });
  }

  private async activateFree(
    manager: EntityManager,
    accountId: string,
    plan: SubscriptionPlan,
    id: string,
  ): Promise<Subscription> {
    const subscription = this.newSubscription(manager, accountId, plan, id);
    await this.lifecycle.activate(manager, subscription, this.clock.now());
    return subscription;
  }

  /** Writes the order down, in place of one for the same plan that still waits for its money. */
  private order(
    user: AuthenticatedUser,
    plan: SubscriptionPlan,
    way: PaymentWay | null,
    request: CheckoutRequest,
  ): Promise<Checkout> {
    const { accountId } = user;
    const waiting = (manager: EntityManager) => pendingOrders(manager, accountId, plan.code);
    return this.replacement.inPlaceOf(accountId, waiting, async (manager, lookAround) => {
      this.refuseWhatIsHeld(await this.progress.catchUp(manager, accountId), plan);
      const { mustWait, replaced } = await lookAround();
      return mustWait ? null : this.insert(manager, user, plan, way, request, replaced);
    });
  }

  private async insert(
    manager: EntityManager,
    user: AuthenticatedUser,
    plan: SubscriptionPlan,
    way: PaymentWay | null,
    request: CheckoutRequest,
    replaced: readonly Order[],
  ): Promise<Checkout> {
    const { id: userId, accountId } = user;
    const { subscriptionId, couponCode } = request;
    const paymentId = uuid();
    const discount = couponCode ? await this.coupons.discount(manager, couponCode, plan) : null;
    const amountFen = plan.priceFen - (discount?.discountFen ?? 0);
    if (discount) {
      const redeemer = { userId, accountId, subscriptionId, paymentId: amountFen === 0 ? null : paymentId };
      await this.coupons.redeem(manager, discount, redeemer, replaced);
    }
    if (amountFen === 0) {
      return {
        subscription: await this.activateFree(manager, accountId, plan, subscriptionId),
        payment: null,
      };
    }
    if (!way) throw missingProvider();
    const subscription = await manager.save(this.newSubscription(manager, accountId, plan, subscriptionId));
    const payment = await this.placement.place(manager, way, {
      id: paymentId,
      accountId,
      userId,
      purpose: 'subscription',
      amountFen,
      currency: plan.currency,
      subject: plan.name,
      subscription,
      plan,
    });
    return { subscription, payment };
  }

  /** What an earlier run of this request made, whatever has become of it since. */
  private async madeBefore(subscriptionId: string): Promise<Checkout | null> {
    const payment = await this.dataSource.manager.findOne(Order, {
      where: { subscriptionId },
      relations: { plan: { quotas: true }, subscription: { plan: { quotas: true } } },
      order: { createdAt: 'ASC' },
    });
    if (payment) return { subscription: payment.subscription!, payment };
    const subscription = await this.dataSource.manager.findOne(Subscription, {
      where: { id: subscriptionId },
      relations: { plan: { quotas: true } },
    });
    return subscription && { subscription, payment: null };
  }

  private newSubscription(
    manager: EntityManager,
    accountId: string,
    plan: SubscriptionPlan,
    id: string,
  ): Subscription {
    return newSubscription(manager, { id, accountId, plan, createdAt: this.clock.now() });
  }

  private refuseWhatIsHeld(live: Subscription | null, plan: SubscriptionPlan): void {
    if (!live) return;
    const planCode = live.plan.code;
    if (planCode === plan.code) throw new Problem('ALREADY_SUBSCRIBED', { params: { planCode } });
    if (live.currentPeriodEnd && !isOnTrial(live) && plan.priceFen < live.plan.priceFen) {
      const until = live.currentPeriodEnd.toISOString();
      throw new Problem('PLAN_CHANGE_REFUSED', { params: { planCode, until } });
    }
  }
}

function pendingOrders(manager: EntityManager, accountId: string, planCode: string): Promise<Order[]> {
  return manager.findBy(Order, { accountId, status: 'pending', plan: { code: planCode } });
}
