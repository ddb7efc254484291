import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { insertNew } from '../../../database/insert-new.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { PlansService } from '../../catalog/plans/plans.service.js';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { newSubscription } from '../../ledger/subscriptions/new-subscription.js';
import { isFree, SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { UNPAID } from '../../ledger/subscriptions/subscription-periods.js';
import { SubscriptionProgress } from '../../ledger/subscriptions/subscription-progress.js';
import { Subscription } from '../../ledger/records/subscription.entity.js';
import { Trial } from '../../ledger/records/trial.entity.js';

const DAY_MS = 86_400_000;

export interface TrialRequest {
  /** The subscription's id, made by the caller: running the request again finds what the first run made. */
  subscriptionId: string;
  planCode: string;
}

/** A trial's own columns. */
export type TrialFacts = Omit<Trial, 'account' | 'plan'>;

/** The accounts of the erased ones before, and whoever of them or for them has tried a plan. */
const HAD_BEFORE = `
WITH RECURSIVE holders AS NOT MATERIALIZED (
  SELECT id, personal_account_id AS account_id FROM commercial.users
  UNION ALL SELECT id, account_id FROM commercial.customers
), former AS (
  SELECT a.goes_on_from AS id FROM holders h JOIN commercial.accounts a ON a.id = h.account_id
  WHERE h.id = $1 AND a.goes_on_from IS NOT NULL
  UNION
  SELECT a.goes_on_from FROM commercial.accounts a JOIN former ON a.id = former.id
  WHERE a.goes_on_from IS NOT NULL
)
SELECT EXISTS (
  SELECT FROM former JOIN commercial.trials t ON t.account_id = former.id
) OR EXISTS (
  SELECT FROM former JOIN holders h ON h.account_id = former.id JOIN commercial.trials t ON t.user_id = h.id
) AS "wasHad"`;

/** Trying a plan without paying: the whole plan for some days, once in a user's life. */
@Injectable()
export class Trials {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly plans: PlansService,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
  ) {}

  /** @throws Problem PLAN_NOT_FOUND, TRIAL_NOT_AVAILABLE, TRIAL_ALREADY_USED, ALREADY_SUBSCRIBED */
  start(user: AuthenticatedUser, { subscriptionId: id, planCode }: TrialRequest): Promise<Subscription> {
    const { accountId } = user;
    return inTransaction(this.dataSource, async (manager) => {
      await this.lifecycle.lockAccount(manager, accountId);
      const made = await manager.findOne(Subscription, {
        where: { id },
        relations: { plan: { quotas: true } },
      });
      if (made) return made;
      const plan = await this.plans.onSale(planCode, manager);
      requireTrial(plan);
      const now = this.clock.now();
      const endsAt = new Date(now.getTime() + plan.trialDays * DAY_MS);
      const trial = {
        userId: user.id,
        accountId,
        subscriptionId: id,
        planId: plan.id,
        startedAt: now,
        endsAt,
      };
      if (await this.wasHadBefore(manager, user.id)) throw new Problem('TRIAL_ALREADY_USED');
      if (!(await this.enter(manager, trial))) throw new Problem('TRIAL_ALREADY_USED');
      refuseBeside(await this.progress.catchUp(manager, accountId), plan);
      return this.begin(manager, trial, plan);
    });
  }

  /** By one who was erased under the same name as the user or customer, for whichever account that was. */
  protected async wasHadBefore(manager: EntityManager, userId: string): Promise<boolean> {
    const [{ wasHad }] = await manager.query(HAD_BEFORE, [userId]);
    return wasHad;
  }

  /** Under the unique constraints: of parallel requests one gets it. @returns false where it was had before */
  protected enter(manager: EntityManager, trial: TrialFacts): Promise<boolean> {
    return insertNew(manager, Trial, trial);
  }

  private async begin(
    manager: EntityManager,
    { userId, accountId, subscriptionId: id, startedAt, endsAt: until }: TrialFacts,
    plan: SubscriptionPlan,
  ): Promise<Subscription> {
    const subscription = newSubscription(manager, { id, accountId, plan, createdAt: startedAt });
    subscription.trialEndsAt = until;
    await this.lifecycle.activate(manager, subscription, startedAt, { ...UNPAID, until });
    await recordAudit(manager, {
      actorUserId: userId,
      action: 'trial.started',
      subjectType: 'subscription',
      subjectId: id,
      detail: { planCode: plan.code, endsAt: until },
      at: startedAt,
    });
    return subscription;
  }
}

function requireTrial(plan: SubscriptionPlan): void {
  if (!isFree(plan) && plan.trialDays > 0) return;
  const reason = isFree(plan)
    ? { en: 'it is free', 'zh-CN': '该计划免费' }
    : { en: 'it is sold without a trial', 'zh-CN': '该计划不提供试用' };
  throw new Problem('TRIAL_NOT_AVAILABLE', { params: { planCode: plan.code, reason } });
}

/** A trial takes the place of a free plan only: what is paid for isn't to be lost to it. */
function refuseBeside(live: Subscription | null, plan: SubscriptionPlan): void {
  if (!live || isFree(live.plan)) return;
  const params = { planCode: plan.code };
  if (live.plan.code === plan.code) throw new Problem('ALREADY_SUBSCRIBED', { params });
  const { code } = live.plan;
  const reason = {
    en: `your account has the paid plan "${code}"`,
    'zh-CN': `您的账户已有付费计划“${code}”`,
  };
  throw new Problem('TRIAL_NOT_AVAILABLE', { params: { ...params, reason } });
}
