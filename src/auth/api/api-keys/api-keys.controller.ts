import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import { ApiKeyPageDto, CreateApiKeyDto, CreatedApiKeyDto, RotateApiKeyDto } from './api-key.dto.js';
import { ApiKeys } from './api-keys.service.js';

/** A key makes no keys: one that leaked could else outlive its own deletion. */
@ApiTags('api-keys')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeys) {}

  @Post()
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'createApiKey',
    summary: 'Create an API key',
    description: 'The key is shown this once. It acts for the account that X-Account-Id names.',
  })
  @ApiCreatedResponse({ type: CreatedApiKeyDto, description: 'The key, in full.' })
  @ApiProblem('VALIDATION_FAILED', 'TOO_MANY_API_KEYS')
  create(@CurrentUser() caller: AuthenticatedUser, @Body() wish: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    return this.apiKeys.create(caller, wish);
  }

  @Post(':id/rotate')
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'rotateApiKey',
    summary: 'Replace an API key, with an overlap',
    description:
      'With the same name, account, scopes and cap, and for as long a life. The old one works until the overlap ends.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ type: CreatedApiKeyDto, description: 'The new key, in full.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'API_KEY_REPLACED', 'TOO_MANY_API_KEYS')
  rotate(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { overlapSeconds }: RotateApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    return this.apiKeys.rotate(caller, id, overlapSeconds);
  }

  @Get()
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({ operationId: 'listApiKeys', summary: 'List your API keys, newest first' })
  @ApiOkResponse({ type: ApiKeyPageDto, description: 'A page of keys.' })
  @ApiProblem('VALIDATION_FAILED')
  list(@CurrentUser() caller: AuthenticatedUser, @Query() query: PageQueryDto): Promise<ApiKeyPageDto> {
    return this.apiKeys.list(caller.id, query);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'revokeApiKey',
    summary: 'Revoke an API key',
    description: 'From now on it is refused.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async revoke(@CurrentUser() caller: AuthenticatedUser, @UuidParam('id') id: string): Promise<void> {
    await this.apiKeys.revoke(caller.id, id);
  }
}
