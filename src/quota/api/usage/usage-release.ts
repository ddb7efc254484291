import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { verbatim } from '../../../problems/sentence.js';
import { Clock } from '../../../time/clock.js';
import type { QuotaState } from '../../balances/quota-state.js';
import { UsageLog } from '../../balances/usage-log.entity.js';
import { QuotaService } from '../../debits/quota.service.js';

/** Older usage is settled: it stands in sums, and in what a change of plan took along. */
const RELEASABLE_MS = 24 * 3600 * 1000;

/** Gives consumed quota back, for an application whose work failed after all. */
@Injectable()
export class UsageRelease {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly quota: QuotaService,
  ) {}

  /**
   * Once, within 24 hours, for a usage of the customer that a service key acts for, or for anybody's by an
   * administrator, who so appears in the audit log.
   * @returns what the account has of that quota type then; null for nothing
   * @throws Problem NOT_FOUND, USAGE_NOT_RELEASABLE
   */
  async release(caller: AuthenticatedUser, usageId: string): Promise<QuotaState | null> {
    const byService = caller.via === 'serviceKey';
    const where = byService ? { id: usageId, accountId: caller.accountId } : { id: usageId };
    const usage = await this.dataSource.manager.findOneBy(UsageLog, where);
    if (!usage) throw new Problem('NOT_FOUND', { params: { what: 'usage' } });
    const { accountId, status, createdAt, resourceType, cost } = usage;
    const at = this.clock.now();
    const isRecent = createdAt.getTime() > at.getTime() - RELEASABLE_MS;
    if (status !== 'consumed' || !isRecent) throw notReleasable(status);
    const released = byService
      ? await this.quota.giveBack(accountId, usageId)
      : await inTransaction(this.dataSource, async (manager) => {
          if (!(await this.quota.giveBack(accountId, usageId, manager))) return false;
          await recordAudit(manager, {
            actorUserId: caller.id,
            action: 'usage.released',
            subjectType: 'usage',
            subjectId: usageId,
            detail: { accountId, resourceType, cost },
            at,
          });
          return true;
        });
    // Of many at once, one released it.
    if (!released) throw notReleasable('released');
    const quotaType = this.quota.quotaTypeOf(resourceType);
    const states = await this.quota.states(accountId);
    return states.find((state) => state.quotaType === quotaType) ?? null;
  }
}

function notReleasable(status: UsageLog['status']): Problem {
  return new Problem('USAGE_NOT_RELEASABLE', { params: { status: verbatim(status) } });
}
