import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { OrderIdParamDto, PaymentDto, PaymentListDto } from '../../ledger/orders/payment.dto.js';
import { PaymentsService, visibleTo } from './payments.service.js';

@ApiTags('payments')
@Controller('payments')
export class PaymentsController {
  constructor(private readonly payments: PaymentsService) {}

  @Get()
  @Access('user', { scope: 'billing:read', service: 'billing' })
  @ApiOperation({
    operationId: 'listPayments',
    summary: 'List payments, newest first',
    description:
      'The account’s. An administrator sees everybody’s, a plain member of an organization those that they ordered.',
  })
  @ApiOkResponse({ type: PaymentListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(@CurrentUser() user: AuthenticatedUser, @Query() query: PageQueryDto): Promise<PaymentListDto> {
    return this.payments.list(visibleTo(user), query);
  }

  @Get(':orderId')
  @Access('user', { scope: 'billing:read', service: 'billing' })
  @ApiOperation({
    operationId: 'getPayment',
    summary: 'Get a payment',
    description: 'While it is pending, the channel is asked.',
  })
  @ApiOkResponse({ type: PaymentDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async get(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
  ): Promise<PaymentDto> {
    return PaymentDto.of(await this.payments.refreshed(visibleTo(user), orderId));
  }

  @Post(':orderId/close')
  @HttpCode(200)
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @ApiOperation({
    operationId: 'closePayment',
    summary: 'Close a pending payment',
    description: 'At the channel first, then here.',
  })
  @ApiOkResponse({ type: PaymentDto })
  @ApiProblem(
    'VALIDATION_FAILED',
    'NOT_FOUND',
    'PAYMENT_NOT_PENDING',
    'CHANNEL_NOT_CONFIGURED',
    'CHANNEL_UNAVAILABLE',
  )
  async close(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
  ): Promise<PaymentDto> {
    return PaymentDto.of(await this.payments.close({ accountId: user.accountId }, orderId));
  }
}
