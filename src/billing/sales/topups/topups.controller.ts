import { Body, Controller, Get, Ip, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { Idempotent, OperationId } from '../../../idempotency/idempotent.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { paymentChoice } from '../purchase/payment-choice.dto.js';
import { PaymentInstructionDto } from '../../ledger/orders/payment.dto.js';
import { TopupPacks } from '../../catalog/topup-packs/topup-packs.service.js';
import { TopupPackDto, TopupPackListDto } from '../../catalog/topup-packs/topup-pack.dto.js';
import { BuyTopupDto, TopupDto, TopupPurchaseDto } from './topup.dto.js';
import { TopupsService } from './topups.service.js';

@ApiTags('plans')
@Controller('topups')
export class TopupsController {
  constructor(
    private readonly packs: TopupPacks,
    private readonly topups: TopupsService,
  ) {}

  @Get()
  @Access('public')
  @ApiOperation({ operationId: 'listTopUpPacks', summary: 'List the top-up packs on sale' })
  async list(): Promise<TopupPackListDto> {
    const packs = await this.packs.onSale();
    return { items: packs.map(TopupPackDto.of) };
  }

  @Post()
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @Idempotent()
  @ApiOperation({
    operationId: 'buyTopUp',
    summary: 'Buy a top-up pack',
    description:
      'It can be used from the moment it is paid. Of all that somebody has, what expires first is used first.',
  })
  @ApiCreatedResponse({ type: TopupPurchaseDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  @ApiProblem('CHANNEL_NOT_CONFIGURED', 'CHANNEL_REFUSED', 'CHANNEL_UNAVAILABLE')
  async buy(
    @CurrentUser() user: AuthenticatedUser,
    @Body() body: BuyTopupDto,
    @OperationId() topupId: string,
    @Ip() ip: string,
  ): Promise<TopupPurchaseDto> {
    const request = { topupId, packCode: body.packCode, ...paymentChoice(body, ip) };
    const { topup, payment } = await this.topups.buy(user, request);
    return { topup: TopupDto.of(topup), payment: PaymentInstructionDto.of(payment) };
  }
}
