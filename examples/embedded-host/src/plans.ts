import type { PlanDefinition } from '@idoctor/commercial';

export const PLANS: PlanDefinition[] = [
  {
    code: 'free',
    name: '免费版',
    description: '适合个人用户试用',
    price: '0.00',
    billingCycle: 'monthly',
    quotas: [{ quotaType: 'processing_count', quotaLimit: 3 }],
  },
  {
    code: 'pro',
    name: '专业版',
    description: '适合小型团队',
    price: '99.00',
    billingCycle: 'monthly',
    quotas: [{ quotaType: 'processing_count', quotaLimit: 100 }],
  },
];
