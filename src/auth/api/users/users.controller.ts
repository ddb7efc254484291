import { Body, Controller, Get, HttpCode, Ip, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import { PasswordChanges } from './password-changes.service.js';
import { ChangePassword, UpdateProfile, userView, UserView } from './user.dto.js';
import { Users } from './users.service.js';

@ApiTags('users')
@Controller('users/me')
export class UsersController {
  constructor(
    private readonly users: Users,
    private readonly passwords: PasswordChanges,
  ) {}

  @Get()
  @Access('user', { scope: 'profile:read' })
  @ApiOperation({ operationId: 'getCurrentUser', summary: 'Get the signed-in user' })
  @ApiOkResponse({ type: UserView, description: 'The user.' })
  async show(@CurrentUser() caller: AuthenticatedUser): Promise<UserView> {
    return userView(await this.users.get(caller.id));
  }

  @Put()
  @Access('user', { scope: 'profile:write' })
  @ApiOperation({ operationId: 'updateCurrentUser', summary: 'Update your name or language' })
  @ApiOkResponse({ type: UserView, description: 'The user.' })
  @ApiProblem('VALIDATION_FAILED')
  async update(@CurrentUser() caller: AuthenticatedUser, @Body() changes: UpdateProfile): Promise<UserView> {
    return userView(await this.users.updateProfile(caller.id, changes));
  }

  @Post('password')
  @HttpCode(204)
  @Access('user', { apiKey: false })
  @ApiOperation({
    operationId: 'changePassword',
    summary: 'Change your password',
    description: 'Every other session of the user ends.',
  })
  @ApiNoContentResponse({ description: 'Changed.' })
  @ApiProblem('VALIDATION_FAILED', 'INVALID_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  @ApiProblem('OVERLOADED', 'SERVICE_UNAVAILABLE')
  async changePassword(
    @CurrentUser() caller: AuthenticatedUser,
    @Body() change: ChangePassword,
    @Ip() address: string,
  ): Promise<void> {
    await this.passwords.change(caller, change, address);
  }
}
