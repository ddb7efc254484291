import { Like, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';

/** Begins the number of a refund that the channel told the sum of, and not the number. */
const KNOWN_BY_SUM = 'unnumbered-';

export const unnumbered = (): string => `${KNOWN_BY_SUM}${uuid().replaceAll('-', '')}`;

type Part = Pick<PaymentRefund, 'paymentId' | 'amountFen'>;

/** The smallest sum of a payment's that a refund of so much may be in. Null: none is. */
export function sumWith(
  manager: EntityManager,
  { paymentId, amountFen }: Part,
): Promise<PaymentRefund | null> {
  return manager.findOne(PaymentRefund, {
    where: { paymentId, refundNo: Like(`${KNOWN_BY_SUM}%`), amountFen: MoreThanOrEqual(amountFen) },
    order: { amountFen: 'ASC' },
  });
}

/**
 * Takes a refund that has a row of its own out of the sum that counted it too. What the payment has refunded in all
 * stays the same.
 *
 * @returns whether a sum had counted it
 */
export async function takeFromSum(manager: EntityManager, part: Part): Promise<boolean> {
  const sum = await sumWith(manager, part);
  if (!sum) return false;
  const restFen = sum.amountFen - part.amountFen;
  await (restFen === 0
    ? manager.delete(PaymentRefund, { id: sum.id })
    : manager.update(PaymentRefund, { id: sum.id }, { amountFen: restFen }));
  return true;
}
