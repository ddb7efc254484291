import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { Idempotent, OperationId } from '../../../idempotency/idempotent.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { QuotaDto } from '../quota.dto.js';
import { QuotaService } from '../../debits/quota.service.js';
import { CommitHoldDto, HoldDto, HoldQuotaDto, HoldSettlementDto } from './holds.dto.js';
import type { HoldMaker } from '../../balances/quota-hold.entity.js';
import { QuotaHolds } from '../../debits/quota-holds.js';

@ApiTags('quota')
@Controller('quota/holds')
export class HoldsController {
  constructor(
    private readonly holds: QuotaHolds,
    private readonly quota: QuotaService,
  ) {}

  @Post()
  @Access('user', { scope: 'quota:consume', service: 'quota' })
  @Idempotent()
  @ApiOperation({
    operationId: 'holdQuota',
    summary: 'Hold quota for work in progress',
    description:
      'For work that may fail, or with a cost that is known only at the end. Commit or release the hold then. ' +
      'The plan’s feature `max_concurrent` limits how many may be open at the same time.',
  })
  @ApiCreatedResponse({ type: HoldDto })
  @ApiProblem(
    'VALIDATION_FAILED',
    'SUBSCRIPTION_REQUIRED',
    'QUOTA_EXCEEDED',
    'KEY_QUOTA_EXCEEDED',
    'CONCURRENCY_LIMIT',
    'OVERLOADED',
  )
  async hold(
    @CurrentUser() user: AuthenticatedUser,
    @Body() body: HoldQuotaDto,
    @OperationId() operationId: string,
  ): Promise<HoldDto> {
    const hold = await this.holds.hold({
      accountId: user.accountId,
      userId: user.id,
      resourceType: body.resourceType,
      cost: body.cost ?? 1,
      resourceId: body.resourceId ?? null,
      metadata: body.metadata ?? null,
      holdId: operationId,
      ttlSeconds: body.ttlSeconds,
      quotaCap: user.quotaCap,
      madeBy: makerOf(user),
    });
    const { priority } = await this.quota.features(user.accountId);
    return {
      holdId: hold.holdId,
      expiresAt: hold.expiresAt.toISOString(),
      priority: typeof priority === 'string' ? priority : null,
      quota: QuotaDto.of(hold.quota),
    };
  }

  @Post(':holdId/commit')
  @HttpCode(200)
  @Access('user', { scope: 'quota:consume', service: 'quota' })
  @Idempotent()
  @ApiOperation({
    operationId: 'commitHold',
    summary: 'Commit a hold: the work is done',
    description: 'Committing it again changes nothing.',
  })
  @ApiOkResponse({ type: HoldSettlementDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'HOLD_NOT_OPEN', 'COST_EXCEEDS_HOLD', 'OVERLOADED')
  @ApiProblem('HOLD_NOT_YOURS')
  async commit(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('holdId') holdId: string,
    @Body() body: CommitHoldDto,
  ): Promise<HoldSettlementDto> {
    const { accountId } = user;
    const { quotaType } = await this.holds.madeBy(makerOf(user), accountId, holdId);
    const settlement = await this.holds.commit(accountId, holdId, body.cost ?? null);
    return HoldSettlementDto.of(settlement, quotaType, await this.quota.states(accountId));
  }

  @Post(':holdId/release')
  @HttpCode(200)
  @Access('user', { scope: 'quota:consume', service: 'quota' })
  @Idempotent()
  @ApiOperation({
    operationId: 'releaseHold',
    summary: 'Release a hold: the work is not done',
    description: 'Releasing it again changes nothing.',
  })
  @ApiOkResponse({ type: HoldSettlementDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'HOLD_NOT_YOURS', 'HOLD_NOT_OPEN', 'OVERLOADED')
  async release(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('holdId') holdId: string,
  ): Promise<HoldSettlementDto> {
    const { accountId } = user;
    const { quotaType } = await this.holds.madeBy(makerOf(user), accountId, holdId);
    const settlement = await this.holds.release(accountId, holdId);
    return HoldSettlementDto.of(settlement, quotaType, await this.quota.states(accountId));
  }
}

/** A service key's holds are none that the customer's own token settles. */
function makerOf({ via }: AuthenticatedUser): HoldMaker {
  return via === 'serviceKey' ? 'service' : 'customer';
}
