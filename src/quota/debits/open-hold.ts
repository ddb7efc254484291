import type { QuotaState } from '../balances/quota-state.js';
import type { HoldStatus } from '../balances/quota-hold.entity.js';

export interface HoldSettlement {
  holdId: string;
  status: Extract<HoldStatus, 'committed' | 'released'>;
}

/** Who settles holds: see QuotaHolds. */
interface HoldSettler {
  commit(accountId: string, holdId: string, cost: number | null): Promise<HoldSettlement>;
  release(accountId: string, holdId: string): Promise<HoldSettlement>;
}

/** A hold in the hands of whoever made it, to be settled once: by committing it, by releasing it, or by its time. */
export class OpenHold {
  constructor(
    private readonly holds: HoldSettler,
    readonly holdId: string,
    readonly accountId: string,
    /** What is held. */
    readonly cost: number,
    /** From this moment on it is released, and can't be committed any more. */
    readonly expiresAt: Date,
    /** What the account had when it was made. */
    readonly quota: QuotaState,
  ) {}

  /**
   * The work is done.
   *
   * @param cost what it cost in truth, at most what is held; all of it by default. The rest goes back.
   * @throws Problem HOLD_NOT_OPEN, COST_EXCEEDS_HOLD
   */
  commit(cost: number | null = null): Promise<HoldSettlement> {
    return this.holds.commit(this.accountId, this.holdId, cost);
  }

  /** The work won't be done: everything goes back. @throws Problem HOLD_NOT_OPEN where it was committed. */
  release(): Promise<HoldSettlement> {
    return this.holds.release(this.accountId, this.holdId);
  }
}
