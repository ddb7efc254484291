import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../../audit/record-audit.js';
import { Account } from '../../auth/identity/users/account.entity.js';
import { requireFeatureValue } from '../../billing/options/plan-features.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Problem } from '../../problems/problem.js';
import { invalidInput } from '../../problems/validation.pipe.js';
import { Clock } from '../../time/clock.js';
import { EntitlementOverride, type FeatureValue } from '../balances/entitlement-override.entity.js';
import { EntitlementListeners } from './entitlement-listeners.js';
import { Entitlements } from './entitlements.service.js';

export interface NewOverride {
  /** A UUID made by the caller: overriding twice under one id overrides once. */
  id: string;
  accountId: string;
  feature: string;
  value: unknown;
  endsAt: Date;
  reason: string;
}

/** How many ended overrides one look of the sweep tells of. */
const SWEEP = 200;

/** Exceptions for one account from what its plan promises. Quota is not overridden but granted, see QuotaGrants. */
@Injectable()
export class EntitlementOverrides {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly entitlements: Entitlements,
    private readonly listeners: EntitlementListeners,
  ) {}

  /** Takes the place of an earlier one of the same feature. @throws Problem NOT_FOUND, VALIDATION_FAILED */
  async create(actorUserId: string, wish: NewOverride): Promise<EntitlementOverride> {
    const { id, accountId, feature, endsAt, reason } = wish;
    const at = this.clock.now();
    requireFeatureValue(feature, wish.value, this.entitlements.features);
    const value = wish.value as FeatureValue;
    if (endsAt <= at) {
      const message = { en: 'endsAt must be in the future', 'zh-CN': 'endsAt 必须晚于当前时间' };
      throw invalidInput([{ field: 'endsAt', message }]);
    }
    return inTransaction(this.dataSource, async (manager) => {
      await lockAccount(manager, accountId);
      const known = await manager.findOneBy(EntitlementOverride, { id });
      if (known) return known;
      await manager.update(EntitlementOverride, { accountId, feature, endedAt: IsNull() }, { endedAt: at });
      const facts = { id, accountId, feature, value, endsAt, reason, createdBy: actorUserId, createdAt: at };
      const override = manager.create(EntitlementOverride, { ...facts, endedAt: null });
      // Not insert(), which would write a word without the quotation marks that make it JSON.
      await manager.query(
        `INSERT INTO commercial.entitlement_overrides
           (id, account_id, feature, value, ends_at, reason, created_by, created_at)
         VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8)`,
        [id, accountId, feature, JSON.stringify(value), endsAt, reason, actorUserId, at],
      );
      const detail = { accountId, feature, value, endsAt: endsAt.toISOString(), reason };
      await this.audit(manager, actorUserId, 'entitlement.overridden', id, detail, at);
      await this.listeners.changed(manager, accountId, at);
      return override;
    });
  }

  /** @throws Problem NOT_FOUND, for one that is over already as well */
  async remove(actorUserId: string, id: string): Promise<void> {
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (manager) => {
      const found = await manager.findOneBy(EntitlementOverride, { id, endedAt: IsNull() });
      if (found) await lockAccount(manager, found.accountId);
      if (!found || !(await end(manager, id, at))) {
        throw new Problem('NOT_FOUND', { params: { what: 'override' } });
      }
      const { accountId, feature } = found;
      await this.audit(manager, actorUserId, 'entitlement.override_removed', id, { accountId, feature }, at);
      await this.listeners.changed(manager, accountId, at);
    });
  }

  /** Tells of those whose time is over; they hold no longer in any case. @returns how many this call told of. */
  async endDue(): Promise<number> {
    const at = this.clock.now();
    const due = await this.dataSource
      .createQueryBuilder(EntitlementOverride, 'override')
      .where('override.endedAt IS NULL AND override.endsAt <= :at', { at })
      .orderBy('override.endsAt')
      .take(SWEEP)
      .getMany();
    let ended = 0;
    for (const { id, accountId, endsAt } of due) {
      await inTransaction(this.dataSource, async (manager) => {
        await lockAccount(manager, accountId);
        if (!(await end(manager, id, endsAt))) return;
        await this.listeners.changed(manager, accountId, at);
        ended += 1;
      });
    }
    return ended;
  }

  private audit(
    manager: EntityManager,
    actorUserId: string,
    action: string,
    subjectId: string,
    detail: Record<string, unknown>,
    at: Date,
  ): Promise<void> {
    const subjectType = 'entitlement_override';
    return recordAudit(manager, { actorUserId, action, subjectType, subjectId, detail, at });
  }
}

/** As whoever changes what an account holds. @throws Problem NOT_FOUND */
async function lockAccount(manager: EntityManager, accountId: string): Promise<void> {
  const lock = { mode: 'for_no_key_update' } as const;
  const account = await manager.findOne(Account, { where: { id: accountId }, lock });
  if (!account) throw new Problem('NOT_FOUND', { params: { what: 'account' } });
}

async function end(manager: EntityManager, id: string, at: Date): Promise<boolean> {
  const { affected } = await manager.update(EntitlementOverride, { id, endedAt: IsNull() }, { endedAt: at });
  return affected === 1;
}
