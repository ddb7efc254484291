import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { AdminUsageQueryDto, AdminUsageSummaryQueryDto } from './usage-query.dto.js';
import { AdminUsageDto, AdminUsageListDto, UsageSummaryDto } from './usage.dto.js';
import { UsageService } from './usage.service.js';

@ApiTags('administration')
@Controller('admin/usage')
export class AdminUsageController {
  constructor(private readonly usage: UsageService) {}

  @Get()
  @Access('admin', { scope: 'quota:read' })
  @ApiOperation({
    operationId: 'listAllUsage',
    summary: 'List usage of an account, a user or all, newest first',
  })
  @ApiOkResponse({ type: AdminUsageListDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async list(@Query() { accountId, userId, ...query }: AdminUsageQueryDto): Promise<AdminUsageListDto> {
    return this.usage.list(await this.usage.scopeOf({ accountId, userId }), query, AdminUsageDto.of);
  }

  @Get('summary')
  @Access('admin', { scope: 'quota:read' })
  @ApiOperation({
    operationId: 'summarizeAllUsage',
    summary: 'Sum all usage by day, resource type or status',
  })
  @ApiOkResponse({ type: UsageSummaryDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async summary(@Query() query: AdminUsageSummaryQueryDto): Promise<UsageSummaryDto> {
    return this.usage.summary(await this.usage.scopeOf(query), query);
  }
}
