import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../../audit/record-audit.js';
import { Account } from '../../auth/identity/users/account.entity.js';
import { User } from '../../auth/identity/users/user.entity.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Problem } from '../../problems/problem.js';
import { invalidInput } from '../../problems/validation.pipe.js';
import { Clock } from '../../time/clock.js';
import { QuotaBalance, type BalanceKind } from './quota-balance.entity.js';
import { QUOTA_OPTIONS, type QuotaOptions } from './quota-options.js';
import { oneOf } from '../../problems/constraint-texts.js';
import { about } from '../../problems/sentence.js';
import type { Thing } from '../../problems/things.js';

export interface Grant {
  /** A UUID made by the caller, such as the paid order's: granting twice under one id grants once. */
  grantId: string;
  accountId: string;
  kind: Exclude<BalanceKind, 'plan'>;
  quotaType: string;
  /** A whole number from 1 to 1,000,000,000. */
  amount: number;
  validFrom: Date;
  /** Exclusive. */
  validUntil: Date;
}

export interface Promotion extends Pick<Grant, 'grantId' | 'quotaType' | 'amount' | 'validUntil'> {
  accountId: string;
  reason: string;
  grantedBy: string;
}

export const MAX_GRANT = 1_000_000_000;

/** Quota beside that of a plan. What expires first is used first, be it a plan's or not. */
@Injectable()
export class QuotaGrants {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(QUOTA_OPTIONS) private readonly options: QuotaOptions,
    private readonly clock: Clock,
  ) {}

  /** Grants in the caller's transaction. @returns whether this call did it. @throws Problem VALIDATION_FAILED */
  async grant(manager: EntityManager, grant: Grant): Promise<boolean> {
    this.requireQuotaType(grant.quotaType);
    return this.enter(manager, grant);
  }

  /** As {@link grant}, for a quota type that was checked when it was sold: what is paid for is given in any case. */
  async enter(manager: EntityManager, grant: Grant): Promise<boolean> {
    const rows: unknown[] = await manager.query(
      `INSERT INTO commercial.quota_balances
         (id, account_id, kind, quota_type, granted, valid_from, valid_until, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        grant.grantId,
        grant.accountId,
        grant.kind,
        grant.quotaType,
        grant.amount,
        grant.validFrom,
        grant.validUntil,
        this.clock.now(),
      ],
    );
    return rows.length > 0;
  }

  /** What is left of a grant can't be used any more, as after its refund; what was used stays on record. */
  async end(manager: EntityManager, grantId: string, at: Date): Promise<void> {
    await manager.query(
      `UPDATE commercial.quota_balances SET valid_until = greatest(valid_from, $2)
       WHERE id = $1 AND kind <> 'plan' AND valid_until > $2`,
      [grantId, at],
    );
  }

  /** An administrator's gift. @throws Problem NOT_FOUND, VALIDATION_FAILED */
  async promote(promotion: Promotion): Promise<QuotaBalance> {
    const { grantId, accountId, quotaType, amount, validUntil, reason, grantedBy } = promotion;
    const at = this.clock.now();
    if (validUntil <= at) {
      const message = { en: 'validUntil must lie in the future', 'zh-CN': 'validUntil 必须晚于当前时间' };
      throw invalidInput([{ field: 'validUntil', message }]);
    }
    return inTransaction(this.dataSource, async (manager) => {
      if (!(await manager.existsBy(Account, { id: accountId }))) throw notFound('account');
      const grant = {
        grantId,
        accountId,
        kind: 'promotion',
        quotaType,
        amount,
        validFrom: at,
        validUntil,
      } as const;
      if (await this.grant(manager, grant)) {
        await recordAudit(manager, {
          actorUserId: grantedBy,
          action: 'quota.granted',
          subjectType: 'account',
          subjectId: accountId,
          detail: { grantId, quotaType, amount, validUntil: validUntil.toISOString(), reason },
          at,
        });
      }
      return manager.findOneByOrFail(QuotaBalance, { id: grantId });
    });
  }

  /** @throws Problem NOT_FOUND */
  async personalAccountOf(userId: string): Promise<string> {
    const user = await this.dataSource.manager.findOneBy(User, { id: userId });
    if (!user) throw notFound('user');
    return user.personalAccountId;
  }

  private requireQuotaType(quotaType: string): void {
    const known = [...new Set(Object.values(this.options.resources))];
    if (known.includes(quotaType)) return;
    throw invalidInput([{ field: 'quotaType', message: about('quotaType', oneOf(known)) }]);
  }
}

function notFound(what: Thing): Problem {
  return new Problem('NOT_FOUND', { params: { what } });
}
