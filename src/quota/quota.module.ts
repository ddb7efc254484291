import { Module } from '@nestjs/common';
import { dataSourceOf } from '../database/connection-errors.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { Clock } from '../time/clock.js';
import { AccountRefresh } from './engine/account-refresh.js';
import { SubscriptionBalances } from './balances/subscription-balances.js';
import { KeyCaps } from './debits/key-caps.js';
import { QuotaEngine } from './engine/quota-engine.js';
import { QuotaEvents } from './engine/quota-events.js';
import { QuotaListeners } from './engine/quota-listeners.js';
import { QuotaGrants } from './balances/quota-grants.js';
import { CurrentSubscription } from './api/current-subscription.js';
import { EntitlementGuard } from './api/entitlements/entitlement.guard.js';
import { UsageRelease } from './api/usage/usage-release.js';
import { EntitlementListeners } from './entitlements/entitlement-listeners.js';
import { EntitlementOverrides } from './entitlements/entitlement-overrides.service.js';
import { Entitlements } from './entitlements/entitlements.service.js';
import { QuotaGuard } from './api/guard/quota.guard.js';
import { HoldExpiry } from './engine/hold-expiry.js';
import { QuotaHolds } from './debits/quota-holds.js';
import { QuotaPersonalData } from './privacy/quota-personal-data.js';
import { QuotaDebits } from './debits/quota-debits.js';
import { QuotaJobs } from './quota-jobs.js';
import { QUOTA_OPTIONS, type QuotaOptions } from './balances/quota-options.js';
import { ConfigurableModuleClass } from './quota.module-definition.js';
import { QuotaService } from './debits/quota.service.js';
import { TopupBalances } from './balances/topup-balances.js';
import { UsageJobs } from './usage/usage-jobs.js';
import { UsagePartitions } from './usage/usage-partitions.js';
import { UsageRollup } from './usage/usage-rollup.js';
import { UsageService } from './api/usage/usage.service.js';

/** Balances, usage and `@RequireQuota()`. Needs an AuthModule and a BillingModule among its imports or globally. */
@Module({
  providers: [
    dataSourceOf(QUOTA_OPTIONS),
    { provide: Clock, inject: [QUOTA_OPTIONS], useFactory: (o: QuotaOptions) => o.clock },
    IdempotencyService,
    QuotaEngine,
    HoldExpiry,
    KeyCaps,
    SubscriptionBalances,
    AccountRefresh,
    QuotaDebits,
    QuotaService,
    QuotaHolds,
    QuotaGrants,
    TopupBalances,
    QuotaListeners,
    QuotaEvents,
    QuotaJobs,
    UsageService,
    UsagePartitions,
    UsageRollup,
    UsageJobs,
    QuotaPersonalData,
    CurrentSubscription,
    UsageRelease,
    Entitlements,
    EntitlementListeners,
    EntitlementOverrides,
    EntitlementGuard,
    QuotaGuard,
  ],
  exports: [
    Entitlements,
    EntitlementListeners,
    EntitlementOverrides,
    EntitlementGuard,
    QuotaService,
    QuotaHolds,
    QuotaGrants,
    QuotaListeners,
    UsageService,
    QuotaGuard,
  ],
})
export class QuotaModule extends ConfigurableModuleClass {}
