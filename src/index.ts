// Wiring
export { CommercialModule } from './commercial.module.js';
export type { CommercialOptions } from './commercial-options.js';
export { AuthModule } from './auth/auth.module.js';
export { BillingModule } from './billing/billing.module.js';
export { QuotaModule } from './quota/quota.module.js';
export { EventsModule } from './events/events.module.js';

// The database: added to the host's own DataSource
export { commercialEntities } from './entities.js';
export { commercialMigrations } from './migrations.js';
export { runMigrations } from './database/run-migrations.js';

// Who is calling
export { Access } from './auth/access/access.decorator.js';
export { AccessGuard } from './auth/access/access.guard.js';
export { Authenticator } from './auth/access/authenticator.js';
export { CurrentUser } from './auth/current-user.decorator.js';
export { PersonalData } from './auth/privacy/personal-data.js';
export type { DataSubject, PersonalDataHolder, PersonalDataSection } from './auth/privacy/personal-data.js';
export type { AuthenticatedUser } from './auth/authenticated-user.js';

// Quota
export { RequireQuota } from './quota/guard/require-quota.decorator.js';
export type { RequireQuotaOptions } from './quota/guard/quota-requirement.js';
export { CurrentHold } from './quota/guard/current-hold.decorator.js';
export { QuotaGuard } from './quota/guard/quota.guard.js';
export { QuotaService } from './quota/quota.service.js';
export type { Consumption } from './quota/quota.service.js';
export type { ConsumeRequest } from './quota/quota-debits.js';
export { newUsageId } from './quota/usage/usage-id.js';
export { QuotaHolds } from './quota/holds/quota-holds.js';
export type { HoldRequest } from './quota/holds/quota-holds.js';
export type { HoldSettlement } from './quota/holds/open-hold.js';
export type { OpenHold } from './quota/holds/open-hold.js';
export { QuotaGrants } from './quota/grants/quota-grants.js';
export type { Grant } from './quota/grants/quota-grants.js';
export { QuotaListeners } from './quota/events/quota-listeners.js';
export type { QuotaListener, QuotaThreshold } from './quota/events/quota-listeners.js';
export type { QuotaState } from './quota/quota-state.js';

// Money
export { PlansService } from './billing/plans/plans.service.js';
export type { FeatureType, FeatureTypes } from './billing/plans/plan-features.js';
export { SubscriptionsService } from './billing/subscriptions/subscriptions.service.js';
export { PaymentsService } from './billing/payments/payments.service.js';
export { BillingListeners } from './billing/billing-listeners.js';
export type { BillingListener, QuotaLeft } from './billing/billing-listeners.js';
export { Janitor } from './billing/checks/janitor.service.js';
export { ReconciliationService } from './billing/reconciliation/reconciliation.service.js';

// What happened
export { CommercialEvents } from './events/commercial-events.js';
export type { EventHandler } from './events/commercial-events.js';
export { DeliveryDispatcher } from './events/delivery/delivery-dispatcher.js';
export type * from './events/event-types.js';

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
