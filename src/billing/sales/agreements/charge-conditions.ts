import { IsNull, Not, type EntityManager } from 'typeorm';
import { User } from '../../../auth/identity/users/user.entity.js';
import { OrderTerms } from '../../ledger/records/order-terms.entity.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';

/** Whoever may not sign in isn't charged either. */
export function isBarred(manager: EntityManager, accountId: string): Promise<boolean> {
  return manager.existsBy(User, { personalAccountId: accountId, deactivatedAt: Not(IsNull()) });
}

/** What was charged for a period once isn't charged for it again: where it was refunded, the customer renews by hand. */
export function wasPaid(
  manager: EntityManager,
  { id: fromSubscriptionId, accountId, currentPeriodEnd }: Subscription,
): Promise<boolean> {
  const payment = { accountId, paidAt: Not(IsNull()) };
  return manager.exists(OrderTerms, {
    where: { fromSubscriptionId, periodStart: currentPeriodEnd!, payment },
  });
}
