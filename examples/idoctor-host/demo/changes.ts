import type { Change, ChangeOffer, MovedClock, Plan, QuotaCheck, Subscription } from './answers.js';
import type { Client } from './client.js';
import { assert } from './demo-error.js';
import { payAtCashier, showSubscription } from './payments.js';
import { label, step } from './print.js';
import { quotaOf, used } from './quota.js';
import type { Stage } from './stage.js';

const DAY_MS = 86_400_000;
/** GRACE_DAYS, by default. */
const GRACE_DAYS = 3;

/** Whoever takes part: the buyer, the browser at the cashier, and the administrator, who moves the clock. */
export interface Cast {
  user: Client;
  anyone: Client;
  admin: Client;
}

/** The larger plan after some days of the smaller one, for the difference. */
export async function upgrade(stage: Stage, { user, anyone, admin }: Cast, plan: Plan): Promise<void> {
  const current = await currentOf(user);
  await moveTo(admin, Date.parse(current.currentPeriodStart) + 10 * DAY_MS);
  step('Ten days later', `the administrator has moved the sandbox's clock`);
  const body = { planCode: plan.code, provider: stage.provider };
  const preview = await user.post<ChangeOffer>('/subscriptions/current/change/preview', {
    body,
    expect: 200,
  });
  const offer = preview.body;
  assert(offer.kind === 'upgrade', `the change is shown as a ${offer.kind}`);
  assert(fen(offer.credit) + fen(offer.amount) === fen(plan.price), 'credit and amount are not the price');
  assertProRated(offer, current);
  step(
    'Upgrade',
    label(plan),
    `${offer.price} − ${offer.credit} unused of ${current.plan.code} = ${offer.amount} ${offer.currency}`,
  );
  const { change, payment } = (
    await user.post<Change>('/subscriptions/current/change', { body, expect: 201 })
  ).body;
  assert(payment !== null, 'the upgrade asks for no payment');
  assert(payment.amount === change.amount, `${payment.amount} is to be paid for ${change.amount}`);
  assert(Math.abs(fen(change.amount) - fen(offer.amount)) <= 1, `${offer.amount} became ${change.amount}`);
  assert((await currentOf(user)).plan.code === current.plan.code, 'the larger plan is in force unpaid');
  const { used: alongUsed } = await quotaOf(user);
  await payAtCashier(user, anyone, payment);
  await showSubscription(user, plan, alongUsed);
}

/** One more period, paid before the present one ends. */
export async function renew(stage: Stage, { user, anyone }: Cast): Promise<void> {
  const before = await currentOf(user);
  const body = { provider: stage.provider };
  const { change, payment } = (await user.post<Change>('/subscriptions/current/renew', { body, expect: 201 }))
    .body;
  assert(change.kind === 'renewal' && payment !== null, `the renewal is a ${change.kind}, or free`);
  assert(
    change.periodStart === before.currentPeriodEnd,
    'the new period does not begin where the paid time ends',
  );
  step(`Renew ${label(before.plan)}`, `${payment.amount} ${payment.currency} for one more period`);
  await payAtCashier(user, anyone, payment);
  const { currentPeriodEnd } = await currentOf(user);
  assert(
    currentPeriodEnd === change.periodEnd,
    `the paid time ends ${currentPeriodEnd}, not ${change.periodEnd}`,
  );
  assert(currentPeriodEnd > before.currentPeriodEnd, 'the renewal gave no time');
  step('Renewed', `until ${before.currentPeriodEnd}`, `now   ${currentPeriodEnd}`);
}

/** Nobody pays: the grace, and what comes after it. */
export async function letExpire({ user, admin }: Cast): Promise<void> {
  const paid = await currentOf(user);
  const end = Date.parse(paid.currentPeriodEnd);
  await moveTo(admin, end + DAY_MS);
  const inGrace = await currentOf(user);
  assert(inGrace.plan.code === paid.plan.code, `within the grace the plan is ${inGrace.plan.code}`);
  assert(inGrace.graceUntil !== null, 'the answer does not tell of the grace');
  assert(await mayProcess(user), 'within the grace nothing may be processed');
  step('A day past the end', `still ${label(inGrace.plan)}, in its grace until ${inGrace.graceUntil}`);
  await moveTo(admin, end + (GRACE_DAYS + 1) * DAY_MS);
  const after = await currentOf(user);
  assert(after.plan.code === 'free', `after the grace the plan is ${after.plan.code}`);
  const quota = await quotaOf(user);
  assert(quota.used === 0 && (await mayProcess(user)), 'the free plan does not begin with its quota');
  step('Past the grace', `back on ${label(after.plan)}`, used(quota));
}

async function currentOf(user: Client): Promise<Subscription> {
  return (await user.get<Subscription>('/subscriptions/current')).body;
}

async function mayProcess(user: Client): Promise<boolean> {
  const body = { resourceType: 'dicom_processing' };
  return (await user.post<QuotaCheck>('/quota/check', { body, expect: 200 })).body.allowed;
}

/** Lets business time pass, and everything happen that falls due on the way. */
async function moveTo(admin: Client, moment: number): Promise<void> {
  const body = { now: new Date(moment).toISOString() };
  const moved = (await admin.post<MovedClock>('/sandbox/clock', { body, expect: 200 })).body;
  assert(Date.parse(moved.now) >= moment, `the clock stands at ${moved.now}`);
}

/** By the share of time that is left; the service rounds up to the fen. */
function assertProRated({ credit, effectiveAt }: ChangeOffer, { plan, ...current }: Subscription): void {
  const [start, end] = [Date.parse(current.currentPeriodStart), Date.parse(current.currentPeriodEnd)];
  const expected = (fen(plan.price) * (end - Date.parse(effectiveAt))) / (end - start);
  assert(
    Math.abs(fen(credit) - expected) <= 1,
    `the credit is ${credit}, not ${(expected / 100).toFixed(2)}`,
  );
}

function fen(yuan: string): number {
  return Number(yuan.replace('.', ''));
}
