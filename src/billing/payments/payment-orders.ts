import { randomUUID } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import type { SubscriptionPlan } from '../plans/subscription-plan.entity.js';
import type { Subscription } from '../subscriptions/subscription.entity.js';
import { nextPaymentCheck } from '../checks/check-schedule.js';
import { PaymentTransaction } from './payment-transaction.entity.js';

/** 32 hexadecimal characters: what both channels take as `out_trade_no` (a UUID with its dashes is too long). */
function newOrderId(): string {
  return randomUUID().replaceAll('-', '');
}

/** Writes down an order for a plan. The channel hears of it only after this is committed. */
export async function insertOrder(
  manager: EntityManager,
  order: {
    subscription: Subscription;
    plan: SubscriptionPlan;
    userId: string;
    provider: string;
    method: string | null;
    now: Date;
    expiresAt: Date;
  },
): Promise<PaymentTransaction> {
  const { subscription, plan, now, expiresAt } = order;
  const times = { createdAt: now, expiresAt, closedAt: null };
  return manager.save(
    manager.create(PaymentTransaction, {
      id: uuid(),
      orderId: newOrderId(),
      accountId: subscription.accountId,
      userId: order.userId,
      provider: order.provider,
      purpose: 'subscription',
      planId: plan.id,
      plan,
      subscriptionId: subscription.id,
      amountFen: plan.priceFen,
      currency: plan.currency,
      status: 'pending',
      method: order.method,
      refundedFen: 0,
      checkAt: nextPaymentCheck({ status: 'pending', ...times }, now),
      ...times,
    }),
  );
}

/** Reads an order and holds its row until the transaction ends. Lock order: payment, then account. */
export async function lockOrder(manager: EntityManager, orderId: string): Promise<PaymentTransaction | null> {
  const locked = await manager.findOne(PaymentTransaction, {
    where: { orderId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!locked) return null;
  return manager.findOneOrFail(PaymentTransaction, {
    where: { orderId },
    relations: { plan: { quotas: true } },
  });
}
