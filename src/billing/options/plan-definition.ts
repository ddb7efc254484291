/** A plan as `POST /admin/plans` takes it. */
export interface PlanDefinition {
  /** 1 to 64 of a-z, 0-9, _ and -. A plan keeps it, and its billing cycle, for ever. */
  code: string;
  name: string;
  description: string;
  /** In yuan for each billing cycle, such as `99.00`; `0.00` for a free plan. */
  price: string;
  billingCycle: 'monthly' | 'yearly';
  /** For each month, in the type's own units. `overageCap`: how much may be used beyond, and is only reported. Default 0. */
  quotas: readonly { quotaType: string; quotaLimit: number; overageCap?: number }[];
  /** Only features that the host knows. Default: none. */
  features?: Readonly<Record<string, unknown>>;
  /** How long the plan can be tried without paying; default 0 for not at all. */
  trialDays?: number;
}
