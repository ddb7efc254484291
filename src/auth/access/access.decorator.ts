import { applyDecorators, SetMetadata, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiSecurity } from '@nestjs/swagger';
import { RequestOriginInterceptor } from '../../audit/request-origin.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';
import { AccessGuard } from './access.guard.js';
import type { Scope } from '../identity/caller/scopes.js';
import type { ServiceScope } from '../identity/caller/service-scopes.js';
import { EXTERNAL_ID } from '../identity/customers/external-id.js';

/** Names of the security schemes in the OpenAPI document. */
export const BEARER_SCHEME = 'bearer';
export const API_KEY_SCHEME = 'apiKey';

/** What an API key needs to call the handler, or that no API key may. An administrator's handler needs `admin` too. */
export type AccessOptions = ({ scope: Scope } | { apiKey: false }) & {
  /** What a service key needs to call the handler in a customer's name. Default: no service key may. */
  service?: ServiceScope;
  /** True where it takes a user of this package's own. Default: a user of the host's own sign-in may call it too. */
  ownUser?: boolean;
};

/** Who may call the handler: guards it, and documents that it does. */
export function Access(who: 'public'): MethodDecorator;
export function Access(who: 'user', options: AccessOptions): MethodDecorator;
export function Access(who: 'admin', options?: AccessOptions): MethodDecorator;
/** Another application by its service key, in its own name. */
export function Access(who: 'service', options: { service: ServiceScope }): MethodDecorator;
export function Access(
  who: AccessRule['who'],
  options?: AccessOptions | { service: ServiceScope },
): MethodDecorator {
  // An empty requirement is how OpenAPI says that anybody may.
  if (who === 'public') {
    return applyDecorators(SetMetadata(ACCESS_RULE, ruleOf(who)), WITH_ORIGIN, ApiSecurity({}));
  }
  const rule = ruleOf(who, options);
  return applyDecorators(
    SetMetadata(ACCESS_RULE, rule),
    UseGuards(AccessGuard),
    // An interceptor would be a large part of what the debit of quota costs, and that leaves nothing in the audit log.
    ...(rule.scopes.some((scope) => scope.startsWith('quota:')) ? [] : [WITH_ORIGIN]),
    ...(who === 'service' ? [] : [ApiBearerAuth(BEARER_SCHEME)]),
    ...(rule.apiKey || rule.service ? [ApiSecurity(API_KEY_SCHEME)] : []),
    ...(rule.service && who !== 'service' ? [forCustomers(rule.service)] : []),
    ApiProblem('UNAUTHENTICATED', 'FORBIDDEN'),
  );
}

const WITH_ORIGIN = UseInterceptors(new RequestOriginInterceptor());

/** A handler that a service key may call in a customer's name. */
function forCustomers(scope: ServiceScope): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'X-Customer-Id',
      required: false,
      description: `With a service key (scope \`${scope}\`): the customer that it acts for.`,
      schema: { type: 'string', minLength: 1, maxLength: 128, pattern: EXTERNAL_ID.source },
    }),
    ApiProblem('CUSTOMER_REQUIRED', 'NOT_FOUND'),
  );
}

function ruleOf(who: AccessRule['who'], options?: AccessOptions | { service: ServiceScope }): AccessRule {
  const scopes = new Set<Scope>(who === 'admin' ? ['admin'] : []);
  if (options && 'scope' in options) scopes.add(options.scope);
  const apiKey = who !== 'service' && !(options && 'apiKey' in options);
  const ownUser = options !== undefined && 'ownUser' in options && options.ownUser === true;
  return { who, apiKey, ownUser, scopes: [...scopes], service: options?.service ?? null };
}
