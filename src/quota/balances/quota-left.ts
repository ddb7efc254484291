import type { QuotaLeft } from '../../billing/ledger/listeners/billing-listeners.js';
import type { Subscription } from '../../billing/ledger/records/subscription.entity.js';
import { anchorOf } from '../../billing/ledger/subscriptions/trial-time.js';
import { addMonths } from '../../time/periods.js';

/** A balance of the subscription, as far as it tells what is left. */
export interface PeriodBalance {
  quotaType: string;
  granted: number;
  used: number;
  /** What of `used` had been used under another plan. */
  carried: number;
  validFrom: Date;
  validUntil: Date;
}

/**
 * What a paid period gives, and what is left of it: the rest of the present month, and all of the months to come. What
 * was used under another plan in a month of it is neither.
 *
 * @param balances all of the subscription's that count; a month that nobody has touched is whole
 */
export function quotaLeftOf(
  subscription: Subscription,
  balances: readonly PeriodBalance[],
  at: Date,
): QuotaLeft[] {
  const { currentPeriodStart: start, currentPeriodEnd: end, plan } = subscription;
  const anchor = anchorOf(subscription);
  if (!anchor || !start || !end) return [];
  const { months, ahead, isPresent } = monthsOf(anchor, start, end, at);
  return plan.quotas.map(({ quotaType, quotaLimit }) => {
    const own = balances.filter((balance) => balance.quotaType === quotaType);
    const carried = own
      .filter(({ validFrom }) => validFrom >= start && validFrom < end)
      .reduce((sum, balance) => sum + balance.carried, 0);
    const present = own.find(({ validFrom, validUntil }) => validFrom <= at && validUntil > at);
    const rest = present ? Math.max(0, present.granted - present.used) : quotaLimit;
    const total = Math.max(0, months * quotaLimit - carried);
    const left = Math.min(total, ahead * quotaLimit + (isPresent ? rest : 0));
    return { quotaType, total, left, used: present?.used ?? 0 };
  });
}

function monthsOf(anchor: Date, start: Date, end: Date, at: Date) {
  const found = { months: 0, ahead: 0, isPresent: false };
  for (let index = 0; addMonths(anchor, index) < end; index += 1) {
    const month = addMonths(anchor, index);
    if (month < start) continue;
    found.months += 1;
    if (month > at) found.ahead += 1;
    else if (addMonths(anchor, index + 1) > at) found.isPresent = at < end;
  }
  return found;
}
