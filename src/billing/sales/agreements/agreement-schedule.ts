import type { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a link can be signed; a signature that comes later is ended at the channel. */
const SIGNABLE = DAY;
/** Between two looks, a half of the time that has passed, within these limits. */
const GAP = { least: 30 * SECOND, mostUnsigned: 30 * MINUTE, mostEnding: 6 * HOUR };

/** How long before its end a paid time is renewed by a charge. */
export const CHARGE_LEAD_MS = DAY;
/** After a charge that was refused. */
export const CHARGE_AGAIN_MS = DAY;
/**
 * How long whoever looks at an agreement has it for itself, before somebody else takes up what it may have left; many
 * times what a channel's call takes.
 */
export const CHARGE_LEASE_MS = 5 * MINUTE;

/** From when on a channel surely knows what it has told as signed: its query may lag behind its notification. */
const KNOWN_AFTER = HOUR;

type Checked = Pick<PaymentAgreement, 'status' | 'createdAt' | 'endRequestedAt' | 'endedAt'>;

/** Whether the channel is to be told that it is over: also one that was signed after it had ended here. */
export function isToEnd({ status, createdAt, endRequestedAt }: Checked, now: Date): boolean {
  if (status === 'ended' || endRequestedAt !== null) return true;
  return status === 'pending' && now.getTime() - createdAt.getTime() >= SIGNABLE;
}

/** When the channel is to be asked about an agreement next, for one that isn't settled by then. */
export function nextAgreementCheck(agreement: Checked, now: Date): Date {
  const { status, createdAt, endRequestedAt, endedAt } = agreement;
  // Its buyer can have ended it without our having been told.
  if (status === 'active' && endRequestedAt === null) return later(now, DAY);
  const passed = now.getTime() - (endRequestedAt ?? endedAt ?? createdAt).getTime();
  const most = isToEnd(agreement, now) ? GAP.mostEnding : GAP.mostUnsigned;
  return later(now, Math.min(Math.max(passed / 2, GAP.least), most));
}

/** Whether an agreement that its channel doesn't know has ended there: not while it is only not known yet. */
export function isGone(
  { status, signedAt }: Pick<PaymentAgreement, 'status' | 'signedAt'>,
  now: Date,
): boolean {
  return status === 'active' && signedAt !== null && now.getTime() - signedAt.getTime() >= KNOWN_AFTER;
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
