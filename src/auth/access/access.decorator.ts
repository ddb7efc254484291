import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';
import { AccessGuard } from './access.guard.js';
import type { Scope } from '../identity/caller/scopes.js';

/** Names of the security schemes in the OpenAPI document. */
export const BEARER_SCHEME = 'bearer';
export const API_KEY_SCHEME = 'apiKey';

/** What an API key needs to call the handler, or that no API key may. An administrator's handler needs `admin` too. */
export type AccessOptions = { scope: Scope } | { apiKey: false };

/** Who may call the handler: guards it, and documents that it does. */
export function Access(who: 'public'): MethodDecorator;
export function Access(who: 'user', options: AccessOptions): MethodDecorator;
export function Access(who: 'admin', options?: AccessOptions): MethodDecorator;
export function Access(who: AccessRule['who'], options?: AccessOptions): MethodDecorator {
  // An empty requirement is how OpenAPI says that anybody may.
  if (who === 'public') return applyDecorators(SetMetadata(ACCESS_RULE, ruleOf(who)), ApiSecurity({}));
  const rule = ruleOf(who, options);
  return applyDecorators(
    SetMetadata(ACCESS_RULE, rule),
    UseGuards(AccessGuard),
    ApiBearerAuth(BEARER_SCHEME),
    ...(rule.apiKey ? [ApiSecurity(API_KEY_SCHEME)] : []),
    ApiProblem('UNAUTHENTICATED', 'FORBIDDEN'),
  );
}

function ruleOf(who: AccessRule['who'], options?: AccessOptions): AccessRule {
  const scopes = new Set<Scope>(who === 'admin' ? ['admin'] : []);
  if (options && 'scope' in options) scopes.add(options.scope);
  return { who, apiKey: !(options && 'apiKey' in options), scopes: [...scopes] };
}
