import type { DataSource } from 'typeorm';
import { inTransaction } from '../../database/transaction.js';
import type { Fulfilment } from '../payments/fulfilment.service.js';
import { lockOrder } from '../payments/payment-orders.js';
import { paymentTransitions } from '../payments/payment-status.js';

/** An order that its channel certainly refused to open: nobody can pay it. */
export async function abandonRefused(
  dataSource: DataSource,
  fulfilment: Fulfilment,
  orderId: string,
  now: Date,
): Promise<void> {
  await inTransaction(dataSource, async (manager) => {
    const payment = await lockOrder(manager, orderId);
    if (payment?.status !== 'pending') return;
    payment.status = paymentTransitions.move(payment.status, 'failed');
    payment.closedAt = now;
    payment.checkAt = null;
    await manager.save(payment);
    await fulfilment.abandon(manager, payment);
  });
}
