import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { Idempotent } from '../../../idempotency/idempotent.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { UsageQueryDto, UsageSummaryQueryDto } from './usage-query.dto.js';
import { UsageDto, UsageListDto, UsageReleaseDto, UsageSummaryDto } from './usage.dto.js';
import { QuotaDto } from '../quota.dto.js';
import { UsageRelease } from './usage-release.js';
import { UsageService } from './usage.service.js';

@ApiTags('quota')
@Controller('usage')
export class UsageController {
  constructor(
    private readonly usage: UsageService,
    private readonly releases: UsageRelease,
  ) {}

  @Get()
  @Access('user', { scope: 'quota:read', service: 'quota' })
  @ApiOperation({
    operationId: 'listUsage',
    summary: 'List usage, newest first',
    description: 'Of the account; a plain member of an organization sees their own entries.',
  })
  @ApiOkResponse({ type: UsageListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(
    @CurrentUser() { accountId, accountRole, id }: AuthenticatedUser,
    @Query() query: UsageQueryDto,
  ): Promise<UsageListDto> {
    // What it was used for names patients: sums are for all members, entries for those who answer for the whole.
    const scope = accountRole === 'member' ? { accountId, userId: id } : { accountId };
    return this.usage.list(scope, query, UsageDto.of);
  }

  @Get('summary')
  @Access('user', { scope: 'quota:read', service: 'quota' })
  @ApiOperation({
    operationId: 'summarizeUsage',
    summary: 'Sum usage by day, resource type or status',
    description: 'Of the whole account, for plain members of an organization too.',
  })
  @ApiOkResponse({ type: UsageSummaryDto })
  @ApiProblem('VALIDATION_FAILED')
  summary(
    @CurrentUser() { accountId }: AuthenticatedUser,
    @Query() query: UsageSummaryQueryDto,
  ): Promise<UsageSummaryDto> {
    return this.usage.summary({ accountId }, query);
  }

  @Post(':usageId/release')
  @HttpCode(200)
  @Access('admin', { scope: 'admin', service: 'quota' })
  @Idempotent()
  @ApiOperation({
    operationId: 'releaseUsage',
    summary: 'Give consumed quota back',
    description:
      'Once, within 24 hours. A service key may release its customers’ usage, an administrator any. A user’s own token or key may not.',
  })
  @ApiOkResponse({ type: UsageReleaseDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'USAGE_NOT_RELEASABLE')
  async release(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('usageId') usageId: string,
  ): Promise<UsageReleaseDto> {
    const quota = await this.releases.release(user, usageId);
    return { usageId, quota: quota && QuotaDto.of(quota) };
  }
}
