import type { Checkout, Payment, Plan, Refund, Subscription } from './answers.js';
import type { Client } from './client.js';
import { assert } from './demo-error.js';
import { label, step } from './print.js';
import { quotaOf, used } from './quota.js';
import type { Stage } from './stage.js';

const SETTLED_WITHIN_MS = 20_000;

export async function buy(stage: Stage, user: Client, plan: Plan): Promise<Checkout['payment']> {
  const body = { planCode: plan.code, provider: stage.provider };
  const { subscription, payment } = (await user.post<Checkout>('/subscriptions', { body, expect: 201 })).body;
  assert(subscription.status === 'pending', `the subscription is ${subscription.status} before it is paid`);
  step(
    `Buy ${label(plan)}`,
    `${payment.amount} ${payment.currency} by ${stage.provider}`,
    `order ${payment.orderId}`,
  );
  return payment;
}

/** As the buyer: opens the link (Alipay) or what the scanned code says (WeChat), then pays. */
export async function payAtCashier(
  user: Client,
  anyone: Client,
  payment: Checkout['payment'],
): Promise<Payment> {
  const link = payment.paymentUrl ?? payment.qrCode;
  assert(link !== null, 'the payment has neither a paymentUrl nor a qrCode');
  const page = await fetch(link);
  await page.body?.cancel();
  assert(page.ok, `the cashier at ${page.url} answered ${page.status}`);
  await anyone.post(`/sandbox/payments/${payment.orderId}/pay`, { expect: 204 });
  const paid = await untilStatus(user, payment.orderId, 'paid');
  step('Pay at the cashier', new URL(page.url).pathname, `paid, channel's number ${paid.providerTradeNo}`);
  return paid;
}

/**
 * @param alongUsed the units that go along: of a plan that was changed, or whose money went back
 * @throws DemoError where the plan isn't in force, or does not begin with its quota
 */
export async function showSubscription(user: Client, plan: Plan, alongUsed = 0): Promise<void> {
  const subscription = (await user.get<Subscription>('/subscriptions/current')).body;
  assert(
    subscription.plan.code === plan.code,
    `the plan in force is ${subscription.plan.code}, not ${plan.code}`,
  );
  const quota = await quotaOf(user);
  assert(quota.used === alongUsed, `the new plan begins with ${quota.used} used`);
  step('Subscribed', `${label(subscription.plan)} until ${subscription.currentPeriodEnd}`, used(quota));
}

export async function refund(admin: Client, user: Client, { orderId }: Payment): Promise<void> {
  const body = { reason: 'bought by mistake' };
  const made = (await admin.post<Refund>(`/payments/${orderId}/refunds`, { body, expect: 201 })).body;
  const payment = await untilStatus(user, orderId, 'refunded');
  step('Refund (administrator)', `${made.amount} returned`, `the payment is ${payment.status}`);
}

async function untilStatus(user: Client, orderId: string, status: 'paid' | 'refunded'): Promise<Payment> {
  const before = status === 'paid' ? 'pending' : 'paid';
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const payment = (await user.get<Payment>(`/payments/${orderId}`)).body;
    if (payment.status === status) return payment;
    assert(payment.status === before && Date.now() < deadline, `the payment is still ${payment.status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
