import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Authenticator } from '../../../auth/access/authenticator.js';
import { lackingScopes } from '../../../auth/access/refusals.js';
import { Problem } from '../../../problems/problem.js';
import { verbatim } from '../../../problems/sentence.js';
import { Entitlements } from '../../entitlements/entitlements.service.js';

export const REQUIRED_ENTITLEMENT = Symbol('REQUIRED_ENTITLEMENT');

/** Puts `@RequireEntitlement()` into effect. */
@Injectable()
export class EntitlementGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly entitlements: Entitlements,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const feature = this.reflector.get<string | undefined>(REQUIRED_ENTITLEMENT, context.getHandler());
    if (feature === undefined) return true;
    if (!this.entitlements.knows(feature)) {
      throw new Error(
        `@RequireEntitlement('${feature}'): no plan can promise this; declare it in \`features\``,
      );
    }
    const user = await this.authenticator.callerOf(context);
    if (!user) throw new Problem('UNAUTHENTICATED');
    if (user.scopes && !user.scopes.includes('quota:read')) {
      throw new Problem('FORBIDDEN', { params: { reason: lackingScopes(['quota:read']) } });
    }
    const { granted } = await this.entitlements.one(user.accountId, feature);
    if (granted) return true;
    throw new Problem('ENTITLEMENT_REQUIRED', {
      params: { feature: verbatim(feature) },
      extensions: { feature },
    });
  }
}
