import type { EntityManager } from 'typeorm';
import { PaymentRefund } from '../records/payment-refund.entity.js';
import { Order } from '../records/order.entity.js';

/**
 * Counts anew what of a payment is on its way back, after each change of one of its refunds. Inside the caller's
 * transaction, with the payment's row locked.
 */
export async function countPendingRefunds(manager: EntityManager, payment: Order): Promise<void> {
  const { id: paymentId } = payment;
  const fen = await manager.sum(PaymentRefund, 'amountFen', { paymentId, status: 'pending' });
  payment.refundPendingFen = fen ?? 0;
  const { refundPendingFen } = payment;
  await manager.update(Order, { id: paymentId }, { refundPendingFen });
}
