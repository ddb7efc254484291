import { LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { BillingListener } from '../../src/billing/billing-listeners.js';
import type { Subscription } from '../../src/billing/subscriptions/subscription.entity.js';
import { Problem } from '../../src/problems/problem.js';
import { quotaPeriod } from '../../src/quota/balances/period-balances.js';
import { QuotaBalance } from '../../src/quota/balances/quota-balance.entity.js';

const QUOTA_TYPE = 'processing_count';

/** The quota's side of the book: balances by the quota's own periods. (Its debits are SQL, and `--database` runs those.) */
export class BookBalances implements BillingListener {
  async onSubscriptionActivated(manager: EntityManager, subscription: Subscription, at: Date): Promise<void> {
    const { id: subscriptionId, accountId, plan } = subscription;
    const { start: validFrom, end: validUntil } = quotaPeriod(subscription, at);
    for (const { quotaType, quotaLimit: granted, overageCap } of plan.quotas) {
      if (await manager.existsBy(QuotaBalance, { subscriptionId, quotaType, validFrom })) continue;
      const times = { validFrom, validUntil, createdAt: at };
      const whose = { id: uuid(), accountId, subscriptionId };
      await manager.insert(QuotaBalance, { ...whose, quotaType, granted, overageCap, ...times });
    }
  }

  async onSubscriptionRescheduled(
    manager: EntityManager,
    subscription: Subscription,
    at: Date,
  ): Promise<void> {
    const { start: validFrom, end: validUntil } = quotaPeriod(subscription, at);
    await manager.update(QuotaBalance, { subscriptionId: subscription.id, validFrom }, { validUntil });
  }

  async onSubscriptionEnded(
    manager: EntityManager,
    { id: subscriptionId }: Subscription,
    at: Date,
  ): Promise<void> {
    const open = await manager.findBy(QuotaBalance, { subscriptionId, validUntil: MoreThan(at) });
    for (const { id, validFrom } of open) {
      await manager.update(QuotaBalance, { id }, { validUntil: validFrom > at ? validFrom : at });
    }
  }

  /** @param live what is in force now. @throws Problem QUOTA_EXCEEDED */
  async use(manager: EntityManager, live: Subscription, cost: number, now: Date): Promise<void> {
    await this.onSubscriptionActivated(manager, live, now);
    const balance = await manager.findOneByOrFail(QuotaBalance, {
      accountId: live.accountId,
      quotaType: QUOTA_TYPE,
      validFrom: LessThanOrEqual(now),
      validUntil: MoreThan(now),
    });
    const used = balance.used + cost;
    if (used > balance.granted + balance.overageCap) throw new Problem('QUOTA_EXCEEDED');
    await manager.update(QuotaBalance, { id: balance.id }, { used });
  }
}
