import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../auth/identity/caller/current-user.decorator.js';
import { Idempotent, OperationId } from '../../idempotency/idempotent.decorator.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import {
  CheckQuotaDto,
  ConsumeQuotaDto,
  ConsumptionDto,
  QuotaCheckDto,
  QuotaDto,
  QuotaListDto,
} from './quota.dto.js';
import { QuotaService } from '../debits/quota.service.js';

@ApiTags('quota')
@Controller('quota')
export class QuotaController {
  constructor(private readonly quota: QuotaService) {}

  @Get()
  @Access('user', { scope: 'quota:read', service: 'quota' })
  @ApiOperation({ operationId: 'getQuota', summary: 'Get used and remaining quota' })
  @ApiOkResponse({ type: QuotaListDto })
  async list(@CurrentUser() user: AuthenticatedUser): Promise<QuotaListDto> {
    const states = await this.quota.states(user.accountId);
    return { items: states.map((state) => QuotaDto.of(state)) };
  }

  @Post('check')
  @HttpCode(200)
  @Access('user', { scope: 'quota:read', service: 'quota' })
  @ApiOperation({
    operationId: 'checkQuota',
    summary: 'Check whether enough quota is left, without using it',
    description: 'Takes nothing and promises nothing.',
  })
  @ApiOkResponse({ type: QuotaCheckDto })
  @ApiProblem('VALIDATION_FAILED', 'SUBSCRIPTION_REQUIRED')
  async check(@CurrentUser() user: AuthenticatedUser, @Body() body: CheckQuotaDto): Promise<QuotaCheckDto> {
    const { accountId, quotaCap } = user;
    const { allowed, quota } = await this.quota.check(accountId, body.resourceType, body.cost ?? 1, quotaCap);
    return { allowed, quota: QuotaDto.of(quota) };
  }

  @Post('consume')
  @HttpCode(200)
  @Access('user', { scope: 'quota:consume', service: 'quota' })
  @Idempotent()
  @ApiOperation({
    operationId: 'consumeQuota',
    summary: 'Consume quota',
    description: 'Debit and record together, or neither.',
  })
  @ApiOkResponse({ type: ConsumptionDto })
  @ApiProblem(
    'VALIDATION_FAILED',
    'SUBSCRIPTION_REQUIRED',
    'QUOTA_EXCEEDED',
    'KEY_QUOTA_EXCEEDED',
    'OVERLOADED',
  )
  async consume(
    @CurrentUser() user: AuthenticatedUser,
    @Body() body: ConsumeQuotaDto,
    @OperationId() operationId: string,
  ): Promise<ConsumptionDto> {
    const { usageId, quota } = await this.quota.consume({
      accountId: user.accountId,
      userId: user.id,
      resourceType: body.resourceType,
      cost: body.cost ?? 1,
      resourceId: body.resourceId ?? null,
      metadata: body.metadata ?? null,
      usageId: operationId,
      quotaCap: user.quotaCap,
    });
    return { usageId, quota: QuotaDto.of(quota) };
  }
}
