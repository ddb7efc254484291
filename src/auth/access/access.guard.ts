import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../../problems/problem.js';
import type { AuthenticatedUser } from '../identity/caller/authenticated-user.js';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';
import { Authenticator } from './authenticator.js';
import { WriteLimits } from '../identity/limits/write-limits.js';
import type { Sentence } from '../../problems/sentence.js';
import {
  ADMINISTRATORS_KEYS_ONLY,
  ADMINISTRATORS_ONLY,
  lackingScopes,
  NOT_BY_KEY,
  NOT_BY_PORTAL_LINK,
  NOT_BY_SERVICE_KEY,
  NOT_FOR_HOST_USERS,
  NOT_FOR_MEMBERS,
  SERVICES_ONLY,
} from './refusals.js';
import { rememberService } from '../identity/caller/current-service.decorator.js';
import type { ServiceScope } from '../identity/caller/service-scopes.js';

/** Lets in whom `@Access()` over the handler admits. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly reflector: Reflector,
    private readonly writes: WriteLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_RULE, context.getHandler());
    if (!rule)
      throw new Error('AccessGuard finds no rule: write @Access() over the handler, not @UseGuards()');
    if (rule.who === 'public') return true;
    if (rule.who === 'service') return this.admitService(context, rule.service!);
    const user = await this.authenticator.callerOf(context, rule.service);
    if (!user) throw new Problem('UNAUTHENTICATED');
    const reason = refusal(user, rule);
    if (reason) throw forbidden(reason);
    if (isLimited(context, rule)) await this.writes.count(user.accountId);
    return true;
  }

  private async admitService(context: ExecutionContext, scope: ServiceScope): Promise<boolean> {
    const caller = await this.authenticator.serviceOf(context, scope);
    if (caller) rememberService(context.switchToHttp().getRequest<object>(), caller);
    else if (await this.authenticator.callerOf(context)) throw forbidden(SERVICES_ONLY);
    else throw new Problem('UNAUTHENTICATED');
    return true;
  }
}

function forbidden(reason: Sentence): Problem {
  return new Problem('FORBIDDEN', { params: { reason } });
}

/** Reads are cheap, and who uses quota is limited by the quota. */
function isLimited(context: ExecutionContext, rule: AccessRule): boolean {
  const { method } = context.switchToHttp().getRequest<{ method: string }>();
  return !['GET', 'HEAD'].includes(method) && !rule.scopes.some((scope) => scope.startsWith('quota:'));
}

/** @returns why the caller may not, or null where they may. */
function refusal(user: AuthenticatedUser, rule: AccessRule): Sentence | null {
  // It was admitted by the scope that the rule asks of it.
  if (user.via === 'serviceKey') return rule.service ? null : NOT_BY_SERVICE_KEY;
  if (user.via === 'host' && rule.ownUser) return NOT_FOR_HOST_USERS;
  if (rule.who === 'admin' && user.role !== 'admin') {
    return user.via === 'apiKey' ? ADMINISTRATORS_KEYS_ONLY : ADMINISTRATORS_ONLY;
  }
  if (user.accountRole === 'member' && rule.scopes.includes('billing:write')) {
    return NOT_FOR_MEMBERS;
  }
  if (user.via === 'token' || user.via === 'host') return null;
  if (user.via === 'portal') return isForPortal(user, rule) ? null : NOT_BY_PORTAL_LINK;
  if (!rule.apiKey) return NOT_BY_KEY;
  const missing = rule.scopes.filter((scope) => user.scopes && !user.scopes.includes(scope));
  return missing.length > 0 ? lackingScopes(missing) : null;
}

function isForPortal({ scopes }: AuthenticatedUser, rule: AccessRule): boolean {
  return rule.apiKey && rule.scopes.every((scope) => scopes?.includes(scope));
}
