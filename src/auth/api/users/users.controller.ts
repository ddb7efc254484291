import { Body, Controller, Get, HttpCode, Ip, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import { PasswordChanges } from './password-changes.service.js';
import { Profiles } from './profiles.service.js';
import { ChangePasswordDto, ProfileDto, UpdateProfileDto } from './user.dto.js';

@ApiTags('users')
@Controller('users/me')
export class UsersController {
  constructor(
    private readonly profiles: Profiles,
    private readonly passwords: PasswordChanges,
  ) {}

  @Get()
  @Access('user', { scope: 'profile:read' })
  @ApiOperation({ operationId: 'getCurrentUser', summary: 'Get the signed-in user' })
  @ApiOkResponse({ type: ProfileDto, description: 'The user.' })
  show(@CurrentUser() caller: AuthenticatedUser): Promise<ProfileDto> {
    return this.profiles.of(caller);
  }

  @Put()
  @Access('user', { scope: 'profile:write' })
  @ApiOperation({ operationId: 'updateCurrentUser', summary: 'Update your name or language' })
  @ApiOkResponse({ type: ProfileDto, description: 'The user.' })
  @ApiProblem('VALIDATION_FAILED')
  update(@CurrentUser() caller: AuthenticatedUser, @Body() changes: UpdateProfileDto): Promise<ProfileDto> {
    return this.profiles.update(caller, changes);
  }

  @Post('password')
  @HttpCode(204)
  @Access('user', { apiKey: false, ownUser: true })
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
    @Body() change: ChangePasswordDto,
    @Ip() address: string,
  ): Promise<void> {
    await this.passwords.change(caller, change, address);
  }
}
