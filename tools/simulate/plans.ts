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
