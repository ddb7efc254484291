import { In, IsNull, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';

/**
 * Notes that live agreements are to end, in the caller's transaction: from its commit on nothing is charged on them. The
 * channel is told afterwards, and asked until it has ended them.
 */
export async function requestEnd(
  manager: EntityManager,
  which: FindOptionsWhere<PaymentAgreement>,
  at: Date,
): Promise<void> {
  await manager.update(
    PaymentAgreement,
    { ...which, status: In(['pending', 'active']), endRequestedAt: IsNull() },
    { endRequestedAt: at, checkAt: at, chargeAt: null, signUrl: null },
  );
}
