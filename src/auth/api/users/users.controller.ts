import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import { ChangePassword, UpdateProfile, userView, UserView } from './user.dto.js';
import { Users } from './users.service.js';

@ApiTags('users')
@Controller('users/me')
export class UsersController {
  constructor(private readonly users: Users) {}

  @Get()
  @Access('user', { scope: 'profile:read' })
  @ApiOperation({ summary: 'Show who is signed in' })
  @ApiOkResponse({ type: UserView, description: 'The user.' })
  async show(@CurrentUser() caller: AuthenticatedUser): Promise<UserView> {
    return userView(await this.users.get(caller.id));
  }

  @Put()
  @Access('user', { scope: 'profile:write' })
  @ApiOperation({ summary: 'Change the name or the language' })
  @ApiOkResponse({ type: UserView, description: 'The user.' })
  @ApiProblem('VALIDATION_FAILED')
  async update(@CurrentUser() caller: AuthenticatedUser, @Body() changes: UpdateProfile): Promise<UserView> {
    return userView(await this.users.updateProfile(caller.id, changes));
  }

  @Post('password')
  @HttpCode(204)
  @Access('user', { scope: 'profile:write' })
  @ApiOperation({ summary: 'Change the password', description: 'Every other session of the user ends.' })
  @ApiNoContentResponse({ description: 'Changed.' })
  @ApiProblem('VALIDATION_FAILED', 'INVALID_CREDENTIALS')
  async changePassword(
    @CurrentUser() caller: AuthenticatedUser,
    @Body() change: ChangePassword,
  ): Promise<void> {
    await this.users.changePassword(caller, change);
  }
}
