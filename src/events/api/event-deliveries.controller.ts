import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../auth/identity/caller/current-user.decorator.js';
import { UuidParam } from '../../http/uuid-param.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { Deliveries } from './deliveries.service.js';
import { AnyDeliveryQueryDto, DeliveryDto, DeliveryListDto } from './delivery.dto.js';

@ApiTags('events')
@Controller('admin/event-deliveries')
export class EventDeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'listDeliveries',
    summary: 'List deliveries to all destinations, newest first',
    description: '`?status=dead` shows the dead letters: mails and handlers among them.',
  })
  @ApiOkResponse({ type: DeliveryListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: AnyDeliveryQueryDto): Promise<DeliveryListDto> {
    return this.deliveries.list(query);
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Access('admin', { apiKey: false })
  @ApiOperation({ operationId: 'replayDelivery', summary: 'Send any delivery again with the same event id' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiAcceptedResponse({ type: DeliveryDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'DELIVERY_PENDING')
  replay(@CurrentUser() user: AuthenticatedUser, @UuidParam('id') id: string): Promise<DeliveryDto> {
    return this.deliveries.replay(user.id, id);
  }
}
