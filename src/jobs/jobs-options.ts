export interface JobsOptions {
  /** Whether this process works jobs; one that doesn't still queues them for those that do. */
  work: boolean;
}

export const JOBS_OPTIONS = Symbol('JOBS_OPTIONS');
