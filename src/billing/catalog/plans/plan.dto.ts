import { yuanFromFen } from '../../../money/fen.js';
import type { SubscriptionPlan } from './subscription-plan.entity.js';

export class PlanQuotaDto {
  /** @example "processing_count" */
  quotaType: string;

  /** @example 100 */
  quotaLimit: number;

  quotaPeriod: 'month';
}

export class PlanDto {
  /** @format uuid */
  id: string;

  /** @example "pro" */
  code: string;

  /** @example "专业版" */
  name: string;

  /** @example "适合小型团队" */
  description: string;

  /** In yuan. @example "99.00" */
  price: string;

  /** @example "CNY" */
  currency: string;

  billingCycle: 'monthly' | 'yearly';

  quotas: PlanQuotaDto[];

  /**
   * Data for the host, keys as written.
   * @example { "max_concurrent": 3, "priority": "medium" }
   */
  features: Record<string, unknown>;

  /** How long it can be tried without paying, once by each user; 0 for not at all. @example 0 */
  trialDays: number;

  static of(plan: SubscriptionPlan): PlanDto {
    return {
      id: plan.id,
      code: plan.code,
      name: plan.name,
      description: plan.description,
      price: yuanFromFen(plan.priceFen),
      currency: plan.currency,
      billingCycle: plan.billingCycle,
      quotas: plan.quotas.map(({ quotaType, quotaLimit, quotaPeriod }) => ({
        quotaType,
        quotaLimit,
        quotaPeriod,
      })),
      features: plan.features,
      trialDays: plan.trialDays,
    };
  }
}

export class PlanListDto {
  items: PlanDto[];
}
