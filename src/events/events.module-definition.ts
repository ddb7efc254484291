import { ConfigurableModuleBuilder } from '@nestjs/common';
import { EVENTS_OPTIONS, type EventsOptions } from './events-options.js';

export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<EventsOptions>({
  optionsInjectionToken: EVENTS_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setExtras({ isGlobal: false, routes: true }, (definition, { isGlobal }) => ({
    ...definition,
    global: isGlobal,
  }))
  .build();
