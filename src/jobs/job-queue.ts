import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Job, JobResult, PgBoss } from 'pg-boss';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../database/tokens.js';
import { jobDurationSeconds } from '../metrics/metrics.js';
import { poolOf, transactionOf } from './boss-database.js';
import { JOBS_SCHEMA } from './install-jobs.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';

/** What a job carries: ids to look up, never facts that may be out of date when it runs. */
export type JobData = Readonly<Record<string, string>>;

export interface JobDefinition {
  queue: string;
  /** How many this process takes at once. Default 1. */
  batchSize?: number;
  /** How long a run may take before another process takes the job over. Default 60. */
  timeoutSeconds?: number;
  /** Run by itself at these times, by cron in Beijing's time. */
  cron?: string;
  /** Run once when a process starts too, for what fell due while none was up. */
  atStart?: boolean;
  run(data: JobData): Promise<void>;
}

/** A job that didn't end within this time at shutdown is left to another process. */
const DRAIN_MS = 20_000;
/** How long a process that found no job schema goes on without asking again. */
const LOOK_AGAIN_MS = 30_000;

/**
 * Work that outlives a process, on pg-boss. A job is queued inside the transaction that makes it necessary; processes
 * with `jobs: true` share the work. Where no job schema is installed, nothing is queued: jobs are wake-ups, and
 * whoever defines one keeps in its own tables what is due.
 */
@Injectable()
export class JobQueue implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(JobQueue.name);
  private readonly definitions: JobDefinition[] = [];
  private boss: PgBoss | null = null;
  private opening: Promise<PgBoss | null> | null = null;
  private lookAgainAt = 0;
  private stopped = false;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
  ) {}

  /** Call it while the modules are initialised. */
  define(definition: JobDefinition): void {
    this.definitions.push(definition);
  }

  async onApplicationBootstrap(): Promise<void> {
    const boss = await this.open();
    if (!this.options.work) return;
    if (!boss) throw new Error(`there is no schema ${JOBS_SCHEMA}: call runMigrations() before the start`);
    for (const definition of this.definitions) await this.work(boss, definition);
  }

  /** Takes no new jobs and lets those that run come to their end. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    await this.boss?.stop({ graceful: true, timeout: DRAIN_MS });
    this.boss = null;
  }

  /**
   * Queues a job in the caller's transaction.
   *
   * @param delaySeconds 0 or more; counted by the database's clock from the transaction's start
   */
  async send(manager: EntityManager, queue: string, data: JobData, delaySeconds: number): Promise<void> {
    const boss = await this.open();
    await boss?.send(queue, data, { db: transactionOf(manager), startAfter: Math.ceil(delaySeconds) });
  }

  private async open(): Promise<PgBoss | null> {
    if (this.boss || this.stopped) return this.boss;
    this.opening ??= this.start().finally(() => (this.opening = null));
    return this.opening;
  }

  private async start(): Promise<PgBoss | null> {
    if (Date.now() < this.lookAgainAt) return null;
    const { work } = this.options;
    const { PgBoss } = await import('pg-boss');
    const boss = new PgBoss({
      db: poolOf(this.dataSource),
      schema: JOBS_SCHEMA,
      migrate: false,
      supervise: work,
      schedule: work,
      superviseIntervalSeconds: 30,
      monitorIntervalSeconds: 30,
    });
    boss.on('error', (error: unknown) => this.logger.error(error));
    if (!(await boss.isInstalled())) {
      this.lookAgainAt = Date.now() + LOOK_AGAIN_MS;
      return null;
    }
    await boss.start();
    for (const definition of this.definitions) await this.ensureQueue(boss, definition);
    this.boss = boss;
    return boss;
  }

  private async ensureQueue(boss: PgBoss, { queue, timeoutSeconds = 60 }: JobDefinition): Promise<void> {
    const options = {
      expireInSeconds: timeoutSeconds,
      retryLimit: 3,
      retryBackoff: true,
      deleteAfterSeconds: 3600,
    };
    await boss.createQueue(queue, options);
    await boss.updateQueue(queue, options);
  }

  private async work(boss: PgBoss, definition: JobDefinition): Promise<void> {
    const { queue, batchSize = 1, cron, atStart = false } = definition;
    if (cron !== undefined) await boss.schedule(queue, cron, null, { tz: 'Asia/Shanghai' });
    if (atStart) await boss.send(queue);
    const options = { pollingIntervalSeconds: 1, batchSize, perJobResults: true } as const;
    await boss.work<JobData | null, JobResult[]>(queue, options, (jobs: Job<JobData | null>[]) =>
      Promise.all(jobs.map((job) => this.run(definition, job))),
    );
  }

  /** Each job of a batch for itself: one that fails is tried again, the others are done. */
  private async run(definition: JobDefinition, { id, data }: Job<JobData | null>): Promise<JobResult> {
    const queue = definition.queue;
    const took = jobDurationSeconds.startTimer({ queue });
    try {
      await definition.run(data ?? {});
      took({ outcome: 'completed' });
      return { id, status: 'completed' };
    } catch (error) {
      took({ outcome: 'failed' });
      this.logger.error(error, `job ${queue} ${JSON.stringify(data)}`);
      return { id, status: 'failed' };
    }
  }
}
