/** What a protected handler costs. The functions see the framework's own request (Fastify's or Express's). */
// oxlint-disable-next-line typescript/no-explicit-any -- Express's request or Fastify's: the package imports neither.
export interface RequireQuotaOptions<Request = any> {
  /** A whole number from 1 to 1,000,000, or a function of the request. Default 1. */
  cost?: number | ((request: Request) => number);
  /** What the quota is used for, kept in the usage log; at most 255 characters. */
  resourceId?: (request: Request) => string | null;
}

export interface QuotaRequirement extends RequireQuotaOptions {
  resourceType: string;
}

export const QUOTA_REQUIREMENT = Symbol('QUOTA_REQUIREMENT');
