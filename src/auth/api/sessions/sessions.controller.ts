import { Controller, Delete, Get, HttpCode, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import { OwnSessions } from './own-sessions.service.js';
import { SessionPageDto } from './session.dto.js';

@ApiTags('sessions')
@Controller('sessions')
export class SessionsController {
  constructor(private readonly sessions: OwnSessions) {}

  @Get()
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({ operationId: 'listSessions', summary: 'List your sessions, newest first' })
  @ApiOkResponse({ type: SessionPageDto, description: 'A page of sessions.' })
  @ApiProblem('VALIDATION_FAILED')
  list(@CurrentUser() caller: AuthenticatedUser, @Query() query: PageQueryDto): Promise<SessionPageDto> {
    return this.sessions.list(caller, query);
  }

  @Delete()
  @HttpCode(204)
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'endOtherSessions',
    summary: 'End every other session',
    description: 'Within a second their access tokens are refused too.',
  })
  @ApiNoContentResponse({ description: 'Ended.' })
  async endOthers(@CurrentUser() caller: AuthenticatedUser): Promise<void> {
    await this.sessions.endOthers(caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'endSession',
    summary: 'End a session',
    description: 'Within a second its access tokens are refused too.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Ended.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async end(@CurrentUser() caller: AuthenticatedUser, @UuidParam('id') id: string): Promise<void> {
    await this.sessions.end(caller, id);
  }
}
