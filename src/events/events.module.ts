import { Module } from '@nestjs/common';
import { dataSourceOf } from '../database/connection-errors.js';
import { Clock } from '../time/clock.js';
import { AccountJobs } from './dispatch/account-jobs.js';
import { CommercialEvents } from './types/commercial-events.js';
import { Deliveries } from './api/deliveries.service.js';
import { DeliveryBacklog } from './queue/delivery-backlog.js';
import { DeliveryDispatcher } from './dispatch/delivery-dispatcher.js';
import { DueDeliveries } from './queue/due-deliveries.js';
import { EventJobs } from './dispatch/event-jobs.js';
import { EventOutbox } from './outbox/event-outbox.js';
import { EventPurge } from './outbox/event-purge.js';
import { EntitlementRecorder } from './outbox/entitlement-recorder.js';
import { EventRecorder } from './outbox/event-recorder.js';
import { EVENTS_OPTIONS, type EventsOptions } from './types/events-options.js';
import { ConfigurableModuleClass } from './events.module-definition.js';
import { EventMails } from './mail/event-mails.js';
import { WebhookEndpoints } from './api/webhook-endpoints.service.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { WebhookTargets } from './webhooks/webhook-targets.js';
import { EventsPersonalData } from './privacy/events-personal-data.js';

/** Tells the outside what happened. Needs Auth-, Billing- and QuotaModule among its imports or globally. */
@Module({
  providers: [
    dataSourceOf(EVENTS_OPTIONS),
    { provide: Clock, inject: [EVENTS_OPTIONS], useFactory: (o: EventsOptions) => o.clock },
    AccountJobs,
    CommercialEvents,
    EventOutbox,
    EventRecorder,
    EntitlementRecorder,
    DueDeliveries,
    DeliveryDispatcher,
    EventMails,
    EventsPersonalData,
    WebhookTargets,
    WebhookSender,
    WebhookEndpoints,
    Deliveries,
    DeliveryBacklog,
    EventPurge,
    EventJobs,
  ],
  exports: [CommercialEvents, DeliveryDispatcher],
})
export class EventsModule extends ConfigurableModuleClass {}
