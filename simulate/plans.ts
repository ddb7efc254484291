/** What is sold beside the plans that are there from the start. */
export const YEARLY = [
  { code: 'pro-yearly', name: '专业版（年付）', priceFen: 99_000, quotaLimit: 100 },
  { code: 'enterprise-yearly', name: '企业版（年付）', priceFen: 999_000, quotaLimit: 999_999 },
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
