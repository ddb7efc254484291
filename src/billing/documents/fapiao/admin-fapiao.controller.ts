import { Body, Controller, Get, HttpCode, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { FapiaoList } from './fapiao-list.js';
import { FapiaoRequests } from './fapiao-requests.js';
import {
  FapiaoDto,
  FapiaoPageDto,
  FapiaoQueryDto,
  FapiaoStatusQueryDto,
  IssueFapiaoDto,
  RejectFapiaoDto,
} from './fapiao.dto.js';

@ApiTags('administration')
@Controller('admin/fapiao')
export class AdminFapiaoController {
  constructor(
    private readonly requests: FapiaoRequests,
    private readonly lists: FapiaoList,
  ) {}

  @Get()
  @Access('admin')
  @ApiOperation({ operationId: 'listFapiaoRequests', summary: 'List fapiao requests, newest first' })
  @ApiOkResponse({ type: FapiaoPageDto })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: FapiaoQueryDto): Promise<FapiaoPageDto> {
    return this.lists.page(query.status, query);
  }

  @Get('export.csv')
  @Access('admin')
  @ApiOperation({
    operationId: 'exportFapiaoRequests',
    summary: 'Export fapiao requests as CSV',
    description:
      'UTF-8 with a byte order mark. At most 10,000 rows; what begins like a formula gets an apostrophe.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string' } })
  @ApiProblem('VALIDATION_FAILED')
  export(@Query() { status }: FapiaoStatusQueryDto): Promise<StreamableFile> {
    return this.lists.csv(status);
  }

  @Post(':id/issue')
  @HttpCode(200)
  @Access('admin')
  @ApiOperation({ operationId: 'issueFapiao', summary: 'Record a fapiao’s number' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: FapiaoDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'FAPIAO_NOT_IN_STATE')
  async issue(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { number }: IssueFapiaoDto,
  ): Promise<FapiaoDto> {
    return FapiaoDto.of(await this.requests.issue(id, user.id, number));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Access('admin')
  @ApiOperation({ operationId: 'rejectFapiao', summary: 'Reject a fapiao request' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: FapiaoDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'FAPIAO_NOT_IN_STATE')
  async reject(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { reason }: RejectFapiaoDto,
  ): Promise<FapiaoDto> {
    return FapiaoDto.of(await this.requests.reject(id, user.id, reason));
  }

  @Post(':id/red-letter')
  @HttpCode(200)
  @Access('admin')
  @ApiOperation({
    operationId: 'recordRedLetterFapiao',
    summary: 'Record a red-letter fapiao’s number',
    description: 'Due since money went back. The customer may then ask for a fapiao over what is left.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: FapiaoDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'FAPIAO_NOT_IN_STATE')
  async redLetter(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { number }: IssueFapiaoDto,
  ): Promise<FapiaoDto> {
    return FapiaoDto.of(await this.requests.issueRed(id, user.id, number));
  }
}
