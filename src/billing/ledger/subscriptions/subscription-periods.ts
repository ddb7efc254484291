import { v7 as uuid } from 'uuid';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { addMonths, type Period } from '../../../time/periods.js';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { SubscriptionPeriod } from '../records/subscription-period.entity.js';
import type { Subscription } from '../records/subscription.entity.js';

/** What a period was bought with. */
export interface Bought {
  /** Null where no channel was needed. */
  paymentId: string | null;
  /** Made by the caller where something else refers to it. */
  periodId?: string;
  /** Money and credit together, in fen. */
  worthFen: number;
  /** When the period ends. Default: a billing cycle after its start. */
  until?: Date;
  /** Whether it was bought by itself, without credit for what was there: its quota begins with nothing used. */
  inFull?: boolean;
}

export const UNPAID: Bought = { paymentId: null, worthFen: 0 };

/** Writes a period into the ledger, in the caller's transaction with the account locked. */
export async function enterPeriod(
  manager: EntityManager,
  subscription: Subscription,
  plan: SubscriptionPlan,
  { start, end }: Period,
  { paymentId, worthFen, periodId = uuid() }: Bought,
  at: Date,
): Promise<void> {
  await manager.insert(SubscriptionPeriod, {
    id: periodId,
    subscriptionId: subscription.id,
    planId: plan.id,
    paymentId,
    startsAt: start,
    endsAt: end,
    endedAt: null,
    worthFen,
    carriedFen: 0,
    carriedTo: null,
    createdAt: at,
  });
}

/** The periods that count in full, the earliest first, with their plans and payments. */
export function standingPeriods(
  manager: EntityManager,
  subscriptionId: string,
): Promise<SubscriptionPeriod[]> {
  return manager.find(SubscriptionPeriod, {
    where: { subscriptionId, endedAt: IsNull() },
    relations: { plan: { quotas: true }, payment: true },
    order: { startsAt: 'ASC' },
  });
}

/** Ends the periods of a subscription that is over at `at`; those to come are emptied. */
export async function endPeriods(manager: EntityManager, subscriptionId: string, at: Date): Promise<void> {
  const cut = await manager.findBy(SubscriptionPeriod, {
    subscriptionId,
    endedAt: IsNull(),
    endsAt: MoreThan(at),
  });
  for (const { id, startsAt } of cut) {
    await manager.update(SubscriptionPeriod, { id }, { endedAt: startsAt > at ? startsAt : at });
  }
}

/**
 * The end of a period that begins at `start`. On a month of the anchor it ends on one too, so that 31 January is
 * followed by 28 February and that by 31 March; else it counts from its own start.
 */
export function endOfPeriod(anchor: Date, start: Date, months: number): Date {
  for (let index = 0; ; index += 1) {
    const month = addMonths(anchor, index);
    if (month > start) return addMonths(start, months);
    if (month.getTime() === start.getTime()) return addMonths(anchor, index + months);
  }
}
