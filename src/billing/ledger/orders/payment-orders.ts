import { randomUUID } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import type { Subscription } from '../records/subscription.entity.js';
import { nextPaymentCheck } from './check-schedule.js';
import { Order, type PaymentPurpose } from '../records/order.entity.js';

/** 32 hexadecimal characters: what both channels take as `out_trade_no` (a UUID with its dashes is too long). */
function newOrderId(): string {
  return randomUUID().replaceAll('-', '');
}

export interface NewOrder {
  /** The payment's id, made by the caller where a second run of the request has to find the first one's. */
  id?: string;
  accountId: string;
  userId: string;
  purpose: PaymentPurpose;
  amountFen: number;
  currency: string;
  /** What the buyer reads at the channel. */
  subject: string;
  /** Null for a top-up only. */
  subscription: Subscription | null;
  /** Null for a top-up only. */
  plan: SubscriptionPlan | null;
  provider: string;
  method: string | null;
  now: Date;
  expiresAt: Date;
}

/** Writes down an order. The channel hears of it only after this is committed. */
export async function insertOrder(manager: EntityManager, order: NewOrder): Promise<Order> {
  const { id = uuid(), subscription, plan, now, expiresAt, ...facts } = order;
  const times = { createdAt: now, expiresAt, closedAt: null };
  return manager.save(
    manager.create(Order, {
      id,
      orderId: newOrderId(),
      ...facts,
      planId: plan?.id ?? null,
      plan,
      subscriptionId: subscription?.id ?? null,
      status: 'pending',
      refundedFen: 0,
      refundPendingFen: 0,
      checkAt: nextPaymentCheck({ status: 'pending', ...times }, now),
      ...times,
    }),
  );
}

/** Reads an order and holds its row until the transaction ends. Lock order: payment, then account. */
export async function lockOrder(manager: EntityManager, orderId: string): Promise<Order | null> {
  const locked = await manager.findOne(Order, {
    where: { orderId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!locked) return null;
  return manager.findOneOrFail(Order, {
    where: { orderId },
    relations: { plan: { quotas: true } },
  });
}
