import { In, type EntityManager } from 'typeorm';
import { PaymentTransaction } from '../../ledger/records/payment-transaction.entity.js';

/** An account's renewals and changes that still wait for their money. */
export function pendingChanges(manager: EntityManager, accountId: string): Promise<PaymentTransaction[]> {
  return manager.find(PaymentTransaction, {
    where: { accountId, status: 'pending', purpose: In(['renewal', 'change']) },
    relations: { plan: true },
  });
}
