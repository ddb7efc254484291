import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { invalidInput } from '../../../problems/validation.pipe.js';
import { OrderIdParamDto } from '../../ledger/orders/payment.dto.js';
import { PaymentsService, visibleTo } from '../../settlement/payments/payments.service.js';
import { FapiaoRequests } from './fapiao-requests.js';
import { FapiaoDto, RequestFapiaoDto } from './fapiao.dto.js';

@ApiTags('payments')
@Controller('payments/:orderId/fapiao')
export class FapiaoController {
  constructor(
    private readonly requests: FapiaoRequests,
    private readonly payments: PaymentsService,
  ) {}

  @Post()
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @ApiOperation({
    operationId: 'requestFapiao',
    summary: 'Request a fapiao (发票)',
    description: 'For what was paid less what went back. One at a time for each payment.',
  })
  @ApiCreatedResponse({ type: FapiaoDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'PAYMENT_NOT_PAID', 'FAPIAO_ALREADY_REQUESTED')
  async create(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
    @Body() { kind, title, taxNumber, email }: RequestFapiaoDto,
  ): Promise<FapiaoDto> {
    if (kind === 'company' && !taxNumber) {
      const message = { en: 'taxNumber is needed for a company', 'zh-CN': '企业发票必须提供 taxNumber' };
      throw invalidInput([{ field: 'taxNumber', message }]);
    }
    const invoicee = { kind, title, taxNumber: taxNumber ?? null, email };
    return FapiaoDto.of(await this.requests.request(user, orderId, invoicee));
  }

  @Get()
  @Access('user', { scope: 'billing:read', service: 'billing' })
  @ApiOperation({ operationId: 'getFapiao', summary: 'Get the newest fapiao request' })
  @ApiOkResponse({ type: FapiaoDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async show(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
  ): Promise<FapiaoDto> {
    await this.payments.get(visibleTo(user), orderId);
    return FapiaoDto.of(await this.requests.latest(orderId));
  }

  @Post('withdraw')
  @HttpCode(200)
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @ApiOperation({ operationId: 'withdrawFapiao', summary: 'Withdraw a pending fapiao request' })
  @ApiOkResponse({ type: FapiaoDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'FAPIAO_NOT_IN_STATE')
  async withdraw(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
  ): Promise<FapiaoDto> {
    return FapiaoDto.of(await this.requests.withdraw(user, orderId));
  }
}
