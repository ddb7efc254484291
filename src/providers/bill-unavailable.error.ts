/**
 * - `not_yet`: it is being made; trying again later is the remedy
 * - `none`: the channel knows none. On a day that is long over that means that nothing was sold; before, it may
 *   be made yet
 * - `not_yet_or_none`: the channel has one answer for both, so that only time tells them apart
 */
export type BillAbsence = 'not_yet' | 'none' | 'not_yet_or_none';

/** The channel has no bill of that day. */
export class BillUnavailableError extends Error {
  constructor(
    provider: string,
    date: string,
    reason: string,
    readonly absence: BillAbsence = 'not_yet',
  ) {
    super(`${provider} has no bill of ${date}: ${reason}`);
    this.name = 'BillUnavailableError';
  }
}
