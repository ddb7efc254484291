import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../jobs/job-queue.js';
import { DeliveryDispatcher } from './delivery/delivery-dispatcher.js';
import { EVENT_DELIVERIES } from './delivery/delivery-queue.js';

/** Puts the deliveries on the job queue. */
@Injectable()
export class EventJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly dispatcher: DeliveryDispatcher,
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
  }
}
