import { IsNull, type EntityManager } from 'typeorm';
import { PaymentAgreement } from './payment-agreement.entity.js';

/** Whether the account's renewals are charged without its doing: an agreement is signed, and nobody has ended it. */
export function isChargedByAgreement(manager: EntityManager, accountId: string): Promise<boolean> {
  return manager.existsBy(PaymentAgreement, { accountId, status: 'active', endRequestedAt: IsNull() });
}
