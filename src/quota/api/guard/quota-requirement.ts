/** What a protected handler costs. The functions see the framework's own request (Fastify's or Express's). */
// oxlint-disable-next-line typescript/no-explicit-any -- Express's request or Fastify's: the package imports neither.
export interface RequireQuotaOptions<Request = any> {
  /** A whole number from 1 to 1,000,000, or a function of the request. Default 1. */
  cost?: number | ((request: Request) => number);
  /** What the quota is used for, kept in the usage log; at most 255 characters. */
  resourceId?: (request: Request) => string | null;
  /**
   * Sets the cost aside instead of debiting it, and limits how many requests of an account run at once to the plan's
   * `max_concurrent`. In both cases any failure releases the hold, and so does its time.
   * - `true`: committed before the answer ends. The handler may have committed it before, at its true cost
   * - `'manual'`: left open past the answer, for a job that commits or releases it later (see `CurrentHold`)
   */
  hold?: boolean | 'manual';
  /** How long the work may take, in seconds, before its hold is released; 900 by default, at most 604,800. */
  holdSeconds?: number;
}

export interface QuotaRequirement extends RequireQuotaOptions {
  resourceType: string;
}

export const QUOTA_REQUIREMENT = Symbol('QUOTA_REQUIREMENT');
