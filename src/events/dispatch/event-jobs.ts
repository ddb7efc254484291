import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DueWork } from '../../jobs/due-work.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { DeliveryBacklog } from '../queue/delivery-backlog.js';
import { DeliveryDispatcher } from './delivery-dispatcher.js';
import { EVENT_DELIVERIES } from '../queue/delivery-queue.js';
import { EventPurge } from '../outbox/event-purge.js';

/** Puts the deliveries on the job queue. */
@Injectable()
export class EventJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly dueWork: DueWork,
    private readonly dispatcher: DeliveryDispatcher,
    private readonly backlog: DeliveryBacklog,
    private readonly old: EventPurge,
  ) {}

  onModuleInit(): void {
    this.jobs.define({
      queue: EVENT_DELIVERIES,
      batchSize: 50,
      // What a process had in hand when it died, and what a job was lost for.
      cron: '* * * * *',
      atStart: true,
      run: async () => void (await this.dispatcher.wake()),
    });
    this.jobs.define({ queue: 'events.backlog', cron: '* * * * *', run: () => this.backlog.measure() });
    this.jobs.define({
      queue: 'events.purge',
      cron: '41 * * * *',
      timeoutSeconds: 600,
      run: async () => void (await this.old.purge()),
    });
    this.dueWork.register('event deliveries', () => this.dispatcher.runDue());
  }
}
