/** Where a portal link leads. A closed list: each is one page, or one dialog on it. */
export const PORTAL_FLOWS = [
  'overview',
  'plans',
  'subscription',
  'renew',
  'cancel',
  'usage',
  'topups',
  'payments',
  'invoices',
] as const;

export type PortalFlow = (typeof PORTAL_FLOWS)[number];
