import type { EntityManager } from 'typeorm';
import { Problem } from '../../../problems/problem.js';
import type { SubscriptionPeriod } from '../records/subscription-period.entity.js';
import type { Subscription } from '../records/subscription.entity.js';
import { schedule } from './subscription-lifecycle.js';
import { standingPeriods } from './subscription-periods.js';

/** The next period of another plan than the present one that is paid already; null for none. */
export async function paidAhead(
  manager: EntityManager,
  { id, plan }: Subscription,
  now: Date,
): Promise<SubscriptionPeriod | null> {
  const periods = await standingPeriods(manager, id);
  return periods.find((period) => period.startsAt > now && period.plan!.code !== plan.code) ?? null;
}

/**
 * Takes back a cancellation at the period's end, or the plan that is scheduled, in the caller's transaction with the
 * account locked; to be saved by `reschedule`. A plan that is paid ahead stays scheduled.
 *
 * @throws Problem PERIOD_PAID_AHEAD where nothing but a plan that is paid ahead is scheduled
 */
export async function takeBackSchedule(
  manager: EntityManager,
  subscription: Subscription,
  now: Date,
): Promise<void> {
  const ahead = await paidAhead(manager, subscription, now);
  const { cancelAtPeriodEnd, scheduledPlan } = subscription;
  if (ahead && !cancelAtPeriodEnd && (!scheduledPlan || scheduledPlan.code === ahead.plan!.code))
    throw periodPaidAhead(ahead);
  subscription.cancelAtPeriodEnd = false;
  schedule(subscription, ahead?.plan ?? null);
}

function periodPaidAhead({ plan, payment, startsAt }: SubscriptionPeriod): Problem {
  const orderId = payment?.orderId ?? null;
  return new Problem('PERIOD_PAID_AHEAD', {
    params: { planCode: plan!.code, orderId: orderId ?? '-', startsAt: startsAt.toISOString() },
    extensions: { orderId },
  });
}
