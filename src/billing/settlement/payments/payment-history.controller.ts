import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { PaymentHistoryDto, PaymentIncidentListDto } from '../../ledger/orders/payment-history.dto.js';
import { PaymentHistory } from '../../ledger/orders/payment-history.js';
import { OrderIdParamDto } from '../../ledger/orders/payment.dto.js';
import { PaymentsService } from './payments.service.js';

@ApiTags('payments')
@Controller()
export class PaymentHistoryController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly history: PaymentHistory,
  ) {}

  @Get('payments/:orderId/history')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'listPaymentEvents',
    summary: 'List the events of a payment, oldest first',
    description: 'Notifications as they came, what was done about them, and what a person should look at.',
  })
  @ApiOkResponse({ type: PaymentHistoryDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async of(@Param() { orderId }: OrderIdParamDto): Promise<PaymentHistoryDto> {
    await this.payments.get('all', orderId);
    return { items: await this.history.of(orderId) };
  }

  @Get('admin/payment-incidents')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'listPaymentIncidents',
    summary: 'List payments that need a person, newest first',
    description: 'Money that came late or twice, refunds that failed, words of a channel that fit no order.',
  })
  @ApiOkResponse({ type: PaymentIncidentListDto })
  @ApiProblem('VALIDATION_FAILED')
  incidents(@Query() query: PageQueryDto): Promise<PaymentIncidentListDto> {
    return this.history.incidents(query);
  }
}
