import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import { PaymentProviderRegistry } from '../../../providers/payment-provider-registry.js';
import { Clock } from '../../../time/clock.js';
import { ChangeOffers } from '../changes/change-offer.js';
import { ChangesService } from '../changes/changes.service.js';
import { OrderTerms } from '../../ledger/records/order-terms.entity.js';
import { pendingChanges } from '../changes/pending-changes.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { isLeaving } from '../../ledger/subscriptions/due-dates.js';
import { SubscriptionProgress } from '../../ledger/subscriptions/subscription-progress.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';
import { CHARGE_LEAD_MS } from './agreement-schedule.js';
import { isBarred, wasPaid } from './charge-conditions.js';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';

export type RenewalStep =
  /** Stored, and to be charged once this is committed: again where somebody stored it before and may have charged it. */
  | { kind: 'charge'; agreement: PaymentAgreement; order: Order }
  /** Another order is open: look again later. */
  | { kind: 'wait' }
  | { kind: 'nothing_due' };

const NOTHING_DUE = { kind: 'nothing_due' } as const;

/** Writes down the order by which a renewal is charged, where one is due. */
@Injectable()
export class RenewalOrders {
  constructor(
    private readonly clock: Clock,
    private readonly providers: PaymentProviderRegistry,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
    private readonly offers: ChangeOffers,
    private readonly changes: ChangesService,
  ) {}

  /** In the caller's transaction; locks the account. Where the account's credit meets the price, it is renewed at once. */
  async next(manager: EntityManager, agreementId: string): Promise<RenewalStep> {
    const { accountId } = await manager.findOneByOrFail(PaymentAgreement, { id: agreementId });
    await this.lifecycle.lockAccount(manager, accountId);
    const live = await this.progress.catchUp(manager, accountId);
    const agreement = await manager.findOneByOrFail(PaymentAgreement, { id: agreementId });
    if (agreement.status !== 'active' || agreement.endRequestedAt) return NOTHING_DUE;
    if (!live || !this.isDue(live) || (await isBarred(manager, accountId))) return NOTHING_DUE;
    const open = await pendingChanges(manager, accountId);
    if (open.length > 0) return this.standing(manager, agreement, live, open);
    return (await wasPaid(manager, live)) ? NOTHING_DUE : this.place(manager, agreement, live);
  }

  private isDue(live: Subscription): boolean {
    const { currentPeriodEnd: end } = live;
    return end !== null && !isLeaving(live) && end.getTime() - CHARGE_LEAD_MS <= this.clock.now().getTime();
  }

  /** An order of ours that was stored is charged under its number; one that a buyer may be paying just now goes first. */
  private async standing(
    manager: EntityManager,
    agreement: PaymentAgreement,
    { currentPeriodEnd: periodStart }: Subscription,
    [order, ...others]: readonly Order[],
  ): Promise<RenewalStep> {
    // One that has expired is the janitor's to close: only then may another take its place.
    if (!order || others.length > 0 || order.expiresAt <= this.clock.now()) return { kind: 'wait' };
    const terms = { paymentId: order.id, agreementId: agreement.id, periodStart: periodStart! };
    const isOurs = await manager.existsBy(OrderTerms, terms);
    return isOurs ? { kind: 'charge', agreement, order } : { kind: 'wait' };
  }

  private async place(
    manager: EntityManager,
    agreement: PaymentAgreement,
    live: Subscription,
  ): Promise<RenewalStep> {
    const { id: agreementId, accountId, userId } = agreement;
    const periodStart = live.currentPeriodEnd;
    const customer = { id: userId, accountId };
    const request = { planCode: null, couponCode: null };
    const offer = await this.offers.offer(manager, accountId, request, this.clock.now());
    if (offer.quote.amountFen === 0) {
      await this.changes.carryOut(manager, customer, uuid(), offer);
      return NOTHING_DUE;
    }
    const way = { provider: this.providers.find(agreement.provider)!, method: null };
    const { payment: order } = await this.changes.order(manager, customer, way, uuid(), offer);
    await manager.update(OrderTerms, { paymentId: order.id }, { agreementId, periodStart });
    return { kind: 'charge', agreement, order };
  }
}
