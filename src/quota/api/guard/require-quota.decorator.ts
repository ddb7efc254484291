import { applyDecorators, SetMetadata, UseFilters, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import { API_KEY_SCHEME, BEARER_SCHEME } from '../../../auth/access/access.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { ProblemFilter } from '../../../problems/problem.filter.js';
import { QuotaGuard } from './quota.guard.js';
import { QUOTA_REQUIREMENT, type QuotaRequirement, type RequireQuotaOptions } from './quota-requirement.js';
import { watchHandler } from './watch-handler.js';

/**
 * Debits quota in the caller's name before the handler runs, and gives it back, once, if the request fails: a thrown
 * error, a later guard's or pipe's refusal, any status of 400 or more, a connection lost before the handler ran.
 *
 * With `hold` it sets the quota aside instead, commits it on success and releases it on any failure.
 *
 * Answers 401 without a user, 402 without enough quota (application/problem+json), and carries X-Quota-Limit,
 * X-Quota-Remaining and X-Quota-Reset. It authenticates by itself where no guard before it did, so its place among
 * other decorators doesn't matter.
 *
 * @param resourceType one of the resource types that the module was configured with
 */
// oxlint-disable-next-line typescript/no-explicit-any -- a host that writes `(req) => …` names no type.
export function RequireQuota<Request = any>(
  resourceType: string,
  options: RequireQuotaOptions<Request> = {},
): MethodDecorator {
  const requirement: QuotaRequirement = { resourceType, ...(options as RequireQuotaOptions) };
  return applyDecorators(
    watchHandler as MethodDecorator,
    SetMetadata(QUOTA_REQUIREMENT, requirement),
    UseGuards(QuotaGuard),
    UseFilters(ProblemFilter),
    ApiBearerAuth(BEARER_SCHEME),
    ApiSecurity(API_KEY_SCHEME),
    ApiResponse({ status: 402, headers: QUOTA_HEADERS }),
    ApiProblem('UNAUTHENTICATED', 'FORBIDDEN', 'SUBSCRIPTION_REQUIRED', 'QUOTA_EXCEEDED', 'OVERLOADED'),
    ApiProblem('KEY_QUOTA_EXCEEDED'),
    ...(options.hold ? [ApiProblem('CONCURRENCY_LIMIT')] : []),
  );
}

/** On every answer from the guard on, not on refusals alone; which status that is, only the handler knows. */
const QUOTA_HEADERS = {
  'X-Quota-Limit': { description: 'What the period grants.', schema: { type: 'integer' as const } },
  'X-Quota-Remaining': { description: 'What is left of it.', schema: { type: 'integer' as const } },
  'X-Quota-Reset': {
    description: 'When the next period begins (RFC 3339).',
    schema: { type: 'string' as const, format: 'date-time' },
  },
};
