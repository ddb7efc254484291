import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Put,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CSV_RESPONSE } from '../../../http/csv-response.js';
import { csvFile, type CsvValue } from '../../../http/csv.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import {
  DeactivationDto,
  ManagedUserDto,
  ManagedUserFilterDto,
  ManagedUserPageDto,
  ManagedUserQueryDto,
  RoleChangeDto,
} from './managed-user.dto.js';
import { UserAdministration } from './user-administration.service.js';

/** The columns of the export, in its order. */
const COLUMNS = [
  'id',
  'email',
  'displayName',
  'role',
  'locale',
  'accountId',
  'createdAt',
  'emailVerifiedAt',
  'deactivatedAt',
] as const satisfies readonly (keyof ManagedUserDto)[];

@ApiTags('administration')
@Controller('admin/users')
export class AdminUsersController {
  constructor(private readonly users: UserAdministration) {}

  @Get()
  @Access('admin')
  @ApiOperation({ operationId: 'listUsers', summary: 'List and search users, newest first' })
  @ApiOkResponse({ type: ManagedUserPageDto, description: 'A page of users.' })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: ManagedUserQueryDto): Promise<ManagedUserPageDto> {
    return this.users.list(query);
  }

  /** Above the route of one user, whose id it else would be on Express. */
  @Get('export.csv')
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'exportUsers',
    summary: 'Export users as CSV',
    description: 'The audit log says who asked.',
  })
  @ApiOkResponse(CSV_RESPONSE)
  @ApiProblem('VALIDATION_FAILED')
  async export(
    @CurrentUser() caller: AuthenticatedUser,
    @Query() filter: ManagedUserFilterDto,
  ): Promise<StreamableFile> {
    return csvFile('users.csv', COLUMNS, cells(await this.users.export(caller, filter)));
  }

  @Get(':id')
  @Access('admin')
  @ApiOperation({ operationId: 'getUser', summary: 'Get a user' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ManagedUserDto, description: 'The user.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  show(@UuidParam('id') id: string): Promise<ManagedUserDto> {
    return this.users.get(id);
  }

  @Post(':id/deactivate')
  @HttpCode(200)
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'deactivateUser',
    summary: 'Deactivate a user',
    description:
      'Sessions end, and access tokens and API keys are refused within a second. 409 `LAST_OWNER` names in `organizations` those that would have members but no owner who can act: name an owner first by POST /admin/organizations/{id}/owners.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ManagedUserDto, description: 'The user, deactivated.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'LAST_ADMINISTRATOR', 'LAST_OWNER')
  deactivate(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { reason }: DeactivationDto,
  ): Promise<ManagedUserDto> {
    return this.users.deactivate(caller, id, reason ?? null);
  }

  @Post(':id/reactivate')
  @HttpCode(200)
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'reactivateUser',
    summary: 'Reactivate a user',
    description: 'The user has to sign in again.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ManagedUserDto, description: 'The user, active.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  reactivate(@CurrentUser() caller: AuthenticatedUser, @UuidParam('id') id: string): Promise<ManagedUserDto> {
    return this.users.reactivate(caller, id);
  }

  @Delete(':id/sessions')
  @HttpCode(204)
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'endUserSessions',
    summary: 'End every session of a user',
    description: 'Access tokens are refused within a second. API keys go on. The audit log says who did it.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Ended.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async endSessions(@CurrentUser() caller: AuthenticatedUser, @UuidParam('id') id: string): Promise<void> {
    await this.users.endSessions(caller, id);
  }

  @Put(':id/role')
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'changeUserRole',
    summary: 'Change a user’s role',
    description: 'Every session of the user ends.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ManagedUserDto, description: 'The user, in the role.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'LAST_ADMINISTRATOR')
  changeRole(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { role }: RoleChangeDto,
  ): Promise<ManagedUserDto> {
    return this.users.changeRole(caller, id, role);
  }
}

async function* cells(users: AsyncIterable<ManagedUserDto>): AsyncGenerator<CsvValue[]> {
  for await (const user of users) yield COLUMNS.map((column) => user[column]);
}
