import { Inject, Injectable } from '@nestjs/common';
import { In, Not, type DataSource, type EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { addMonths, type Period } from '../../../time/periods.js';
import { Order } from '../../ledger/records/order.entity.js';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { findSubscription } from '../../ledger/subscriptions/find-subscription.js';
import { cycleMonths } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { endOfPeriod } from '../../ledger/subscriptions/subscription-periods.js';
import { SubscriptionPeriod } from '../../ledger/records/subscription-period.entity.js';
import { Subscription } from '../../ledger/records/subscription.entity.js';
import { SubscriptionsService } from '../../ledger/subscriptions/subscriptions.service.js';
import { anchorOf } from '../../ledger/subscriptions/trial-time.js';
import { AccountCredit } from '../../ledger/records/account-credit.entity.js';
import type { ChangeKind, ChangeOffer } from './change-offer.js';
import { quoteOf, type Quote } from './change-quote.js';
import { OrderTerms } from '../../ledger/records/order-terms.entity.js';

export interface Change {
  offer: ChangeOffer;
  /** What is in force now. */
  subscription: Subscription;
  /** Null where no channel is needed. */
  payment: Order | null;
}

/** Finds what an earlier run of a request made: its order, or what was carried out at once, under the operation's id. */
@Injectable()
export class MadeChanges {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly subscriptions: SubscriptionsService,
  ) {}

  /** Whatever has become of it since, on the terms of then; null where nothing was made. */
  async find(accountId: string, operationId: string): Promise<Change | null> {
    const { manager } = this.dataSource;
    const payment = await manager.findOne(Order, {
      where: { id: operationId },
      relations: { plan: { quotas: true } },
    });
    const offer = payment
      ? await ordered(manager, payment)
      : ((await extended(manager, operationId)) ?? (await switched(manager, operationId)));
    if (!offer) return null;
    const inForce = await this.subscriptions.inForce(accountId);
    return { offer, subscription: inForce ?? offer.from, payment };
  }
}

async function ordered(manager: EntityManager, payment: Order): Promise<ChangeOffer> {
  const { id: paymentId, amountFen, createdAt, purpose } = payment;
  const terms = await manager.findOneByOrFail(OrderTerms, { paymentId });
  const { creditFen, accountCreditFen } = terms;
  const from = await findSubscription(manager, terms.fromSubscriptionId);
  const paid = await manager.findOneBy(SubscriptionPeriod, { paymentId });
  const plan = payment.plan!;
  const months = cycleMonths(plan);
  const kind = purpose === 'renewal' ? 'renewal' : 'upgrade';
  const start = kind === 'renewal' ? from.currentPeriodEnd! : createdAt;
  const end = kind === 'renewal' ? endOfPeriod(anchorOf(from)!, start, months) : addMonths(start, months);
  const discountFen = plan.priceFen - creditFen - accountCreditFen - amountFen;
  const sums = { priceFen: plan.priceFen, discountFen, creditFen, accountCreditFen };
  const period = paid ? periodOf(paid) : { start, end };
  return offerOf(kind, from, plan, period, createdAt, { ...sums, amountFen, surplusFen: 0 });
}

/** A renewal that needed no channel: its period has the operation's id. */
async function extended(manager: EntityManager, periodId: string): Promise<ChangeOffer | null> {
  const period = await manager.findOne(SubscriptionPeriod, {
    where: { id: periodId },
    relations: { plan: { quotas: true } },
  });
  if (!period) return null;
  const from = await findSubscription(manager, period.subscriptionId);
  const quote = await quoteFrom(manager, period, period.plan!.priceFen);
  return offerOf('renewal', from, period.plan!, periodOf(period), period.createdAt, quote);
}

/** A change that needed no channel: its subscription has the operation's id. */
async function switched(manager: EntityManager, id: string): Promise<ChangeOffer | null> {
  const to = await manager.findOne(Subscription, { where: { id }, relations: { plan: { quotas: true } } });
  if (!to?.startedAt) return null;
  const { accountId, startedAt, plan } = to;
  const former = await manager.findOneOrFail(Subscription, {
    where: { accountId, endedAt: startedAt, status: In(['replaced', 'expired']), id: Not(id) },
    relations: { plan: { quotas: true }, scheduledPlan: { quotas: true } },
  });
  const first = { subscriptionId: id, startsAt: startedAt };
  const period = await manager.findOneBy(SubscriptionPeriod, first);
  const kind = period || !former.currentPeriodEnd ? 'upgrade' : 'downgrade';
  const quote = period ? await quoteFrom(manager, period, plan.priceFen) : quoteOf(0, 0, 0, 0);
  return offerOf(kind, former, plan, period && periodOf(period), startedAt, quote);
}

/** How a price was met without a channel, by what moved for the period. */
async function quoteFrom(
  manager: EntityManager,
  { id: periodId, worthFen }: SubscriptionPeriod,
  priceFen: number,
): Promise<Quote> {
  const movedFen = (await manager.sum(AccountCredit, 'amountFen', { periodId })) ?? 0;
  return quoteOf(priceFen, priceFen - worthFen, worthFen + movedFen, Math.max(0, -movedFen));
}

function periodOf({ startsAt: start, endsAt: end }: SubscriptionPeriod): Period {
  return { start, end };
}

function offerOf(
  kind: ChangeKind,
  from: Subscription,
  plan: SubscriptionPlan,
  period: Period | null,
  at: Date,
  quote: Quote,
): ChangeOffer {
  const effectiveAt = period && period.start > at ? period.start : at;
  return { kind, from, plan, period, effectiveAt, at, quote, discount: null };
}
