import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { readPage } from '../../../http/page.js';
import { Idempotent, OperationId } from '../../../idempotency/idempotent.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { invalidInput } from '../../../problems/validation.pipe.js';
import { QuotaBalance } from '../../balances/quota-balance.entity.js';
import { BalanceDto, BalanceListDto, BalanceQueryDto, GrantQuotaDto } from './grants.dto.js';
import { QuotaGrants } from '../../balances/quota-grants.js';

@ApiTags('administration')
@Controller('admin/quota')
export class AdminGrantsController {
  constructor(
    private readonly grants: QuotaGrants,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
  ) {}

  @Post('grants')
  @Access('admin', { scope: 'admin' })
  @Idempotent()
  @ApiOperation({
    operationId: 'grantQuota',
    summary: 'Grant quota to an account',
    description: 'Used like any other: what expires first, first.',
  })
  @ApiCreatedResponse({ type: BalanceDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async grant(
    @CurrentUser() user: AuthenticatedUser,
    @Body() { accountId, userId, ...body }: GrantQuotaDto,
    @OperationId() operationId: string,
  ): Promise<BalanceDto> {
    if ((accountId == null) === (userId == null)) {
      const message = { en: 'give either accountId or userId', 'zh-CN': 'accountId 与 userId 须提供其一' };
      throw invalidInput([{ field: 'accountId', message }]);
    }
    const balance = await this.grants.promote({
      grantId: operationId,
      accountId: accountId ?? (await this.grants.personalAccountOf(userId!)),
      quotaType: body.quotaType,
      amount: body.amount,
      validUntil: new Date(body.validUntil),
      reason: body.reason,
      grantedBy: user.id,
    });
    return BalanceDto.of(balance);
  }

  @Get('balances')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'listQuotaBalances',
    summary: 'List quota grants and their balances, newest first',
  })
  @ApiOkResponse({ type: BalanceListDto })
  @ApiProblem('VALIDATION_FAILED')
  balances(@Query() { accountId, ...page }: BalanceQueryDto): Promise<BalanceListDto> {
    const query = this.dataSource.getRepository(QuotaBalance).createQueryBuilder('balance');
    if (accountId !== undefined) query.where('balance.accountId = :accountId', { accountId });
    return readPage(query, page, BalanceDto.of);
  }
}
