import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Clock } from '../../../time/clock.js';
import type { PaymentChoice } from '../purchase/payment-choice.dto.js';
import { OrderLimits } from '../purchase/order-limits.js';
import { OrderPlacement, type PaymentWay } from '../purchase/order-placement.js';
import { OrderReplacement, type Surroundings } from '../purchase/order-replacement.js';
import { Coupons } from '../../ledger/redemptions/coupons.service.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { newSubscription } from '../../ledger/subscriptions/new-subscription.js';
import { takeBackSchedule } from '../../ledger/subscriptions/scheduled-plan.js';
import { schedule, SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { moveCredit } from '../../ledger/credits/account-credits.js';
import { ChangeOffers, type ChangeOffer, type ChangeRequest } from './change-offer.js';
import { MadeChanges, type Change } from './made-changes.js';
import { OrderTerms } from '../../ledger/records/order-terms.entity.js';
import { pendingChanges } from './pending-changes.js';
import { PlanSwitch } from './plan-switch.js';

export interface PaidChangeRequest extends PaymentChoice, ChangeRequest {
  /** Made by the caller: running the request again finds what the first run made. */
  operationId: string;
}

/** In whose name an order is made, and for which account. */
type Customer = Pick<AuthenticatedUser, 'id' | 'accountId'>;

/** Renewals and changes of plan: offered, ordered, and carried out at once where no money is needed. */
@Injectable()
export class ChangesService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly offers: ChangeOffers,
    private readonly planSwitch: PlanSwitch,
    private readonly limits: OrderLimits,
    private readonly placement: OrderPlacement,
    private readonly replacement: OrderReplacement,
    private readonly made: MadeChanges,
    private readonly coupons: Coupons,
  ) {}

  /**
   * What {@link change} would do now.
   * @throws Problem NO_SUBSCRIPTION, PLAN_NOT_FOUND, ALREADY_SUBSCRIBED, PERIOD_PAID_AHEAD, COUPON_INVALID,
   *   COUPON_USED_UP, COUPON_ALREADY_USED
   */
  preview({ id, accountId }: AuthenticatedUser, request: ChangeRequest): Promise<ChangeOffer> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.lifecycle.lockAccount(manager, accountId);
      const offer = await this.offers.offer(manager, accountId, request, this.clock.now());
      if (!offer.discount) return offer;
      const waiting = await pendingChanges(manager, accountId);
      await this.coupons.requireRedeemable(manager, offer.discount, id, waiting);
      return offer;
    });
  }

  /**
   * @throws Problem NO_SUBSCRIPTION, PLAN_NOT_FOUND, ALREADY_SUBSCRIBED, PLAN_IS_FREE, PERIOD_PAID_AHEAD,
   *   CHANNEL_NOT_CONFIGURED, CHANNEL_REFUSED, CHANNEL_UNAVAILABLE (the order stands and is found or closed later),
   *   COUPON_INVALID, COUPON_USED_UP, COUPON_ALREADY_USED, TOO_MANY_ATTEMPTS
   */
  async change(user: AuthenticatedUser, request: PaidChangeRequest): Promise<Change> {
    const { accountId } = user;
    await this.limits.admit(accountId, request.returnUrl);
    const change =
      (await this.made.find(accountId, request.operationId)) ??
      (await this.replacement.inPlaceOf(
        accountId,
        (manager) => pendingChanges(manager, accountId),
        (manager, lookAround) => this.attempt(manager, user, request, lookAround),
      ));
    if (change.payment?.status === 'pending') {
      const way = this.placement.way(change.payment.provider, change.payment.method);
      await this.placement.open(way, change.payment, request);
    }
    return change;
  }

  /** @returns null where another order came in between and is to be closed first */
  private async attempt(
    manager: EntityManager,
    user: AuthenticatedUser,
    request: PaidChangeRequest,
    lookAround: () => Promise<Surroundings>,
  ): Promise<Change | null> {
    const { operationId, provider, method } = request;
    const offer = await this.offers.offer(manager, user.accountId, request, this.clock.now());
    if (offer.kind === 'resumption') return this.resume(manager, offer);
    if (offer.kind === 'downgrade') return this.downgrade(manager, user, operationId, offer);
    const { mustWait, replaced } = await lookAround();
    if (offer.quote.amountFen === 0) return this.carryOut(manager, user, operationId, offer, replaced);
    if (mustWait) return null;
    return this.order(manager, user, this.placement.way(provider, method), operationId, offer, replaced);
  }

  private async resume(manager: EntityManager, offer: ChangeOffer): Promise<Change> {
    const { from, at } = offer;
    await takeBackSchedule(manager, from, at);
    await this.lifecycle.reschedule(manager, from, from.handledUntil ?? at);
    return { offer, subscription: from, payment: null };
  }

  private async downgrade(
    manager: EntityManager,
    user: AuthenticatedUser,
    id: string,
    offer: ChangeOffer,
  ): Promise<Change> {
    const { from, plan, at } = offer;
    if (from.currentPeriodEnd! <= at) return this.carryOut(manager, user, id, offer);
    schedule(from, plan);
    from.cancelAtPeriodEnd = false;
    await this.lifecycle.reschedule(manager, from, from.handledUntil ?? at);
    return { offer, subscription: from, payment: null };
  }

  /** Where the price is met without a channel; in the caller's transaction with the account locked. */
  async carryOut(
    manager: EntityManager,
    user: Customer,
    id: string,
    offer: ChangeOffer,
    replaced: readonly Order[] = [],
  ): Promise<Change> {
    const { from, plan, kind, quote, at } = offer;
    const { accountId } = from;
    if (kind === 'renewal') {
      const { accountCreditFen: worthFen } = quote;
      await this.redeem(manager, user, offer, from.id, null, replaced);
      await moveCredit(manager, accountId, -worthFen, id, at);
      await this.lifecycle.extend(manager, from, plan, at, { paymentId: null, worthFen, periodId: id });
      return { offer, subscription: from, payment: null };
    }
    const to = newSubscription(manager, { id, accountId, plan, createdAt: at });
    await this.redeem(manager, user, offer, to.id, null, replaced);
    const terms = { ...quote, orderedAt: at, paymentId: null };
    const obstacle = await this.planSwitch.carryOut(manager, from, to, terms, at);
    if (obstacle !== null)
      throw new Error(`a change that was just offered can't be carried out: ${obstacle.en}`);
    return { offer, subscription: to, payment: null };
  }

  /** Writes the order down, in the caller's transaction with the account locked. */
  async order(
    manager: EntityManager,
    user: Customer,
    way: PaymentWay,
    id: string,
    offer: ChangeOffer,
    replaced: readonly Order[] = [],
  ): Promise<Change & { payment: Order }> {
    const { from, plan, kind, quote, at } = offer;
    const { accountId } = user;
    const subscription =
      kind === 'renewal'
        ? from
        : await manager.save(newSubscription(manager, { id: uuid(), accountId, plan, createdAt: at }));
    await this.redeem(manager, user, offer, subscription.id, id, replaced);
    const payment = await this.placement.place(
      manager,
      way,
      {
        id,
        accountId,
        userId: user.id,
        purpose: kind === 'renewal' ? 'renewal' : 'change',
        amountFen: quote.amountFen,
        currency: plan.currency,
        subject: plan.name,
        subscription,
        plan,
      },
      at,
    );
    const { creditFen, accountCreditFen } = quote;
    await manager.insert(OrderTerms, {
      paymentId: id,
      fromSubscriptionId: from.id,
      creditFen,
      accountCreditFen,
    });
    return { offer, subscription: from, payment };
  }

  private async redeem(
    manager: EntityManager,
    { id: userId, accountId }: Customer,
    { discount }: ChangeOffer,
    subscriptionId: string,
    paymentId: string | null,
    replaced: readonly Order[],
  ): Promise<void> {
    if (!discount) return;
    await this.coupons.redeem(manager, discount, { userId, accountId, subscriptionId, paymentId }, replaced);
  }
}
