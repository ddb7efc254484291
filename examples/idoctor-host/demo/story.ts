import { randomUUID } from 'node:crypto';
import type {
  Checkout,
  List,
  Payment,
  Plan,
  Quota,
  Refund,
  SignedIn,
  Subscription,
  Usage,
} from './answers.js';
import { processInBackground } from './background.js';
import { Client } from './client.js';
import { DemoError } from './demo-error.js';
import { detail, number, step } from './print.js';
import { type Sample, brainStudy, broken, transferSyntaxStudies } from './samples.js';
import { sendStudy } from './imaging.js';

export interface Stage {
  /** The stand-alone commercial service. */
  serviceUrl: string;
  hostUrl: string;
  provider: 'alipay' | 'wechat';
  admin: { email: string; password: string };
}

const QUOTA_TYPE = 'processing_count';
const PAID_WITHIN_MS = 20_000;

function assert(holds: boolean, message: string): asserts holds {
  if (!holds) throw new DemoError(message);
}

function label({ name, code }: { name: string; code: string }): string {
  return `${name} (${code})`;
}

async function quotaOf(user: Client): Promise<Quota> {
  const { body } = await user.get<{ items: Quota[] }>('/quota');
  const quota = body.items.find(({ quotaType }) => quotaType === QUOTA_TYPE);
  assert(quota !== undefined, `GET /quota names no ${QUOTA_TYPE}`);
  return quota;
}

function used({ used: count, limit }: Quota): string {
  return `${number(count)} of ${number(limit)} used`;
}

async function showPlans(anyone: Client): Promise<Plan[]> {
  const { items } = (await anyone.get<{ items: Plan[] }>('/plans')).body;
  const [first, ...rest] = items.map((plan) => {
    const limit = plan.quotas.find(({ quotaType }) => quotaType === QUOTA_TYPE)?.quotaLimit ?? 0;
    return `${label(plan)}: ${plan.price} ${plan.currency} ${plan.billingCycle}, ${number(limit)} studies a month`;
  });
  step('Plans', first ?? '', ...rest);
  return items;
}

async function register({ serviceUrl }: Stage, anyone: Client): Promise<{ user: Client; token: string }> {
  const email = `doctor-${randomUUID().slice(0, 8)}@example.com`;
  const password = `${randomUUID()}-A1`;
  const { body } = await anyone.post<SignedIn>('/auth/register', { body: { email, password }, expect: 201 });
  const user = new Client(serviceUrl, body.accessToken);
  const { plan } = (await user.get<Subscription>('/subscriptions/current')).body;
  step('Register', email, `starts on ${label(plan)}, ${used(await quotaOf(user))}`);
  return { user, token: body.accessToken };
}

async function useUpFreePlan(stage: Stage, user: Client, token: string, brain: Sample): Promise<void> {
  const { limit } = await quotaOf(user);
  step(`Process ${limit} studies`, `${brain.files.length} MR slices each, on the host`);
  for (let count = 1; count <= limit; count += 1) {
    const { summary, remaining } = await sendStudy(stage.hostUrl, token, brain, count);
    assert(remaining === limit - count, `study ${count} left ${remaining} of ${limit}`);
    detail(`${count}/${limit}`, summary);
  }
}

async function beRefused(
  stage: Stage,
  token: string,
  brain: Sample,
  code: string,
  title: string,
): Promise<void> {
  const { problem } = await sendStudy(stage.hostUrl, token, brain, 11, 402);
  assert(problem?.code === code, `the refusal is ${problem?.code}, not ${code}`);
  step(title, `402 ${problem.code}`, problem.detail);
}

