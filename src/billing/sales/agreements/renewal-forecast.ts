import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';
import { AgreementChannels } from './agreement-channels.js';
import { isBarred, wasPaid } from './charge-conditions.js';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';

/** Says beforehand what `RenewalOrders` will do, if nothing changes until then. */
@Injectable()
export class RenewalForecast {
  constructor(private readonly channels: AgreementChannels) {}

  /**
   * @param subscription one that is reminded of its end, or has come to it
   * @param hasEnded whether the paid time is over: then it is tried again only within a grace, which neither a trial has
   *   nor what was canceled
   * @returns the plan whose next period will be charged by agreement; null where nothing will
   */
  async planToBeCharged(
    manager: EntityManager,
    subscription: Subscription,
    hasEnded: boolean,
  ): Promise<SubscriptionPlan | null> {
    const { accountId, currentPeriodEnd, inForceUntil, scheduledPlan, plan } = subscription;
    if (hasEnded && inForceUntil! <= currentPeriodEnd!) return null;
    const agreement = {
      accountId,
      status: 'active',
      endRequestedAt: IsNull(),
      provider: In(this.channels.names),
    } as const;
    if (!(await manager.existsBy(PaymentAgreement, agreement))) return null;
    if ((await isBarred(manager, accountId)) || (await wasPaid(manager, subscription))) return null;
    return scheduledPlan ?? plan;
  }
}
