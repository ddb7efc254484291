import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { Idempotent, OperationId } from '../../../idempotency/idempotent.decorator.js';
import { fenFromYuan } from '../../../money/fen.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { OrderIdParamDto } from '../../ledger/orders/payment.dto.js';
import { PaymentsService, visibleTo } from './payments.service.js';
import { RefundPreviewService } from './refund-preview.service.js';
import {
  CreateRefundDto,
  RefundDto,
  RefundListDto,
  RefundParamDto,
  RefundPreviewDto,
} from '../../ledger/refunds/refund.dto.js';
import { RefundRequests } from '../refunds/refund-requests.js';
import { RefundsService } from '../refunds/refunds.service.js';

@ApiTags('payments')
@Controller('payments')
export class RefundsController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly refunds: RefundsService,
    private readonly requests: RefundRequests,
    private readonly previews: RefundPreviewService,
  ) {}

  @Post(':orderId/refunds')
  @Access('admin', { scope: 'admin' })
  @Idempotent()
  @ApiOperation({
    operationId: 'refundPayment',
    summary: 'Refund a payment',
    description:
      'In part or, without an amount, all that is left. A full refund ends the subscription, a partial one by choice.',
  })
  @ApiCreatedResponse({ type: RefundDto })
  @ApiProblem(
    'VALIDATION_FAILED',
    'NOT_FOUND',
    'PAYMENT_NOT_PAID',
    'REFUND_EXCEEDS_PAYMENT',
    'REFUND_UNCERTAIN',
  )
  async create(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
    @Body() body: CreateRefundDto,
    @OperationId() operationId: string,
  ): Promise<RefundDto> {
    const refund = await this.requests.request({
      refundId: operationId,
      orderId,
      amountFen: body.amount === undefined ? null : fenFromYuan(body.amount),
      reason: body.reason ?? null,
      endSubscription: body.endSubscription ?? false,
      requestedBy: user.id,
    });
    return RefundDto.of(refund);
  }

  @Post(':orderId/refunds/:refundId/retry')
  @HttpCode(200)
  @Access('admin', { scope: 'admin' })
  @Idempotent()
  @ApiOperation({
    operationId: 'retryRefund',
    summary: 'Retry a refused refund under its own number',
    description:
      'Asks the channel about it first. A refund that was not refused is returned as it stands. Use this instead of a ' +
      'second refund: two numbers could both be paid.',
  })
  @ApiOkResponse({ type: RefundDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'REFUND_EXCEEDS_PAYMENT', 'REFUND_UNCERTAIN')
  async retry(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId, refundId }: RefundParamDto,
  ): Promise<RefundDto> {
    return RefundDto.of(await this.requests.retry({ orderId, refundId, requestedBy: user.id }));
  }

  @Get(':orderId/refunds')
  @Access('user', { scope: 'billing:read' })
  @ApiOperation({ operationId: 'listRefunds', summary: 'List a payment’s refunds, newest first' })
  @ApiOkResponse({ type: RefundListDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async list(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
    @Query() query: PageQueryDto,
  ): Promise<RefundListDto> {
    const payment = await this.payments.get(visibleTo(user), orderId);
    return this.refunds.list(payment.id, query);
  }

  @Post(':orderId/refunds/preview')
  @HttpCode(200)
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'previewRefund',
    summary: 'Preview a suggested refund amount',
    description: 'What the unused time and the unused quota are worth, each rounded down to the fen.',
  })
  @ApiOkResponse({ type: RefundPreviewDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'PAYMENT_NOT_PAID')
  preview(@Param() { orderId }: OrderIdParamDto): Promise<RefundPreviewDto> {
    return this.previews.preview(orderId);
  }
}
