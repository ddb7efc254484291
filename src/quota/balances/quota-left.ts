import type { QuotaLeft } from '../../billing/ledger/listeners/billing-listeners.js';
import type { Subscription } from '../../billing/ledger/records/subscription.entity.js';
import { anchorOf } from '../../billing/ledger/subscriptions/trial-time.js';
import { addMonths } from '../../time/periods.js';

/**
 * What is left of a paid period's quota: the rest of the present month, and all of the months to come.
 *
 * @param present what is left of the present month's balances, by quota type; a type that nobody has touched is whole
 */
export function quotaLeftOf(
  subscription: Subscription,
  present: ReadonlyMap<string, number>,
  at: Date,
): QuotaLeft[] {
  const { currentPeriodStart, currentPeriodEnd, plan } = subscription;
  const anchor = anchorOf(subscription);
  if (!anchor || !currentPeriodStart || !currentPeriodEnd) return [];
  let months = 0;
  let ahead = 0;
  let isPresent = false;
  for (let index = 0; addMonths(anchor, index) < currentPeriodEnd; index += 1) {
    const start = addMonths(anchor, index);
    if (start < currentPeriodStart) continue;
    months += 1;
    if (start > at) ahead += 1;
    else if (addMonths(anchor, index + 1) > at) isPresent = at < currentPeriodEnd;
  }
  return plan.quotas.map(({ quotaType, quotaLimit }) => ({
    quotaType,
    total: months * quotaLimit,
    left: ahead * quotaLimit + (isPresent ? (present.get(quotaType) ?? quotaLimit) : 0),
  }));
}
