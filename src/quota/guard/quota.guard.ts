import { Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { v7 as uuid } from 'uuid';
import { Authenticator } from '../../auth/access/authenticator.js';
import type { AuthenticatedUser } from '../../auth/authenticated-user.js';
import { Problem } from '../../problems/problem.js';
import { QuotaService, type Consumption } from '../quota.service.js';
import { announceQuota } from './quota-headers.js';
import { QUOTA_REQUIREMENT, type QuotaRequirement } from './quota-requirement.js';
import { OutstandingDebit } from './outstanding-debit.js';
import { rawResponse } from './raw-response.js';

/** Puts `@RequireQuota()` into effect. Hosts may override the protected methods. */
@Injectable()
export class QuotaGuard implements CanActivate {
  private readonly logger = new Logger(QuotaGuard.name);

  constructor(
    protected readonly reflector: Reflector,
    protected readonly authenticator: Authenticator,
    protected readonly quota: QuotaService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const requirement = this.requirementOf(context);
    if (!requirement) return true;
    const user = await this.callerOf(context);
    if (!user) throw new Problem('UNAUTHENTICATED');
    if (user.scopes && !user.scopes.includes('quota:consume')) {
      throw new Problem('FORBIDDEN', { params: { reason: 'the API key lacks the scope quota:consume' } });
    }
    const response = rawResponse(context);
    const consumption = await this.consume(context, requirement, user);
    announceQuota(response, consumption.quota, costOf(context, requirement));
    new OutstandingDebit(response, () => this.giveBack(user, consumption));
    return true;
  }

  protected requirementOf(context: ExecutionContext): QuotaRequirement | undefined {
    return this.reflector.getAllAndOverride<QuotaRequirement | undefined>(QUOTA_REQUIREMENT, [
      context.getHandler(),
      context.getClass(),
    ]);
  }

  /** Who pays. */
  protected callerOf(context: ExecutionContext): Promise<AuthenticatedUser | null> {
    return this.authenticator.authenticate(context);
  }

  private async consume(
    context: ExecutionContext,
    requirement: QuotaRequirement,
    user: AuthenticatedUser,
  ): Promise<Consumption> {
    const request: unknown = context.switchToHttp().getRequest();
    try {
      return await this.quota.consume({
        accountId: user.accountId,
        userId: user.id,
        resourceType: requirement.resourceType,
        cost: costOf(context, requirement),
        resourceId: requirement.resourceId?.(request) ?? null,
        metadata: null,
        usageId: uuid(),
      });
    } catch (error) {
      if (error instanceof Problem && error.code === 'QUOTA_EXCEEDED') {
        announceQuota(rawResponse(context), error.facts.extensions!['quota'] as Consumption['quota'], 0);
      }
      throw error;
    }
  }

  private async giveBack(user: AuthenticatedUser, { usageId }: Consumption): Promise<void> {
    try {
      await this.quota.giveBack(user.accountId, usageId);
    } catch (error) {
      // The answer goes out all the same; the usage log still says what happened, for a person to mend.
      this.logger.error(`usage ${usageId} of a failed request could not be given back`, error);
    }
  }
}

function costOf(context: ExecutionContext, { cost = 1 }: QuotaRequirement): number {
  return typeof cost === 'function' ? cost(context.switchToHttp().getRequest()) : cost;
}
