// Wiring
export { CommercialModule } from './commercial/commercial.module.js';
export type { CommercialOptions } from './commercial/commercial-options.js';
export type { HostIdentity, Identify } from './auth/options/identify.js';
export type { PlanDefinition } from './billing/options/plan-definition.js';
export { SetupError } from './commercial/start/setup-error.js';
export { AuthModule } from './auth/auth.module.js';
export { BillingModule } from './billing/billing.module.js';
export { QuotaModule } from './quota/quota.module.js';
export { EventsModule } from './events/events.module.js';

// The database: added to the host's own DataSource
export { commercialEntities } from './commercial/entities.js';
export { commercialMigrations } from './commercial/migrations.js';
export { runMigrations } from './commercial/run-migrations.js';

// Who is calling
export { Access } from './auth/access/access.decorator.js';
export { AccessGuard } from './auth/access/access.guard.js';
export { Authenticator } from './auth/access/authenticator.js';
export { Customers } from './auth/credentials/customers/customers.service.js';
export type { CustomerFacts } from './auth/credentials/customers/customers.service.js';
export { CurrentUser } from './auth/identity/caller/current-user.decorator.js';
export { PersonalData } from './auth/api/privacy/personal-data.js';
export type {
  DataSubject,
  PersonalDataHolder,
  PersonalDataSection,
} from './auth/api/privacy/personal-data.js';
export type { AuthenticatedUser } from './auth/identity/caller/authenticated-user.js';

// Quota
export { RequireQuota } from './quota/api/guard/require-quota.decorator.js';
export type { RequireQuotaOptions } from './quota/api/guard/quota-requirement.js';
export { RequireEntitlement } from './quota/api/entitlements/require-entitlement.decorator.js';
export { Entitlements } from './quota/entitlements/entitlements.service.js';
export type { Entitlement } from './quota/entitlements/entitlement.js';
export { CurrentHold } from './quota/api/guard/current-hold.decorator.js';
export { QuotaGuard } from './quota/api/guard/quota.guard.js';
export { QuotaService } from './quota/debits/quota.service.js';
export type { Consumption } from './quota/debits/quota.service.js';
export type { ConsumeRequest } from './quota/debits/quota-debits.js';
export { newUsageId } from './quota/balances/usage-id.js';
export { QuotaHolds } from './quota/debits/quota-holds.js';
export type { HoldRequest } from './quota/debits/quota-holds.js';
export type { HoldSettlement } from './quota/debits/open-hold.js';
export type { OpenHold } from './quota/debits/open-hold.js';
export { QuotaGrants } from './quota/balances/quota-grants.js';
export type { Grant } from './quota/balances/quota-grants.js';
export { QuotaListeners } from './quota/engine/quota-listeners.js';
export type { QuotaListener, QuotaThreshold } from './quota/engine/quota-listeners.js';
export type { QuotaState } from './quota/balances/quota-state.js';

// Money
export { PlansService } from './billing/catalog/plans/plans.service.js';
export type { FeatureType, FeatureTypes } from './billing/options/plan-features.js';
export { SubscriptionsService } from './billing/ledger/subscriptions/subscriptions.service.js';
export { PaymentsService } from './billing/settlement/payments/payments.service.js';
export { BillingListeners } from './billing/ledger/listeners/billing-listeners.js';
export type { BillingListener, QuotaLeft } from './billing/ledger/listeners/billing-listeners.js';
export { Janitor } from './billing/settlement/polling/janitor.service.js';
export { ReconciliationService } from './billing/settlement/reconciliation/reconciliation.service.js';

// What happened
export { CommercialEvents } from './events/types/commercial-events.js';
export type { EventHandler } from './events/types/commercial-events.js';
export { DeliveryDispatcher } from './events/dispatch/delivery-dispatcher.js';
export type * from './events/types/event-types.js';

// Payment channels
export { AlipayProvider } from './providers/alipay/alipay.provider.js';
export type { AlipayOptions } from './providers/alipay/alipay.options.js';
export { WechatPayProvider } from './providers/wechat/wechat-pay.provider.js';
export type { WechatPayOptions } from './providers/wechat/wechat-pay.options.js';
export { PaymentProviderRegistry } from './providers/payment-provider-registry.js';
export { BillUnavailableError } from './providers/bill-unavailable.error.js';
export type * from './providers/payment-provider.js';
export type * from './providers/payment-agreements.js';

// Errors
export { Problem } from './problems/problem.js';
export type { ProblemBody } from './problems/problem.js';
export type { ProblemCode } from './problems/catalogue.js';
export { ProblemFilter } from './problems/problem.filter.js';

// Time and metrics
export { Clock, SystemClock } from './time/clock.js';
export { commercialMetrics } from './metrics/metrics.js';
