import { ConfigurableModuleBuilder } from '@nestjs/common';
import { selfContained } from '../problems/self-contained.js';
import { CurrentSubscriptionController } from './api/current-subscription.controller.js';
import { CustomerOverviewController } from './api/customers/customer-overview.controller.js';
import { AdminOverridesController } from './api/entitlements/admin-overrides.controller.js';
import { EntitlementsController } from './api/entitlements/entitlements.controller.js';
import { AdminGrantsController } from './api/grants/admin-grants.controller.js';
import { AdminHoldsController } from './api/holds/admin-holds.controller.js';
import { HoldsController } from './api/holds/holds.controller.js';
import { QUOTA_OPTIONS, type QuotaOptions } from './balances/quota-options.js';
import { QuotaController } from './api/quota.controller.js';
import { AdminUsageController } from './api/usage/admin-usage.controller.js';
import { UsageController } from './api/usage/usage.controller.js';

const CONTROLLERS = selfContained([
  QuotaController,
  HoldsController,
  AdminGrantsController,
  AdminHoldsController,
  UsageController,
  AdminUsageController,
  CurrentSubscriptionController,
  EntitlementsController,
  AdminOverridesController,
  CustomerOverviewController,
]);

export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<QuotaOptions>({
  optionsInjectionToken: QUOTA_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setExtras({ isGlobal: false, routes: true }, (definition, { isGlobal, routes }) => ({
    ...definition,
    global: isGlobal,
    controllers: routes ? CONTROLLERS : [],
  }))
  .build();
