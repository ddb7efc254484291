import { applyDecorators, SetMetadata, UseFilters, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import { API_KEY_SCHEME, BEARER_SCHEME } from '../../../auth/access/access.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { ProblemFilter } from '../../../problems/problem.filter.js';
import { EntitlementGuard, REQUIRED_ENTITLEMENT } from './entitlement.guard.js';

/**
 * Lets in whose account is entitled to a feature: 401 without a user, 402 ENTITLEMENT_REQUIRED without the feature
 * (application/problem+json). It authenticates by itself where no guard before it did. A metered feature counts as
 * granted when its quota is used up: `@RequireQuota()` is what uses it.
 *
 * @param feature one that plans can promise: of the option `features`, or a quota type
 */
export function RequireEntitlement(feature: string): MethodDecorator {
  return applyDecorators(
    SetMetadata(REQUIRED_ENTITLEMENT, feature),
    UseGuards(EntitlementGuard),
    UseFilters(ProblemFilter),
    ApiBearerAuth(BEARER_SCHEME),
    ApiSecurity(API_KEY_SCHEME),
    ApiProblem('UNAUTHENTICATED', 'FORBIDDEN', 'ENTITLEMENT_REQUIRED'),
  );
}
