import { ConfigurableModuleBuilder } from '@nestjs/common';
import { selfContained } from '../problems/self-contained.js';
import { CurrentSubscriptionController } from './current-subscription.controller.js';
import { AdminGrantsController } from './grants/admin-grants.controller.js';
import { HoldsController } from './holds/holds.controller.js';
import { QUOTA_OPTIONS, type QuotaOptions } from './quota-options.js';
import { QuotaController } from './quota.controller.js';
import { AdminUsageController } from './usage/admin-usage.controller.js';
import { UsageController } from './usage/usage.controller.js';

const CONTROLLERS = selfContained([
  QuotaController,
  HoldsController,
  AdminGrantsController,
  UsageController,
  AdminUsageController,
  CurrentSubscriptionController,
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
