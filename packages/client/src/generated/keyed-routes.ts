// Made from openapi.json by `npm run client:types`: change it there, not here.

/** Routes that take an Idempotency-Key. */
export const KEYED_ROUTES: readonly string[] = [
  'POST /topups',
  'POST /subscriptions',
  'POST /subscriptions/current/change',
  'POST /subscriptions/current/renew',
  'POST /payments/{orderId}/refunds',
  'POST /payments/{orderId}/refunds/{refundId}/retry',
  'POST /quota/consume',
  'POST /quota/holds',
  'POST /quota/holds/{holdId}/commit',
  'POST /quota/holds/{holdId}/release',
  'POST /admin/quota/grants',
  'POST /usage/{usageId}/release',
  'POST /admin/entitlement-overrides',
];
