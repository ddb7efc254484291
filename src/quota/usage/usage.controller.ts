import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../auth/authenticated-user.js';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { UsageListDto, UsageQueryDto } from './usage.dto.js';
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
  list(@CurrentUser() user: AuthenticatedUser, @Query() query: UsageQueryDto): Promise<UsageListDto> {
    return this.usage.list(user.accountId, query);
  }
}
