import type { EntityManager } from 'typeorm';
import { SubscriptionPeriod } from '../records/subscription-period.entity.js';

/** What of a payment was credited towards another plan, and to which period of it. */
export interface CreditedMoney {
  fen: number;
  to: SubscriptionPeriod;
}

/** @returns null where nothing was, or the other plan's own payment went back, and the credit with it. */
export async function creditedMoney(
  manager: EntityManager,
  paymentId: string,
): Promise<CreditedMoney | null> {
  const period = await manager.findOneBy(SubscriptionPeriod, { paymentId });
  if (!period?.carriedTo) return null;
  const target = { where: { id: period.carriedTo }, relations: { payment: true } };
  const to = await manager.findOneOrFail(SubscriptionPeriod, target);
  return to.payment?.status === 'refunded' ? null : { fen: period.carriedFen, to };
}
