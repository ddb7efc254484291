import type { PaymentObservation } from '../../../providers/payment-observation.js';
import type { Order } from '../records/order.entity.js';

/**
 * Checks what a channel says against the order. The signature, the app and the merchant or seller are the provider's
 * to check; here it is the channel, the order's number, the amount and the currency.
 *
 * @returns what doesn't fit; null where everything does
 */
export function observationMismatch(
  payment: Order,
  provider: string,
  observation: PaymentObservation,
): string | null {
  if (payment.provider !== provider) return `the order belongs to ${payment.provider}, not to ${provider}`;
  if (observation.outcome !== 'paid' && observation.outcome !== 'refunded') return null;
  const { trade } = observation;
  if (trade.orderId !== payment.orderId) return `it speaks of order ${trade.orderId}`;
  if (trade.amountFen !== payment.amountFen)
    return `its amount is ${trade.amountFen} fen, the order's ${payment.amountFen}`;
  if (trade.currency !== payment.currency)
    return `its currency is ${trade.currency}, the order's ${payment.currency}`;
  return null;
}
