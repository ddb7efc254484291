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
import { RotateApiKeyDto } from '../api-keys/api-key.dto.js';
import { CreatedServiceKeyDto, CreateServiceKeyDto, ServiceKeyPageDto } from './service-key.dto.js';
import { ServiceKeys } from './service-keys.service.js';

/** A key makes no keys: one that leaked could else outlive its own deletion. */
@ApiTags('administration')
@Controller('admin/service-keys')
export class ServiceKeysController {
  constructor(private readonly keys: ServiceKeys) {}

  @Post()
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'createServiceKey',
    summary: 'Make a service key',
    description: 'For a backend that acts for its customers. The key is shown this once.',
  })
  @ApiCreatedResponse({ type: CreatedServiceKeyDto, description: 'The key, in full.' })
  @ApiProblem('VALIDATION_FAILED')
  create(
    @CurrentUser() caller: AuthenticatedUser,
    @Body() wish: CreateServiceKeyDto,
  ): Promise<CreatedServiceKeyDto> {
    return this.keys.create(caller, wish);
  }

  @Post(':id/rotate')
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'rotateServiceKey',
    summary: 'Rotate a service key',
    description:
      'The new key has the same name, scopes and length of life. The old one works until the overlap ends.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ type: CreatedServiceKeyDto, description: 'The new key, in full.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'API_KEY_REPLACED')
  rotate(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { overlapSeconds }: RotateApiKeyDto,
  ): Promise<CreatedServiceKeyDto> {
    return this.keys.rotate(caller, id, overlapSeconds);
  }

  @Get()
  @Access('admin', { apiKey: false })
  @ApiOperation({ operationId: 'listServiceKeys', summary: 'List service keys, newest first' })
  @ApiOkResponse({ type: ServiceKeyPageDto, description: 'A page of keys.' })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: PageQueryDto): Promise<ServiceKeyPageDto> {
    return this.keys.list(query);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'revokeServiceKey',
    summary: 'Delete a service key',
    description: 'Every process refuses it within half a second.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async revoke(@CurrentUser() caller: AuthenticatedUser, @UuidParam('id') id: string): Promise<void> {
    await this.keys.revoke(caller, id);
  }
}
