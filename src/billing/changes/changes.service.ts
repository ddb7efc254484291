import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import type { AuthenticatedUser } from '../../auth/authenticated-user.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Clock } from '../../time/clock.js';
import type { PaymentChoice } from '../checkout/payment-choice.dto.js';
import { OrderDesk, type PaymentWay } from '../checkout/order-desk.js';
import { PaymentInquiry } from '../payments/payment-inquiry.js';
import { PaymentTransaction } from '../payments/payment-transaction.entity.js';
import { newSubscription } from '../subscriptions/new-subscription.js';
import { SubscriptionLifecycle } from '../subscriptions/subscription-lifecycle.js';
import type { Subscription } from '../subscriptions/subscription.entity.js';
import { moveCredit } from './account-credits.js';
import { ChangeOffers, type ChangeOffer } from './change-offer.js';
import { OrderTerms } from './order-terms.entity.js';
import { pendingChanges } from './pending-changes.js';
import { PlanSwitch } from './plan-switch.js';

export interface ChangeRequest extends PaymentChoice {
  /** Made by the caller: running the request again finds what the first run made. */
  operationId: string;
  /** Null for a renewal with the plan that follows anyway. */
  planCode: string | null;
}

export interface Change {
  offer: ChangeOffer;
  /** What is in force now. */
  subscription: Subscription;
  /** Null where no channel is needed. */
  payment: PaymentTransaction | null;
}

/** How often a parallel order may get in between before this one goes ahead beside it. */
const REPLACE_ATTEMPTS = 3;

/** Renewals and changes of plan: offered, ordered, and carried out at once where no money is needed. */
@Injectable()
export class ChangesService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly offers: ChangeOffers,
    private readonly planSwitch: PlanSwitch,
    private readonly desk: OrderDesk,
    private readonly inquiry: PaymentInquiry,
  ) {}

  /** What {@link change} would do now. @throws Problem NO_SUBSCRIPTION, PLAN_NOT_FOUND, ALREADY_SUBSCRIBED */
  preview(accountId: string, planCode: string | null): Promise<ChangeOffer> {
    return inTransaction(this.dataSource, (manager) => this.offer(manager, accountId, planCode));
  }

  /**
   * @throws Problem NO_SUBSCRIPTION, PLAN_NOT_FOUND, ALREADY_SUBSCRIBED, PLAN_IS_FREE, CHANNEL_NOT_CONFIGURED,
   *   CHANNEL_REFUSED, CHANNEL_UNAVAILABLE (the order stands and is found or closed later)
   */
  async change(user: AuthenticatedUser, request: ChangeRequest): Promise<Change> {
    for (let attempt = 1; ; attempt += 1) {
      for (const pending of await pendingChanges(this.dataSource.manager, user.accountId)) {
        if (pending.id !== request.operationId) await this.inquiry.close(pending);
      }
      const change = await inTransaction(this.dataSource, (manager) =>
        this.attempt(manager, user, request, attempt === REPLACE_ATTEMPTS),
      );
      if (!change) continue;
      if (change.payment) {
        const way = this.desk.way(change.payment.provider, change.payment.method);
        await this.desk.open(way, change.payment, request);
      }
      return change;
    }
  }

  /** @returns null where another order came in between and is to be closed first */
  private async attempt(
    manager: EntityManager,
    user: AuthenticatedUser,
    request: ChangeRequest,
    isLast: boolean,
  ): Promise<Change | null> {
    const offer = await this.offer(manager, user.accountId, request.planCode);
    const made = await manager.findOneBy(PaymentTransaction, { id: request.operationId });
    if (made) return { offer, subscription: offer.from, payment: made };
    if (offer.kind === 'downgrade') return this.downgrade(manager, offer);
    if (offer.quote.amountFen === 0) return this.carryOut(manager, offer);
    const pending = await pendingChanges(manager, user.accountId);
    if (pending.length > 0 && !isLast) return null;
    const way = this.desk.way(request.provider, request.method);
    return this.order(manager, user, way, request.operationId, offer);
  }

  private async offer(
    manager: EntityManager,
    accountId: string,
    planCode: string | null,
  ): Promise<ChangeOffer> {
    await this.lifecycle.lockAccount(manager, accountId);
    return this.offers.offer(manager, accountId, planCode, this.clock.now());
  }

  private async downgrade(manager: EntityManager, offer: ChangeOffer): Promise<Change> {
    const { from, plan } = offer;
    const now = this.clock.now();
    if (from.currentPeriodEnd! <= now) return this.carryOut(manager, offer);
    from.scheduledPlan = plan;
    from.scheduledPlanId = plan.id;
    from.cancelAtPeriodEnd = false;
    await this.lifecycle.reschedule(manager, from, from.handledUntil ?? now);
    return { offer, subscription: from, payment: null };
  }

  /** Where the price is met without a channel; in the caller's transaction with the account locked. */
  async carryOut(manager: EntityManager, offer: ChangeOffer): Promise<Change> {
    const { from, plan, kind, quote } = offer;
    const { accountId } = from;
    const now = this.clock.now();
    if (kind === 'renewal') {
      const periodId = uuid();
      const { accountCreditFen: worthFen } = quote;
      await moveCredit(manager, accountId, -worthFen, periodId, now);
      await this.lifecycle.extend(manager, from, plan, now, { paymentId: null, worthFen, periodId });
      return { offer, subscription: from, payment: null };
    }
    const to = newSubscription(manager, { id: uuid(), accountId, plan, createdAt: now });
    const terms = { ...quote, orderedAt: now, paymentId: null };
    await this.planSwitch.carryOut(manager, from, to, terms, now);
    return { offer, subscription: to, payment: null };
  }

  /** Writes the order down, in the caller's transaction with the account locked. */
  async order(
    manager: EntityManager,
    user: Pick<AuthenticatedUser, 'id' | 'accountId'>,
    way: PaymentWay,
    id: string,
    offer: ChangeOffer,
  ): Promise<Change & { payment: PaymentTransaction }> {
    const { from, plan, kind, quote } = offer;
    const { accountId } = user;
    const createdAt = this.clock.now();
    const subscription =
      kind === 'renewal'
        ? from
        : await manager.save(newSubscription(manager, { id: uuid(), accountId, plan, createdAt }));
    const payment = await this.desk.place(manager, way, {
      id,
      accountId,
      userId: user.id,
      purpose: kind === 'renewal' ? 'renewal' : 'change',
      amountFen: quote.amountFen,
      currency: plan.currency,
      subject: plan.name,
      subscription,
      plan,
    });
    const { creditFen, accountCreditFen } = quote;
    await manager.insert(OrderTerms, {
      paymentId: id,
      fromSubscriptionId: from.id,
      creditFen,
      accountCreditFen,
    });
    return { offer, subscription: from, payment };
  }
}
