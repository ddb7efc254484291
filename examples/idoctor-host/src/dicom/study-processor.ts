import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { type InvalidStudyCode, InvalidStudyError } from './invalid-study.error.js';
import type { ProcessedStudy, StudyOptions } from './study.js';

export interface StudyRequest {
  files: readonly Uint8Array[];
  options: StudyOptions;
}

export type StudyAnswer =
  { study: ProcessedStudy } | { invalid: { code: InvalidStudyCode; message: string } };

export interface StudyProcessorOptions {
  /** How long one study may take, from the moment that it runs, in milliseconds. */
  timeLimitMs: number;
  /** JavaScript heap of one study, in MiB; pixel data lies outside it and is bounded by `StudyLimits`. */
  heapLimitMb: number;
  /** Studies processed at once. */
  concurrency: number;
  /** Studies that may wait for their turn. */
  queue: number;
  /** The compiled worker, and Node's options for it. */
  worker: { url: URL; execArgv: string[] };
}

/** As many studies wait as may: ask again later (503). */
export class StudyQueueFullError extends Error {
  constructor(waiting: number) {
    super(`${waiting} studies are waiting to be processed: send this one again in a while.`);
    this.name = 'StudyQueueFullError';
  }
}

const DEFAULTS: StudyProcessorOptions = {
  timeLimitMs: 30_000,
  heapLimitMb: 512,
  concurrency: availableParallelism(),
  queue: 64,
  // The asm.js decoder of JPEG-LS makes V8 print a warning at every load.
  worker: { url: new URL('./study.worker.js', import.meta.url), execArgv: ['--no-warnings'] },
};

/**
 * Processes studies away from the event loop: each in a worker thread of its own, with limits of time and memory,
 * since the decoders read what strangers send.
 */
export class StudyProcessor {
  constructor(options: Partial<StudyProcessorOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
    this.limit = pLimit(this.options.concurrency);
  }

  private readonly options: StudyProcessorOptions;
  private readonly limit: ReturnType<typeof pLimit>;

  /**
   * @throws InvalidStudyError for every fault of the files, `TOO_COSTLY` when a limit of the worker is reached
   * @throws StudyQueueFullError
   */
  async process(files: readonly Uint8Array[], options: StudyOptions = {}): Promise<ProcessedStudy> {
    if (this.limit.pendingCount >= this.options.queue) throw new StudyQueueFullError(this.limit.pendingCount);
    const answer = await this.limit(() => this.runWorker({ files, options }));
    if ('invalid' in answer) throw new InvalidStudyError(answer.invalid.code, answer.invalid.message);
    return answer.study;
  }

  private async runWorker(request: StudyRequest): Promise<StudyAnswer> {
    const { worker: program, heapLimitMb, timeLimitMs } = this.options;
    const worker = new Worker(program.url, {
      workerData: request,
      execArgv: program.execArgv,
      resourceLimits: { maxOldGenerationSizeMb: heapLimitMb },
      // The decoders print complaints; nobody reads them.
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    try {
      return await answerOf(worker, timeLimitMs);
    } finally {
      await worker.terminate();
    }
  }
}

function answerOf(worker: Worker, timeLimitMs: number): Promise<StudyAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new InvalidStudyError(
          'TOO_COSTLY',
          `The study takes longer than ${timeLimitMs / 1_000} s to process.`,
        ),
      );
    }, timeLimitMs);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    worker.once('message', (answer: StudyAnswer) => settle(() => resolve(answer)));
    worker.once('error', (error: NodeJS.ErrnoException) =>
      settle(() => {
        const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        reject(
          outOfMemory
            ? new InvalidStudyError('TOO_COSTLY', 'The study takes more memory than it may to process.')
            : error,
        );
      }),
    );
    worker.once('exit', (code) =>
      settle(() => reject(new Error(`The study's worker ended with code ${code} and no answer.`))),
    );
  });
}