async function buy(stage: Stage, user: Client, plan: Plan): Promise<Checkout['payment']> {
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
async function payAtCashier(user: Client, anyone: Client, payment: Checkout['payment']): Promise<Payment> {
  const link = payment.paymentUrl ?? payment.qrCode;
  assert(link !== null, 'the payment has neither a paymentUrl nor a qrCode');
  const page = await fetch(link);
  await page.body?.cancel();
  assert(page.ok, `the cashier at ${page.url} answered ${page.status}`);
  await anyone.post(`/sandbox/payments/${payment.orderId}/pay`, { expect: 204 });
  const paid = await untilPaid(user, payment.orderId);
  step('Pay at the cashier', new URL(page.url).pathname, `paid, channel's number ${paid.providerTradeNo}`);
  return paid;
}

async function untilPaid(user: Client, orderId: string): Promise<Payment> {
  const deadline = Date.now() + PAID_WITHIN_MS;
  for (;;) {
    const payment = (await user.get<Payment>(`/payments/${orderId}`)).body;
    if (payment.status === 'paid') return payment;
    assert(payment.status === 'pending' && Date.now() < deadline, `the payment is still ${payment.status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function showSubscription(user: Client, plan: Plan): Promise<void> {
  const subscription = (await user.get<Subscription>('/subscriptions/current')).body;
  assert(
    subscription.plan.code === plan.code,
    `the plan in force is ${subscription.plan.code}, not ${plan.code}`,
  );
  const quota = await quotaOf(user);
  assert(quota.used === 0, `the new plan begins with ${quota.used} used`);
  step('Subscribed', `${label(subscription.plan)} until ${subscription.currentPeriodEnd}`, used(quota));
}

async function goOn(stage: Stage, user: Client, token: string): Promise<void> {
  const samples = await transferSyntaxStudies();
  step('Go on', 'one study for each transfer syntax');
  for (const [index, sample] of samples.entries()) {
    const { summary } = await sendStudy(stage.hostUrl, token, sample, index + 1);
    detail(sample.name, summary);
  }
  const quota = await quotaOf(user);
  assert(quota.used === samples.length, `${samples.length} studies count as ${quota.used}`);
  detail('', used(quota));
}

async function workInBackground(stage: Stage, user: Client, token: string, brain: Sample): Promise<void> {
  const before = await quotaOf(user);
  const { priority, remainingWhileHeld, cost } = await processInBackground(stage.hostUrl, token, brain);
  const after = await quotaOf(user);
  assert(after.used === before.used + cost, `a job of ${cost} made ${after.used} of ${before.used}`);
  step(
    'In the background',
    `202, ${before.remaining - remainingWhileHeld} held, in a queue by the plan's priority: ${priority}`,
    `done, and ${cost} taken: ${used(after)}`,
  );
}

async function sendBroken(stage: Stage, user: Client, token: string, brain: Sample): Promise<void> {
  const before = await quotaOf(user);
  const { problem } = await sendStudy(stage.hostUrl, token, broken(brain), 12, 422);
  const after = await quotaOf(user);
  assert(after.used === before.used, `a refused study counts: ${before.used} became ${after.used}`);
  step('A broken file', `422 ${problem?.code}: ${problem?.detail}`, `the quota is back: ${used(after)}`);
}

async function refund(stage: Stage, anyone: Client, user: Client, { orderId }: Payment): Promise<void> {
  const signedIn = (await anyone.post<SignedIn>('/auth/login', { body: stage.admin, expect: 200 })).body;
  const admin = new Client(stage.serviceUrl, signedIn.accessToken);
  const body = { reason: 'the demonstration is over' };
  const made = (await admin.post<Refund>(`/payments/${orderId}/refunds`, { body, expect: 201 })).body;
  const payment = await untilRefunded(user, orderId);
  step('Refund (administrator)', `${made.amount} returned`, `the payment is ${payment.status}`);
}

async function untilRefunded(user: Client, orderId: string): Promise<Payment> {
  const deadline = Date.now() + PAID_WITHIN_MS;
  for (;;) {
    const payment = (await user.get<Payment>(`/payments/${orderId}`)).body;
    if (payment.status === 'refunded') return payment;
    assert(Date.now() < deadline, `the payment is still ${payment.status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function showEnd(user: Client): Promise<void> {
  const payments = (await user.get<List<Payment>>('/payments')).body.items;
  const usage = (await user.get<List<Usage>>('/usage?limit=100')).body.items;
  const count = (status: string) => usage.filter((each) => each.status === status).length;
  step(
    'In the end',
    ...payments.map(
      ({ provider, amount, status, refundedAmount }) =>
        `${provider} ${amount}: ${status}, ${refundedAmount} returned`,
    ),
    `studies: ${count('consumed')} processed, ${count('released')} refused and given back`,
  );
}

/**
 * The whole commercial loop, as one user lives it.
 * @throws DemoError where a step does not go as it must
 */
export async function tellStory(stage: Stage): Promise<void> {
  const anyone = new Client(stage.serviceUrl);
  const brain = await brainStudy();
  const plans = await showPlans(anyone);
  const pro = plans.find(({ code }) => code === 'pro');
  assert(pro !== undefined, 'GET /plans lists no plan "pro"');
  const { user, token } = await register(stage, anyone);
  await useUpFreePlan(stage, user, token, brain);
  await beRefused(stage, token, brain, 'QUOTA_EXCEEDED', 'One more');
  const payment = await payAtCashier(user, anyone, await buy(stage, user, pro));
  await showSubscription(user, pro);
  await goOn(stage, user, token);
  await workInBackground(stage, user, token, brain);
  await sendBroken(stage, user, token, brain);
  await refund(stage, anyone, user, payment);
  await beRefused(stage, token, brain, 'SUBSCRIPTION_REQUIRED', 'One more after it');
  await showEnd(user);
}
