import { ConfigurableModuleBuilder } from '@nestjs/common';
import { selfContained } from '../problems/self-contained.js';
import { EventDeliveriesController } from './api/event-deliveries.controller.js';
import { EVENTS_OPTIONS, type EventsOptions } from './types/events-options.js';
import { WebhookEndpointsController } from './api/webhook-endpoints.controller.js';

const CONTROLLERS = selfContained([WebhookEndpointsController, EventDeliveriesController]);

export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<EventsOptions>({
  optionsInjectionToken: EVENTS_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setExtras({ isGlobal: false, routes: true }, (definition, { isGlobal, routes }) => ({
    ...definition,
    global: isGlobal,
    controllers: routes ? CONTROLLERS : [],
  }))
  .build();
