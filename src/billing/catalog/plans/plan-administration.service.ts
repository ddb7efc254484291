import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditTrail } from '../../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction, isUniqueViolation } from '../../../database/transaction.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { BILLING_OPTIONS } from '../../options/billing-options.js';
import { AdminPlanDto, type PlanVersionsQueryDto } from './admin-plan.dto.js';
import { requireSameKind, requireSound, type PlanTerms, type PlanVocabulary } from './plan-rules.js';
import { PlanQuota } from './plan-quota.entity.js';
import { SubscriptionPlan, type BillingCycle } from './subscription-plan.entity.js';

type Version = Pick<
  SubscriptionPlan,
  'code' | 'version' | 'billingCycle' | 'currency' | 'status' | 'migrateAt'
>;

/** What administrators do to plans. Each deed and its entry in the audit log are one transaction. */
@Injectable()
export class PlanAdministration {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(BILLING_OPTIONS) private readonly options: PlanVocabulary,
    private readonly clock: Clock,
  ) {
    this.audit = new AuditTrail('plan', clock);
  }

  /** All versions, newest first. */
  list({ code, ...page }: PlanVersionsQueryDto): Promise<Page<AdminPlanDto>> {
    const query = this.dataSource
      .getRepository(SubscriptionPlan)
      .createQueryBuilder('plan')
      .leftJoinAndSelect('plan.quotas', 'quota');
    if (code !== undefined) query.where('plan.code = :code', { code });
    return readPage(query, page, AdminPlanDto.of);
  }

  /** A new plan, on sale at once. @throws Problem VALIDATION_FAILED, PLAN_CODE_TAKEN */
  async create(
    actorUserId: string,
    code: string,
    billingCycle: BillingCycle,
    terms: PlanTerms,
  ): Promise<SubscriptionPlan> {
    requireSound(terms, this.options);
    const taken = new Problem('PLAN_CODE_TAKEN', { params: { planCode: code } });
    return orElse(taken, () =>
      inTransaction(this.dataSource, async (manager) => {
        if (await manager.existsBy(SubscriptionPlan, { code })) throw taken;
        return this.insertFirst(manager, actorUserId, code, billingCycle, terms);
      }),
    );
  }

  /** Version 1 of a plan whose terms are sound, on sale at once. @param actorUserId null: the host's own code */
  insertFirst(
    manager: EntityManager,
    actorUserId: string | null,
    code: string,
    billingCycle: BillingCycle,
    terms: PlanTerms,
  ): Promise<SubscriptionPlan> {
    const version = {
      code,
      version: 1,
      billingCycle,
      currency: 'CNY',
      status: 'active',
      migrateAt: null,
    } as const;
    return this.insert(manager, actorUserId, 'plan.created', version, terms);
  }

  /**
   * The next version of a plan; what `changes` leaves out stays. It is sold from now on, if the plan is on sale.
   *
   * @param migrateAt from when on subscribers of older versions move to it, each at the next period's end; null: never
   * @throws Problem PLAN_NOT_FOUND, VALIDATION_FAILED, PLAN_VERSION_CONFLICT (another was made at the same moment)
   */
  async createVersion(
    actorUserId: string,
    code: string,
    changes: Partial<PlanTerms>,
    migrateAt: Date | null,
  ): Promise<SubscriptionPlan> {
    const conflict = new Problem('PLAN_VERSION_CONFLICT', { params: { planCode: code } });
    return orElse(conflict, () =>
      inTransaction(this.dataSource, (manager) =>
        this.insertNext(manager, actorUserId, code, changes, migrateAt),
      ),
    );
  }

  /** As {@link createVersion}, in the caller's transaction. @param actorUserId null: the host's own code, or a command */
  async insertNext(
    manager: EntityManager,
    actorUserId: string | null,
    code: string,
    changes: Partial<PlanTerms>,
    migrateAt: Date | null,
  ): Promise<SubscriptionPlan> {
    const { version, billingCycle, currency, status, ...former } = await this.lockLatest(manager, code);
    const terms: PlanTerms = { ...former, ...changes };
    requireSound(terms, this.options);
    requireSameKind(former.priceFen, terms.priceFen);
    const next = { code, version: version + 1, billingCycle, currency, status, migrateAt };
    return this.insert(manager, actorUserId, 'plan.version_created', next, terms);
  }

  /** Takes a plan off sale, or puts it on again. Its subscribers keep it. Again, it changes nothing. */
  setStatus(actorUserId: string, code: string, status: SubscriptionPlan['status']): Promise<void> {
    return inTransaction(this.dataSource, (manager) => this.changeStatus(manager, actorUserId, code, status));
  }

  /** As {@link setStatus}, in the caller's transaction. @param actorUserId null: a command */
  async changeStatus(
    manager: EntityManager,
    actorUserId: string | null,
    code: string,
    status: SubscriptionPlan['status'],
  ): Promise<void> {
    const latest = await this.lockLatest(manager, code);
    if (latest.status === status) return;
    await manager.update(SubscriptionPlan, { code }, { status });
    const action = status === 'archived' ? 'plan.archived' : 'plan.restored';
    await this.audit.note(manager, actorUserId, action, code, { version: latest.version });
  }

  /** Holds the newest version's row, so that a version made meanwhile isn't missed by archiving, nor the reverse. */
  private async lockLatest(manager: EntityManager, code: string): Promise<SubscriptionPlan> {
    const locked = await manager.findOne(SubscriptionPlan, {
      where: { code },
      order: { version: 'DESC' },
      lock: { mode: 'for_no_key_update' },
    });
    if (!locked) throw new Problem('PLAN_NOT_FOUND', { params: { planCode: code } });
    locked.quotas = await manager.findBy(PlanQuota, { planId: locked.id });
    return locked;
  }

  private async insert(
    manager: EntityManager,
    actorUserId: string | null,
    action: string,
    version: Version,
    { quotas, ...terms }: PlanTerms,
  ): Promise<SubscriptionPlan> {
    const { name, description, priceFen, features, trialDays } = terms;
    const said = { name, description, priceFen, features: { ...features }, trialDays };
    const plan = manager.create(SubscriptionPlan, {
      id: uuid(),
      createdAt: this.clock.now(),
      ...version,
      ...said,
    });
    await manager.insert(SubscriptionPlan, plan as never);
    plan.quotas = quotas.map(({ quotaType, quotaLimit, overageCap }) =>
      manager.create(PlanQuota, { planId: plan.id, quotaType, quotaLimit, overageCap, quotaPeriod: 'month' }),
    );
    await manager.insert(PlanQuota, plan.quotas as never);
    const migrateAt = version.migrateAt?.toISOString() ?? null;
    const detail = { planId: plan.id, version: version.version, ...said, quotas, migrateAt };
    await this.audit.note(manager, actorUserId, action, version.code, detail);
    return plan;
  }
}

/** Runs `work`; where the number of its version was taken meanwhile, the answer is that problem. */
async function orElse<T>(problem: Problem, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUniqueViolation(error, 'subscription_plans_code_version_key') ? problem : error;
  }
}
