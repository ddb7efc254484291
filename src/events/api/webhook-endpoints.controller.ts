import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Access } from '../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../auth/identity/caller/current-user.decorator.js';
import { PageQueryDto } from '../../http/page-query.dto.js';
import { UuidParam } from '../../http/uuid-param.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { Deliveries } from './deliveries.service.js';
import { DeliveryDto, DeliveryListDto, DeliveryQueryDto } from './delivery.dto.js';
import {
  CreateWebhookEndpointDto,
  RotateSecretDto,
  UpdateWebhookEndpointDto,
  WebhookEndpointDto,
  WebhookEndpointListDto,
  WebhookEndpointSecretDto,
} from './webhook-endpoint.dto.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';

const DEFAULT_OVERLAP_HOURS = 24;

@ApiTags('events')
@Controller('admin/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly deliveries: Deliveries,
  ) {}

  @Get()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ operationId: 'listWebhookEndpoints', summary: 'List webhook endpoints, newest first' })
  @ApiOkResponse({ type: WebhookEndpointListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() page: PageQueryDto): Promise<WebhookEndpointListDto> {
    return this.endpoints.list(page, WebhookEndpointDto.of);
  }

  @Get(':id')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ operationId: 'getWebhookEndpoint', summary: 'Get a webhook endpoint' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: WebhookEndpointDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async show(@UuidParam('id') id: string): Promise<WebhookEndpointDto> {
    return WebhookEndpointDto.of(await this.endpoints.get(id));
  }

  @Post()
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'createWebhookEndpoint',
    summary: 'Create a webhook endpoint',
    description: 'Signed after Standard Webhooks. The secret is in this answer and in no other.',
  })
  @ApiCreatedResponse({ type: WebhookEndpointSecretDto })
  @ApiProblem('VALIDATION_FAILED')
  async create(
    @CurrentUser() user: AuthenticatedUser,
    @Body() body: CreateWebhookEndpointDto,
  ): Promise<WebhookEndpointSecretDto> {
    const endpoint = await this.endpoints.create(user.id, body);
    return { ...WebhookEndpointDto.of(endpoint), secret: endpoint.secret };
  }

  @Patch(':id')
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'updateWebhookEndpoint',
    summary: 'Update, enable or disable a webhook endpoint',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: WebhookEndpointDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async update(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() body: UpdateWebhookEndpointDto,
  ): Promise<WebhookEndpointDto> {
    return WebhookEndpointDto.of(await this.endpoints.update(user.id, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('admin', { apiKey: false })
  @ApiOperation({ operationId: 'deleteWebhookEndpoint', summary: 'Delete a webhook endpoint and its queue' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  remove(@CurrentUser() user: AuthenticatedUser, @UuidParam('id') id: string): Promise<void> {
    return this.endpoints.remove(user.id, id);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'rotateWebhookSecret',
    summary: 'Rotate a webhook endpoint’s secret',
    description:
      'During the overlap each message carries the signatures of both secrets, and of earlier ones with an overlap ' +
      'that is not over. With overlapHours 0 the new secret signs alone.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: WebhookEndpointSecretDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async rotate(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { overlapHours = DEFAULT_OVERLAP_HOURS }: RotateSecretDto,
  ): Promise<WebhookEndpointSecretDto> {
    const endpoint = await this.endpoints.rotate(user.id, id, overlapHours);
    return { ...WebhookEndpointDto.of(endpoint), secret: endpoint.secret };
  }

  @Post(':id/test')
  @HttpCode(200)
  @Access('admin', { apiKey: false })
  @ApiOperation({ operationId: 'testWebhookEndpoint', summary: 'Send a test event to a webhook endpoint' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DeliveryDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async test(@UuidParam('id') id: string): Promise<DeliveryDto> {
    await this.endpoints.get(id);
    return this.deliveries.test(id);
  }

  @Get(':id/deliveries')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'listEndpointDeliveries',
    summary: 'List an endpoint’s deliveries, newest first',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DeliveryListDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async sent(@UuidParam('id') id: string, @Query() query: DeliveryQueryDto): Promise<DeliveryListDto> {
    await this.endpoints.get(id);
    return this.deliveries.list(query, id);
  }

  @Post(':id/deliveries/:deliveryId/replay')
  @HttpCode(202)
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'replayEndpointDelivery',
    summary: 'Send a delivery again with the same event id',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'deliveryId', format: 'uuid' })
  @ApiAcceptedResponse({ type: DeliveryDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'DELIVERY_PENDING')
  replay(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('id') id: string,
    @UuidParam('deliveryId') deliveryId: string,
  ): Promise<DeliveryDto> {
    return this.deliveries.replay(user.id, deliveryId, id);
  }
}
