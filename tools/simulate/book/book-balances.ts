import { LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { BillingListener } from '../../../src/billing/ledger/listeners/billing-listeners.js';
import type { Subscription } from '../../../src/billing/ledger/records/subscription.entity.js';
import type { Topup } from '../../../src/billing/ledger/records/topup.entity.js';
import { Problem } from '../../../src/problems/problem.js';
import { quotaPeriod } from '../../../src/quota/balances/period-balances.js';
import { QuotaBalance } from '../../../src/quota/balances/quota-balance.entity.js';

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

  async onTopupPaid(manager: EntityManager, topup: Topup, at: Date): Promise<void> {
    const { id, accountId, quotaType, amount: granted, validUntil } = topup;
    const times = { validFrom: at, validUntil: validUntil!, createdAt: at };
    await manager.insert(QuotaBalance, { id, accountId, kind: 'topup', quotaType, granted, ...times });
  }

  async onTopupTakenBack(manager: EntityManager, { id }: Topup, at: Date): Promise<void> {
    await manager.update(QuotaBalance, { id, validUntil: MoreThan(at) }, { validUntil: at });
  }

  /** What expires first is used first. @param live what is in force now. @throws Problem QUOTA_EXCEEDED */
  async use(manager: EntityManager, live: Subscription, cost: number, now: Date): Promise<void> {
    await this.onSubscriptionActivated(manager, live, now);
    const open = await manager.find(QuotaBalance, {
      where: {
        accountId: live.accountId,
        quotaType: QUOTA_TYPE,
        validFrom: LessThanOrEqual(now),
        validUntil: MoreThan(now),
      },
      order: { validUntil: 'ASC', createdAt: 'ASC' },
    });
    let rest = cost;
    for (const { id, used, granted, overageCap } of open) {
      const drawn = Math.min(rest, granted + overageCap - used);
      rest -= drawn;
      await manager.update(QuotaBalance, { id }, { used: used + drawn });
    }
    if (rest > 0) throw new Problem('QUOTA_EXCEEDED');
  }
}
