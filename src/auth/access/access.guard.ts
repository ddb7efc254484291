import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../../problems/problem.js';
import type { AuthenticatedUser } from '../authenticated-user.js';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';
import { Authenticator } from './authenticator.js';

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
    const user = await this.authenticator.authenticate(context);
    if (!user) throw new Problem('UNAUTHENTICATED');
    const reason = refusal(user, rule);
    if (reason) throw new Problem('FORBIDDEN', { params: { reason } });
    return true;
  }
}

/** @returns why the caller may not, or null where they may. */
function refusal(user: AuthenticatedUser, rule: AccessRule): string | null {
  if (rule.who === 'admin' && user.role !== 'admin') return 'it takes an administrator';
  if (user.accountRole === 'member' && rule.scopes.includes('billing:write')) {
    return 'it takes an owner or an admin of the organization';
  }
  if (user.via !== 'apiKey') return null;
  if (!rule.apiKey) return 'it takes an access token, not an API key';
  const missing = rule.scopes.filter((scope) => user.scopes && !user.scopes.includes(scope));
  return missing.length > 0 ? `the API key lacks the scope ${missing.join(', ')}` : null;
}
