import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../auth/authenticated-user.js';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { Idempotent, OperationId } from '../../idempotency/idempotent.decorator.js';
import { fenFromYuan } from '../../money/fen.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { OrderIdParamDto } from '../payments/payment.dto.js';
import { CreateRefundDto, RefundDto } from './refund.dto.js';
import { RefundsService } from './refunds.service.js';

@ApiTags('payments')
@Controller('payments')
export class RefundsController {
  constructor(private readonly refunds: RefundsService) {}

  @Post(':orderId/refunds')
  @Access('admin', { scope: 'admin' })
  @Idempotent()
  @ApiOperation({
    summary: 'Refund a payment',
    description: 'In part or, without an amount, all that is left. A full refund ends the subscription.',
  })
  @ApiCreatedResponse({ type: RefundDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'PAYMENT_NOT_PAID', 'REFUND_EXCEEDS_PAYMENT')
  async create(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
    @Body() body: CreateRefundDto,
    @OperationId() operationId: string,
  ): Promise<RefundDto> {
    const refund = await this.refunds.request({
      refundId: operationId,
      orderId,
      amountFen: body.amount === undefined ? null : fenFromYuan(body.amount),
      reason: body.reason ?? null,
      requestedBy: user.id,
    });
    return RefundDto.of(refund);
  }
}
