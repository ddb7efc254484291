/** What is sold beside the plans that are there from the start. */
export const YEARLY = [
  { code: 'pro-yearly', name: '专业版（年付）', priceFen: 99_000, quotaLimit: 100, trialDays: 14 },
  {
    code: 'enterprise-yearly',
    name: '企业版（年付）',
    priceFen: 999_000,
    quotaLimit: 999_999,
    trialDays: 30,
  },
] as const;

/** By the month: another free plan, and one that costs what another costs. */
export const MONTHLY = [
  { code: 'gratis', name: '体验版', priceFen: 0, quotaLimit: 12, trialDays: 0 },
  { code: 'pro-twin', name: '专业版（同价）', priceFen: 9_900, quotaLimit: 60, trialDays: 0 },
] as const;

/** What customers choose from; most pay by the year. */
export const PLANS = [
  { code: 'pro' },
  { code: 'enterprise' },
  { code: 'pro-yearly' },
  { code: 'pro-yearly' },
  { code: 'pro-yearly' },
  { code: 'enterprise-yearly' },
  { code: 'enterprise-yearly' },
  { code: 'free' },
  { code: 'gratis' },
  { code: 'pro-twin' },
] as const;

/** Quota by itself. */
export const PACKS = [
  {
    code: 'small-pack',
    name: '加量包',
    quotaType: 'processing_count',
    amount: 40,
    priceFen: 3_900,
    validDays: 30,
  },
  {
    code: 'large-pack',
    name: '大加量包',
    quotaType: 'processing_count',
    amount: 400,
    priceFen: 29_900,
    validDays: 365,
  },
] as const;
