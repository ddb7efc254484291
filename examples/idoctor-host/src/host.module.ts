import { type DynamicModule, Module } from '@nestjs/common';
import { CommercialModule } from '@idoctor/commercial';
import type { DataSource } from 'typeorm';
import { StudyProcessor } from './dicom/study-processor.js';
import { HealthController } from './health.controller.js';
import { JobsController } from './jobs/jobs.controller.js';
import { StudyJobs } from './jobs/study-jobs.js';
import { ProcessController } from './process/process.controller.js';

export interface HostOptions {
  /** Initialised, with the package's entities; stays the caller's to close. */
  dataSource: DataSource;
  jwtSecret: string;
  processor?: StudyProcessor;
}

/** The imaging service: its own processing, and the commercial layer's guard on the same database. */
@Module({})
export class HostModule {
  static forRoot({ dataSource, jwtSecret, processor }: HostOptions): DynamicModule {
    return {
      module: HostModule,
      imports: [
        CommercialModule.forRoot({
          dataSource,
          jwt: { secret: jwtSecret },
          // The stand-alone service serves accounts, plans, payments and webhooks; here is only what costs quota.
          routes: false,
          publicUrl: 'http://localhost',
        }),
      ],
      controllers: [ProcessController, JobsController, HealthController],
      providers: [StudyJobs, { provide: StudyProcessor, useValue: processor ?? new StudyProcessor() }],
    };
  }
}
