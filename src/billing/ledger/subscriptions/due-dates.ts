import type { Subscription } from '../records/subscription.entity.js';

/**
 * - `period`: a period that is paid already begins
 * - `reminder`: the paid time ends in so many days
 * - `end`: the paid time ends; grace begins, or what was scheduled
 * - `expiry`: nothing was paid within the grace
 */
export type MomentKind = 'period' | 'reminder' | 'end' | 'expiry';

export interface Moment {
  at: Date;
  kind: MomentKind;
  daysLeft: number;
}

/** Days before the end of the paid time at which it is told. */
const REMINDER_DAYS = [7, 3, 1];
const DAY_MS = 86_400_000;
/** At the very same moment the paid time ends before what follows from that. */
const ORDER: readonly MomentKind[] = ['period', 'reminder', 'end', 'expiry'];

type Times = Pick<Subscription, 'currentPeriodEnd' | 'inForceUntil' | 'cancelAtPeriodEnd' | 'scheduledPlan'>;

/** Whether it ends with its paid time, without reminders and grace: canceled, or on the way to a free plan. */
export function isLeaving({
  cancelAtPeriodEnd,
  scheduledPlan,
}: Pick<Times, 'cancelAtPeriodEnd' | 'scheduledPlan'>): boolean {
  return cancelAtPeriodEnd || scheduledPlan?.priceFen === 0;
}

/**
 * What falls due for a live subscription later than `after`, the earliest first; nothing for one without an end.
 *
 * @param periodStarts the starts of the periods that are paid already
 */
export function momentsAfter(times: Times, periodStarts: readonly Date[], after: Date): Moment[] {
  const { currentPeriodEnd: end, inForceUntil } = times;
  if (end === null || inForceUntil === null) return [];
  const reminders = isLeaving(times) ? [] : REMINDER_DAYS;
  const moments: Moment[] = [
    ...periodStarts.map((at) => ({ at, kind: 'period' as const, daysLeft: 0 })),
    ...reminders.map((daysLeft) => ({
      at: new Date(end.getTime() - daysLeft * DAY_MS),
      kind: 'reminder' as const,
      daysLeft,
    })),
    { at: end, kind: 'end', daysLeft: 0 },
    { at: inForceUntil, kind: 'expiry', daysLeft: 0 },
  ];
  return moments
    .filter(({ at }) => at > after)
    .sort((a, b) => a.at.getTime() - b.at.getTime() || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}
