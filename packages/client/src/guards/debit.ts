import type { AccountClient } from '../account-client.js';
import { UnavailableError } from '../errors.js';
import { newIdempotencyKey } from '../http/idempotency-key.js';
import type { Quota } from '../types.js';
import { GUARD_RETRY, SETTLE_RETRY, type RequireQuotaOptions } from './options.js';

/** A debit of a request that hasn't been answered yet. */
export class GuardDebit {
  private isSettled = false;

  /** @param usageId the hold's id too, where it is one */
  constructor(
    private readonly account: AccountClient,
    private readonly report: (error: unknown) => void,
    readonly usageId: string,
    readonly cost: number,
    /** What the account had when it was made. */
    readonly quota: Quota,
    private readonly hold: boolean | 'manual',
  ) {}

  /** X-Quota-*, for an answer of that status. */
  headers(status: number): Record<string, string> {
    const { limit, remaining, resetsAt } = this.quota;
    return {
      'X-Quota-Limit': String(limit),
      'X-Quota-Remaining': String(status >= 400 ? remaining + this.cost : remaining),
      'X-Quota-Reset': resetsAt,
    };
  }

  /**
   * The work is done, at its true cost, before the answer: for a hold.
   *
   * @param cost at most what is held; all of it by default
   */
  async commit(cost?: number): Promise<void> {
    if (!this.hold) throw new Error('only a hold is committed: write `hold: true` into the guard');
    this.isSettled = true;
    await this.account.quota.commit(this.usageId, cost, { retry: SETTLE_RETRY });
  }

  /** Gives everything back, whatever the answer will be. */
  async release(): Promise<void> {
    this.isSettled = true;
    const options = { retry: SETTLE_RETRY };
    await (this.hold
      ? this.account.quota.release(this.usageId, options)
      : this.account.usage.release(this.usageId, options));
  }

  /** @returns null where nothing is left to do for an answer of that status. Never rejects. */
  settle(status: number): Promise<void> | null {
    if (this.isSettled) return null;
    const isKept = status < 400;
    if (isKept && this.hold !== true) return null;
    return (isKept ? this.commit() : this.release()).catch(this.report);
  }
}

/** @throws CommercialError */
export async function openDebit<Request>(
  account: AccountClient,
  resourceType: string,
  options: RequireQuotaOptions<Request>,
  request: Request,
): Promise<GuardDebit> {
  const { hold = false, holdSeconds, retry } = options;
  const cost = typeof options.cost === 'function' ? await options.cost(request) : (options.cost ?? 1);
  const resourceId = options.resourceId?.(request);
  const input = { resourceType, cost, ...(resourceId != null && { resourceId }) };
  const report = (error: unknown) => options.onError?.(error, request);
  const call = { idempotencyKey: newIdempotencyKey(), retry: { ...GUARD_RETRY, ...retry } };
  if (hold) {
    const ttl = holdSeconds === undefined ? {} : { ttlSeconds: holdSeconds };
    const { holdId, quota } = await account.quota.hold({ ...input, ...ttl }, call);
    return new GuardDebit(account, report, holdId, cost, quota, hold);
  }
  try {
    const { usageId, quota } = await account.quota.consume(input, call);
    return new GuardDebit(account, report, usageId, cost, quota, false);
  } catch (error) {
    // The debit may have happened all the same, for an answer that the caller will not get.
    if (error instanceof UnavailableError) void undoUnknown(account, input, call.idempotencyKey, report);
    throw error;
  }
}

/** Finds out by the same key, and gives back. A hold needs no such thing: it ends when its time is over. */
async function undoUnknown(
  account: AccountClient,
  input: { resourceType: string; cost: number; resourceId?: string },
  idempotencyKey: string,
  report: (error: unknown) => void,
): Promise<void> {
  const retry = { attempts: 10, deadlineMs: 60_000 };
  try {
    const { usageId } = await account.quota.consume(input, { idempotencyKey, retry });
    await account.usage.release(usageId, { retry });
  } catch (error) {
    report(error);
  }
}
