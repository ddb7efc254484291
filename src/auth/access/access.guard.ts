import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../../problems/problem.js';
import type { AuthenticatedUser } from '../identity/caller/authenticated-user.js';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';
import { Authenticator } from './authenticator.js';
import type { Sentence } from '../../problems/sentence.js';
import {
  ADMINISTRATORS_KEYS_ONLY,
  ADMINISTRATORS_ONLY,
  lackingScopes,
  NOT_BY_KEY,
  NOT_FOR_MEMBERS,
} from './refusals.js';

/** Lets in whom `@Access()` over the handler admits. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_RULE, context.getHandler());
    if (!rule)
      throw new Error('AccessGuard finds no rule: write @Access() over the handler, not @UseGuards()');
    if (rule.who === 'public') return true;
    const user = await this.authenticator.callerOf(context);
    if (!user) throw new Problem('UNAUTHENTICATED');
    const reason = refusal(user, rule);
    if (reason) throw new Problem('FORBIDDEN', { params: { reason } });
    return true;
  }
}

/** @returns why the caller may not, or null where they may. */
function refusal(user: AuthenticatedUser, rule: AccessRule): Sentence | null {
  if (rule.who === 'admin' && user.role !== 'admin') {
    return user.via === 'apiKey' ? ADMINISTRATORS_KEYS_ONLY : ADMINISTRATORS_ONLY;
  }
  if (user.accountRole === 'member' && rule.scopes.includes('billing:write')) {
    return NOT_FOR_MEMBERS;
  }
  if (user.via !== 'apiKey') return null;
  if (!rule.apiKey) return NOT_BY_KEY;
  const missing = rule.scopes.filter((scope) => user.scopes && !user.scopes.includes(scope));
  return missing.length > 0 ? lackingScopes(missing) : null;
}
