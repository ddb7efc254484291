import { ConfigurableModuleBuilder } from '@nestjs/common';
import { CurrentSubscriptionController } from './current-subscription.controller.js';
import { QUOTA_OPTIONS, type QuotaOptions } from './quota-options.js';
import { QuotaController } from './quota.controller.js';
import { UsageController } from './usage/usage.controller.js';

const CONTROLLERS = [QuotaController, UsageController, CurrentSubscriptionController];

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
