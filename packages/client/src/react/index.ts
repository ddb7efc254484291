export { CommercialProvider, useCommercial, useRefresh, type CommercialProviderProps } from './context.js';
export { useEntitlement, usePlans, useQuota } from './hooks.js';
export type { EntitlementState, PlansState, QuotaState } from './hooks.js';
export { useCheckout, type CheckoutControls } from './use-checkout.js';
export type { CheckoutPhase, CheckoutState } from './checkout.js';
