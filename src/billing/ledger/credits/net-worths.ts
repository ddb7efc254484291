import { In, type EntityManager } from 'typeorm';
import { PaymentRefund } from '../records/payment-refund.entity.js';
import type { SubscriptionPeriod } from '../records/subscription-period.entity.js';

/** The periods with what they are still worth: what went back, or is about to, is worth nothing any more. */
export async function netWorths(
  manager: EntityManager,
  periods: readonly SubscriptionPeriod[],
): Promise<SubscriptionPeriod[]> {
  const paymentIds = periods.flatMap(({ paymentId }) => paymentId ?? []);
  const refunds = await manager.findBy(PaymentRefund, {
    paymentId: In(paymentIds),
    status: In(['pending', 'succeeded']),
  });
  return periods.map((period) => {
    const refundedFen = refunds
      .filter(({ paymentId }) => paymentId === period.paymentId)
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
    return { ...period, worthFen: Math.max(0, period.worthFen - refundedFen) };
  });
}
