import { Module } from '@nestjs/common';
import { COMMERCIAL_DATA_SOURCE } from '../database/tokens.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { Clock } from '../time/clock.js';
import { SubscriptionBalances } from './balances/subscription-balances.js';
import { QuotaGuard } from './guard/quota.guard.js';
import { QuotaInterceptor } from './guard/quota.interceptor.js';
import { QUOTA_OPTIONS, type QuotaOptions } from './quota-options.js';
import { ConfigurableModuleClass } from './quota.module-definition.js';
import { QuotaService } from './quota.service.js';
import { UsageService } from './usage/usage.service.js';

/** Balances, usage and `@RequireQuota()`. Needs an AuthModule and a BillingModule among its imports or globally. */
@Module({
  providers: [
    {
      provide: COMMERCIAL_DATA_SOURCE,
      inject: [QUOTA_OPTIONS],
      useFactory: (o: QuotaOptions) => o.dataSource,
    },
    { provide: Clock, inject: [QUOTA_OPTIONS], useFactory: (o: QuotaOptions) => o.clock },
    IdempotencyService,
    SubscriptionBalances,
    QuotaService,
    UsageService,
    QuotaGuard,
    QuotaInterceptor,
  ],
  exports: [QuotaService, UsageService, QuotaGuard, QuotaInterceptor],
})
export class QuotaModule extends ConfigurableModuleClass {}
