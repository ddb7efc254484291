import type { Order } from '../../billing/ledger/records/order.entity.js';
import type { Subscription } from '../../billing/ledger/records/subscription.entity.js';
import { yuanFromFen } from '../../money/fen.js';
import type { PaymentData, SubscriptionData } from '../types/event-types.js';

/** The subscription as the outside knows it; it has its plan. */
export function subscriptionData(subscription: Subscription): SubscriptionData {
  const { id, plan, status, currentPeriodStart, currentPeriodEnd, trialEndsAt } = subscription;
  return {
    id,
    planCode: plan.code,
    planName: plan.name,
    status,
    currentPeriodStart: currentPeriodStart?.toISOString() ?? null,
    currentPeriodEnd: currentPeriodEnd?.toISOString() ?? null,
    cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
    trialEndsAt: trialEndsAt?.toISOString() ?? null,
  };
}

/** The order as the outside knows it: without its links, which would let somebody pay it. */
export function paymentData(payment: Order): PaymentData {
  // What isn't bought as a plan has none.
  const plan = payment.plan as Order['plan'] | null | undefined;
  return {
    orderId: payment.orderId,
    provider: payment.provider,
    purpose: payment.purpose,
    planCode: plan?.code ?? null,
    planName: plan?.name ?? null,
    amount: yuanFromFen(payment.amountFen),
    currency: payment.currency,
    status: payment.status,
    refundedAmount: yuanFromFen(payment.refundedFen),
    refundPendingAmount: yuanFromFen(payment.refundPendingFen),
    paidAt: payment.paidAt?.toISOString() ?? null,
  };
}
