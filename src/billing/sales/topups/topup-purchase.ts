import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { OrderFulfilments, type OrderFulfilment } from '../../ledger/orders/order-fulfilment.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { Topup } from '../../ledger/records/topup.entity.js';

const DAY_MS = 86_400_000;

/**
 * What the money for a top-up gives. Paid late it is still worth its whole time, which begins with the payment; so
 * nothing ever stands in its way.
 */
@Injectable()
export class TopupPurchase implements OrderFulfilment, OnModuleInit {
  constructor(
    private readonly fulfilments: OrderFulfilments,
    private readonly listeners: BillingListeners,
  ) {}

  onModuleInit(): void {
    this.fulfilments.register('topup', this);
  }

  async honour(manager: EntityManager, payment: Order, at: Date): Promise<null> {
    const topup = await manager.findOneByOrFail(Topup, { id: payment.id });
    if (topup.grantedAt) return null;
    topup.grantedAt = at;
    topup.validUntil = new Date(at.getTime() + topup.validDays * DAY_MS);
    await manager.save(topup);
    await this.listeners.topupPaid(manager, topup, at);
    return null;
  }

  /** Nothing waits for the money of a top-up. */
  async abandon(): Promise<void> {}

  async takeBack(manager: EntityManager, payment: Order, at: Date): Promise<void> {
    const topup = await manager.findOneByOrFail(Topup, { id: payment.id });
    if (!topup.grantedAt || topup.takenBackAt) return;
    topup.takenBackAt = at;
    await manager.save(topup);
    await this.listeners.topupTakenBack(manager, topup, at);
  }
}
