import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BillingListeners, type BillingListener } from '../../billing/ledger/listeners/billing-listeners.js';
import type { Topup } from '../../billing/ledger/records/topup.entity.js';
import { QuotaGrants } from './quota-grants.js';

/** Turns top-ups into balances, inside billing's own transactions. */
@Injectable()
export class TopupBalances implements BillingListener, OnModuleInit {
  constructor(
    private readonly listeners: BillingListeners,
    private readonly grants: QuotaGrants,
  ) {}

  onModuleInit(): void {
    this.listeners.add(this);
  }

  async onTopupPaid(manager: EntityManager, topup: Topup, at: Date): Promise<void> {
    const { id: grantId, accountId, quotaType, amount, validUntil } = topup;
    const grant = { grantId, accountId, kind: 'topup', quotaType, amount } as const;
    await this.grants.enter(manager, { ...grant, validFrom: at, validUntil: validUntil! });
  }

  onTopupTakenBack(manager: EntityManager, topup: Topup, at: Date): Promise<void> {
    return this.grants.end(manager, topup.id, at);
  }
}
