import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Problem, QuotaService, type OpenHold } from '@idoctor/commercial';
import { InvalidStudyError } from '../dicom/invalid-study.error.js';
import { StudyProcessor, StudyQueueFullError } from '../dicom/study-processor.js';
import { costOf } from './study-cost.js';
import {
  PRIORITIES,
  priorityOf,
  type JobState,
  type StudyFault,
  type StudyJob,
  type StudyOrder,
  type StudyResult,
} from './study-job.js';

/** Their files stay in memory while they wait. */
const MOST_WAITING = 16;
const RESULTS_KEPT = 1_000;

/**
 * Studies that are processed after their request was answered, one at a time, those first whose plan promises it. Each
 * has a hold open that is settled by what becomes of it. The queue is this process's memory: where that is lost, the
 * holds' time gives the quota back.
 */
@Injectable()
export class StudyJobs implements BeforeApplicationShutdown {
  private readonly logger = new Logger(StudyJobs.name);
  private readonly jobs = new Map<string, StudyJob>();
  private waiting: StudyJob[] = [];
  private working: Promise<void> | null = null;
  private stopping = false;

  constructor(
    private readonly processor: StudyProcessor,
    private readonly quota: QuotaService,
  ) {}

  /** @throws StudyQueueFullError */
  async add(order: StudyOrder, hold: OpenHold): Promise<StudyJob> {
    const priority = priorityOf((await this.quota.features(hold.accountId))['priority']);
    if (this.stopping || this.waiting.length >= MOST_WAITING)
      throw new StudyQueueFullError(this.waiting.length);
    const job: StudyJob = {
      id: hold.holdId,
      accountId: hold.accountId,
      priority,
      hold,
      order,
      state: { status: 'waiting' },
    };
    this.jobs.set(job.id, job);
    this.waiting.push(job);
    this.working ??= this.work();
    return job;
  }

  /** Another account's is nobody's. */
  find(accountId: string, id: string): StudyJob | null {
    const job = this.jobs.get(id);
    return job?.accountId === accountId ? job : null;
  }

  /** What runs comes to its end; what waits won't begin, and costs nothing. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await Promise.all(
      this.waiting
        .splice(0)
        .map((job) => this.fail(job, { code: 'STOPPED', detail: 'The service stopped.' })),
    );
    await this.working;
  }

  private async work(): Promise<void> {
    for (let job = this.next(); job; job = this.next()) await this.run(job);
    this.working = null;
  }

  /** The most urgent one, and of those the one that came first. */
  private next(): StudyJob | undefined {
    const urgency = PRIORITIES.map((priority) => this.waiting.findIndex((job) => job.priority === priority));
    const place = urgency.find((index) => index >= 0);
    return place === undefined ? undefined : this.waiting.splice(place, 1)[0];
  }

  private async run(job: StudyJob): Promise<void> {
    job.state = { status: 'running' };
    try {
      const result = await this.process(job.order!);
      // Paid first: a result that was shown before could be had for nothing.
      await job.hold.commit(result.cost);
      this.end(job, { status: 'done', ...result });
    } catch (error) {
      await this.fail(job, this.faultOf(job, error));
    }
  }

  private async process({ files, threshold }: StudyOrder): Promise<StudyResult> {
    const { facts, preview } = await this.processor.process(
      files,
      threshold === undefined ? {} : { threshold },
    );
    return {
      cost: costOf(facts.slices),
      study: facts,
      preview: `data:image/png;base64,${Buffer.from(preview).toString('base64')}`,
    };
  }

  private async fail(job: StudyJob, problem: StudyFault): Promise<void> {
    try {
      await job.hold.release();
    } catch (error) {
      // Its time releases it too.
      this.logger.warn(`hold ${job.id} of a study that failed could not be released: ${String(error)}`);
    }
    this.end(job, { status: 'failed', problem });
  }

  private faultOf(job: StudyJob, error: unknown): StudyFault {
    if (error instanceof InvalidStudyError) return { code: error.code, detail: error.message };
    if (error instanceof StudyQueueFullError) return { code: 'TOO_BUSY', detail: error.message };
    if (error instanceof Problem) return { code: error.code, detail: 'The study could not be charged.' };
    this.logger.error(`study ${job.id} failed`, error);
    return { code: 'INTERNAL_ERROR', detail: 'The study could not be processed.' };
  }

  private end(job: StudyJob, state: JobState): void {
    job.order = null;
    job.state = state;
    const [oldest] = this.jobs.keys();
    if (this.jobs.size > RESULTS_KEPT + MOST_WAITING && oldest !== undefined) this.jobs.delete(oldest);
  }
}
