import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { reconciliationReport } from './reconciliation-report.js';
import {
  CreateReconciliationDto,
  DifferenceDto,
  DifferenceListDto,
  ReconciliationDto,
  ReconciliationListDto,
  ReconciliationReportDto,
} from './reconciliation.dto.js';
import { ReconciliationService } from './reconciliation.service.js';

@ApiTags('reconciliations')
@Controller('admin/reconciliations')
export class ReconciliationsController {
  constructor(
    private readonly reconciliations: ReconciliationService,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
  ) {}

  @Post()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'reconcileDay',
    summary: 'Compare a channel’s bill of a day with the records',
    description:
      'In both directions. What is missing here and proven by asking the channel is settled; the rest is for a person.',
  })
  @ApiCreatedResponse({ type: ReconciliationReportDto })
  @ApiProblem('VALIDATION_FAILED', 'CHANNEL_NOT_CONFIGURED')
  async create(
    @CurrentUser() user: AuthenticatedUser,
    @Body() { provider, date }: CreateReconciliationDto,
  ): Promise<ReconciliationReportDto> {
    return reconciliationReport(this.dataSource, await this.reconciliations.run(provider, date, user.id));
  }

  @Get()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ operationId: 'listReconciliations', summary: 'List reconciliations, newest first' })
  @ApiOkResponse({ type: ReconciliationListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: PageQueryDto): Promise<ReconciliationListDto> {
    return this.reconciliations.list(query, ReconciliationDto.of);
  }

  @Get(':id')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ operationId: 'getReconciliation', summary: 'Get a reconciliation with its counts' })
  @ApiOkResponse({ type: ReconciliationReportDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async get(@UuidParam('id') id: string): Promise<ReconciliationReportDto> {
    return reconciliationReport(this.dataSource, await this.reconciliations.get(id));
  }

  @Get(':id/differences')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ operationId: 'listDifferences', summary: 'List the differences of a reconciliation' })
  @ApiOkResponse({ type: DifferenceListDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async differences(@UuidParam('id') id: string, @Query() query: PageQueryDto): Promise<DifferenceListDto> {
    const run = await this.reconciliations.get(id);
    return this.reconciliations.differences(run.id, query, DifferenceDto.of);
  }
}
