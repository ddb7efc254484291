import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { BillingListeners, type BillingListener } from '../../ledger/listeners/billing-listeners.js';
import { isFree } from '../../ledger/subscriptions/subscription-lifecycle.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';
import { CHARGE_LEAD_MS } from './agreement-schedule.js';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';
import { requestEnd } from './request-end.js';

const DAY_MS = 86_400_000;

/** What a subscription's moments mean for its account's agreement. */
@Injectable()
export class AgreementSync implements BillingListener, OnModuleInit {
  constructor(private readonly listeners: BillingListeners) {}

  onModuleInit(): void {
    this.listeners.add(this);
  }

  /** From the last reminder on the renewal is due. One that is tried again already keeps its time. */
  async onSubscriptionExpiring(
    manager: EntityManager,
    { accountId }: Subscription,
    daysLeft: number,
    at: Date,
  ): Promise<void> {
    if (daysLeft * DAY_MS > CHARGE_LEAD_MS) return;
    const idle = { accountId, status: 'active', endRequestedAt: IsNull(), chargeAt: IsNull() } as const;
    await manager.update(PaymentAgreement, idle, { chargeAt: at });
  }

  /** On the way to a free plan there is nothing to charge any more. */
  async onSubscriptionActivated(
    manager: EntityManager,
    { accountId, plan }: Subscription,
    at: Date,
  ): Promise<void> {
    if (isFree(plan)) await requestEnd(manager, { accountId }, at);
  }

  /** A later subscription is another purchase, for which its buyer has signed nothing. */
  async onSubscriptionEnded(
    manager: EntityManager,
    { accountId, status }: Subscription,
    at: Date,
  ): Promise<void> {
    if (status !== 'replaced') await requestEnd(manager, { accountId }, at);
  }
}
