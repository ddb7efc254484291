import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction } from '../../../database/transaction.js';
import type { Fulfilment } from './fulfilment.service.js';
import { lockOrder } from '../../ledger/orders/payment-orders.js';
import { paymentTransitions } from '../../ledger/records/payment-status.js';
import type { Order } from '../../ledger/records/order.entity.js';

/** An order that its channel certainly refused to open: nobody can pay it. */
export async function abandonRefused(
  dataSource: DataSource,
  fulfilment: Fulfilment,
  orderId: string,
  now: Date,
): Promise<void> {
  await inTransaction(dataSource, (manager) => failOrder(manager, fulfilment, orderId, now));
}

/** As {@link abandonRefused}, in the caller's transaction. @returns null where it wasn't pending any more */
export async function failOrder(
  manager: EntityManager,
  fulfilment: Fulfilment,
  orderId: string,
  now: Date,
): Promise<Order | null> {
  const payment = await lockOrder(manager, orderId);
  if (payment?.status !== 'pending') return null;
  payment.status = paymentTransitions.move(payment.status, 'failed');
  payment.closedAt = now;
  payment.checkAt = null;
  await manager.save(payment);
  await fulfilment.abandon(manager, payment);
  return payment;
}
