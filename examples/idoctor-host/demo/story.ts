import { randomUUID } from 'node:crypto';
import type { List, Payment, Plan, SignedIn, Subscription, Usage } from './answers.js';
import { processInBackground } from './background.js';
import { letExpire, renew, upgrade } from './changes.js';
import { Client } from './client.js';
import { assert } from './demo-error.js';
import { sendStudy } from './imaging.js';
import { buy, payAtCashier, refund, showSubscription } from './payments.js';
import { detail, label, number, step } from './print.js';
import { QUOTA_TYPE, quotaOf, used } from './quota.js';
import { type Sample, brainStudy, broken, transferSyntaxStudies } from './samples.js';
import type { Stage } from './stage.js';

async function showPlans(anyone: Client): Promise<Plan[]> {
  const { items } = (await anyone.get<{ items: Plan[] }>('/plans')).body;
  const [first, ...rest] = items.map((plan) => {
    const limit = plan.quotas.find(({ quotaType }) => quotaType === QUOTA_TYPE)?.quotaLimit ?? 0;
    return `${label(plan)}: ${plan.price} ${plan.currency} ${plan.billingCycle}, ${number(limit)} studies a month`;
  });
  step('Plans', first ?? '', ...rest);
  return items;
}

function planOf(plans: Plan[], code: string): Plan {
  const plan = plans.find((each) => each.code === code);
  assert(plan !== undefined, `GET /plans lists no plan "${code}"`);
  return plan;
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

async function signInAdministrator({ serviceUrl, admin }: Stage, anyone: Client): Promise<Client> {
  const { body } = await anyone.post<SignedIn>('/auth/login', { body: admin, expect: 200 });
  return new Client(serviceUrl, body.accessToken);
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
  const [pro, enterprise] = [planOf(plans, 'pro'), planOf(plans, 'enterprise')];
  const { user, token } = await register(stage, anyone);
  await useUpFreePlan(stage, user, token, brain);
  await beRefused(stage, token, brain, 'QUOTA_EXCEEDED', 'One more');
  const payment = await payAtCashier(user, anyone, await buy(stage, user, pro));
  await showSubscription(user, pro);
  await goOn(stage, user, token);
  await workInBackground(stage, user, token, brain);
  await sendBroken(stage, user, token, brain);
  const admin = await signInAdministrator(stage, anyone);
  await refund(admin, user, payment);
  await beRefused(stage, token, brain, 'QUOTA_EXCEEDED', 'One more after it');
  const usedBefore = (await quotaOf(user)).used;
  await payAtCashier(user, anyone, await buy(stage, user, pro));
  await showSubscription(user, pro, usedBefore);
  const cast = { user, anyone, admin };
  await upgrade(stage, cast, enterprise);
  await renew(stage, cast);
  await letExpire(cast);
  await showEnd(user);
}
