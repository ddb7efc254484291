import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../../http/uuid-param.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { Access } from '../access/access.decorator.js';
import type { AuthenticatedUser } from '../authenticated-user.js';
import { CurrentUser } from '../current-user.decorator.js';
import {
  Deactivation,
  ManagedUser,
  ManagedUserPage,
  ManagedUserQuery,
  RoleChange,
} from './managed-user.dto.js';
import { UserAdministration } from './user-administration.service.js';

@ApiTags('administration')
@Controller('admin/users')
export class AdminUsersController {
  constructor(private readonly users: UserAdministration) {}

  @Get()
  @Access('admin')
  @ApiOperation({ summary: 'List and search users, newest first' })
  @ApiOkResponse({ type: ManagedUserPage, description: 'A page of users.' })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: ManagedUserQuery): Promise<ManagedUserPage> {
    return this.users.list(query);
  }

  @Get(':id')
  @Access('admin')
  @ApiOperation({ summary: 'Show a user' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ManagedUser, description: 'The user.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  show(@UuidParam('id') id: string): Promise<ManagedUser> {
    return this.users.get(id);
  }

  @Post(':id/deactivate')
  @HttpCode(200)
  @Access('admin', { apiKey: false })
  @ApiOperation({
    summary: 'Shut a user out',
    description: 'Sessions end, and access tokens and API keys are refused within a second.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ManagedUser, description: 'The user, deactivated.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'LAST_ADMINISTRATOR')
  deactivate(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { reason }: Deactivation,
  ): Promise<ManagedUser> {
    return this.users.deactivate(caller, id, reason ?? null);
  }

  @Post(':id/reactivate')
  @HttpCode(200)
  @Access('admin', { apiKey: false })
  @ApiOperation({ summary: 'Let a user in again', description: 'The user signs in anew.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ManagedUser, description: 'The user, active.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  reactivate(@CurrentUser() caller: AuthenticatedUser, @UuidParam('id') id: string): Promise<ManagedUser> {
    return this.users.reactivate(caller, id);
  }

  @Put(':id/role')
  @Access('admin', { apiKey: false })
  @ApiOperation({ summary: 'Change the role', description: 'Every session of the user ends.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ManagedUser, description: 'The user, in the role.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'LAST_ADMINISTRATOR')
  changeRole(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { role }: RoleChange,
  ): Promise<ManagedUser> {
    return this.users.changeRole(caller, id, role);
  }
}
