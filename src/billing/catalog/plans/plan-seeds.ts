import type { BillingCycle } from './subscription-plan.entity.js';

interface PlanSeed {
  code: string;
  name: string;
  description: string;
  priceFen: number;
  currency: string;
  billingCycle: BillingCycle;
  quotas: readonly { quotaType: string; quotaLimit: number }[];
  features: Record<string, unknown>;
}

/** What iDoctor sells. */
export const PLAN_SEEDS: readonly PlanSeed[] = [
  {
    code: 'free',
    name: '免费版',
    description: '适合个人用户试用',
    priceFen: 0,
    currency: 'CNY',
    billingCycle: 'monthly',
    quotas: [{ quotaType: 'processing_count', quotaLimit: 10 }],
    features: { max_concurrent: 1, priority: 'low' },
  },
  {
    code: 'pro',
    name: '专业版',
    description: '适合小型团队',
    priceFen: 9900,
    currency: 'CNY',
    billingCycle: 'monthly',
    quotas: [{ quotaType: 'processing_count', quotaLimit: 100 }],
    features: { max_concurrent: 3, priority: 'medium' },
  },
  {
    code: 'enterprise',
    name: '企业版',
    description: '无限制使用',
    priceFen: 99900,
    currency: 'CNY',
    billingCycle: 'monthly',
    quotas: [{ quotaType: 'processing_count', quotaLimit: 999_999 }],
    features: { max_concurrent: 10, priority: 'high', custom_support: true },
  },
];
