import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { UsageQueryDto, UsageSummaryQueryDto } from './usage-query.dto.js';
import { UsageDto, UsageListDto, UsageSummaryDto } from './usage.dto.js';
import { UsageService } from './usage.service.js';

@ApiTags('quota')
@Controller('usage')
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  @Get()
  @Access('user', { scope: 'quota:read' })
  @ApiOperation({ summary: 'What you used, newest first' })
  @ApiOkResponse({ type: UsageListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(
    @CurrentUser() { accountId }: AuthenticatedUser,
    @Query() query: UsageQueryDto,
  ): Promise<UsageListDto> {
    return this.usage.list({ accountId }, query, UsageDto.of);
  }

  @Get('summary')
  @Access('user', { scope: 'quota:read' })
  @ApiOperation({ summary: 'What you used, summed by day, resource type or status' })
  @ApiOkResponse({ type: UsageSummaryDto })
  @ApiProblem('VALIDATION_FAILED')
  summary(
    @CurrentUser() { accountId }: AuthenticatedUser,
    @Query() query: UsageSummaryQueryDto,
  ): Promise<UsageSummaryDto> {
    return this.usage.summary({ accountId }, query);
  }
}
