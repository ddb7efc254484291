import type { DataSource } from 'typeorm';
import { inTransaction } from '../../database/transaction.js';
import { lockOrder } from '../payments/payment-orders.js';
import { paymentTransitions } from '../payments/payment-status.js';
import type { SubscriptionLifecycle } from '../subscriptions/subscription-lifecycle.js';
import { Subscription } from '../subscriptions/subscription.entity.js';

/** An order that its channel certainly refused to open: nobody can pay it. */
export async function abandonRefused(
  dataSource: DataSource,
  lifecycle: SubscriptionLifecycle,
  orderId: string,
  now: Date,
): Promise<void> {
  await inTransaction(dataSource, async (manager) => {
    const payment = await lockOrder(manager, orderId);
    if (payment?.status !== 'pending') return;
    payment.status = paymentTransitions.move(payment.status, 'failed');
    payment.closedAt = now;
    await manager.save(payment);
    await lifecycle.lockAccount(manager, payment.accountId);
    const subscription = await manager.findOneByOrFail(Subscription, { id: payment.subscriptionId });
    if (subscription.status === 'pending') await lifecycle.end(manager, subscription, 'abandoned', now);
  });
}
