import type { Subscription } from '../records/subscription.entity.js';

/** Whether nothing is paid beyond its trial: it ends with that, without a grace, and is worth nothing. */
export function isOnTrial({
  trialEndsAt,
  currentPeriodEnd,
}: Pick<Subscription, 'trialEndsAt' | 'currentPeriodEnd'>): boolean {
  return trialEndsAt !== null && trialEndsAt.getTime() === currentPeriodEnd?.getTime();
}

/** From when on the months of paid time are counted: its start, or where its trial ends; null until it is active. */
export function anchorOf({
  trialEndsAt,
  startedAt,
}: Pick<Subscription, 'trialEndsAt' | 'startedAt'>): Date | null {
  return trialEndsAt ?? startedAt;
}
