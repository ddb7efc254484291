import { Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Authenticator } from '../../../auth/access/authenticator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { Problem } from '../../../problems/problem.js';
import { UnknownOutcome } from '../../engine/group-commit.js';
import { QuotaHolds } from '../../debits/quota-holds.js';
import type { ConsumeRequest } from '../../debits/quota-debits.js';
import { QuotaService } from '../../debits/quota.service.js';
import type { QuotaState } from '../../balances/quota-state.js';
import { newUsageId } from '../../balances/usage-id.js';
import { announceQuota } from './quota-headers.js';
import { QUOTA_REQUIREMENT, type QuotaRequirement } from './quota-requirement.js';
import { OutstandingDebit, type DebitEnd } from './outstanding-debit.js';
import { rawResponse } from './raw-response.js';
import { lackingScopes } from '../../../auth/access/refusals.js';

/** Puts `@RequireQuota()` into effect. Hosts may override the protected methods. */
@Injectable()
export class QuotaGuard implements CanActivate {
  private readonly logger = new Logger(QuotaGuard.name);

  constructor(
    protected readonly reflector: Reflector,
    protected readonly authenticator: Authenticator,
    protected readonly quota: QuotaService,
    protected readonly holds: QuotaHolds,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const requirement = this.requirementOf(context);
    const request = context.switchToHttp().getRequest<object>();
    // A host that binds this guard by hand as well has it asked twice.
    if (!requirement || OutstandingDebit.of(request)) return true;
    const user = await this.callerOf(context);
    if (!user) throw new Problem('UNAUTHENTICATED');
    if (user.scopes && !user.scopes.includes('quota:consume')) {
      throw new Problem('FORBIDDEN', { params: { reason: lackingScopes(['quota:consume']) } });
    }
    const response = rawResponse(context);
    const order = orderOf(request, requirement, user);
    try {
      const { quota, end } = await (requirement.hold
        ? this.hold(request, requirement, order)
        : this.consume(order));
      announceQuota(response, quota, order.cost);
      new OutstandingDebit(request, response, end);
      return true;
    } catch (error) {
      if (error instanceof Problem && error.code === 'QUOTA_EXCEEDED') {
        announceQuota(response, error.facts.extensions!['quota'] as QuotaState, 0);
      }
      throw error;
    }
  }

  protected requirementOf(context: ExecutionContext): QuotaRequirement | undefined {
    return this.reflector.getAllAndOverride<QuotaRequirement | undefined>(QUOTA_REQUIREMENT, [
      context.getHandler(),
      context.getClass(),
    ]);
  }

  /** Who pays. */
  protected callerOf(
    context: ExecutionContext,
  ): AuthenticatedUser | null | Promise<AuthenticatedUser | null> {
    return this.authenticator.callerOf(context);
  }

  private async consume(order: Order): Promise<{ quota: QuotaState; end: DebitEnd }> {
    const usageId = newUsageId();
    const giveBack = () =>
      this.settle(`usage ${usageId} of a failed request could not be given back`, () =>
        this.quota.giveBack(order.accountId, usageId),
      );
    try {
      const { quota } = await this.quota.consume({ ...order, usageId });
      return { quota, end: { giveBack, confirm: null } };
    } catch (error) {
      // The request fails, so what may have been debited for it goes back once the database is there again.
      if (error instanceof UnknownOutcome) void giveBack();
      throw error;
    }
  }

  private async hold(
    request: object,
    requirement: QuotaRequirement,
    order: Order,
  ): Promise<{ quota: QuotaState; end: DebitEnd }> {
    const hold = await this.holds.hold({
      ...order,
      holdId: newUsageId(),
      ttlSeconds: requirement.holdSeconds,
    });
    QuotaHolds.remember(request, hold);
    const confirm = () =>
      this.settle(`hold ${hold.holdId} of a request that succeeded could not be committed`, () =>
        hold.commit(),
      );
    const giveBack = () =>
      this.settle(`hold ${hold.holdId} of a failed request could not be released`, () => hold.release());
    return { quota: hold.quota, end: { giveBack, confirm: requirement.hold === 'manual' ? null : confirm } };
  }

  /** The answer goes out all the same; the log says what a person may have to mend. */
  private async settle(fault: string, settlement: () => Promise<unknown>): Promise<void> {
    try {
      await settlement();
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'HOLD_NOT_OPEN')) this.logger.error(fault, error);
      // What the handler settled by itself stands. What took longer than its hold was done for nothing.
      else if (error.facts.params?.['status'] === 'expired') this.logger.warn(`${fault}: its time was over`);
    }
  }
}

type Order = Omit<ConsumeRequest, 'usageId'>;

function orderOf(request: object, requirement: QuotaRequirement, user: AuthenticatedUser): Order {
  const { resourceType, cost = 1, resourceId } = requirement;
  return {
    accountId: user.accountId,
    userId: user.id,
    resourceType,
    cost: typeof cost === 'function' ? cost(request) : cost,
    resourceId: resourceId?.(request) ?? null,
    metadata: null,
    quotaCap: user.quotaCap,
  };
}
