import { In, type EntityManager } from 'typeorm';
import { Order } from '../../ledger/records/order.entity.js';

/** An account's renewals and changes that still wait for their money. */
export function pendingChanges(manager: EntityManager, accountId: string): Promise<Order[]> {
  return manager.find(Order, {
    where: { accountId, status: 'pending', purpose: In(['renewal', 'change']) },
    relations: { plan: true },
  });
}
