import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { Idempotent, OperationId } from '../../../idempotency/idempotent.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Clock } from '../../../time/clock.js';
import { paymentChoice } from '../purchase/payment-choice.dto.js';
import { SubscriptionDto } from '../purchase/subscription.dto.js';
import { Cancellation } from './cancellation.service.js';
import { CancelDto, ChangeDto, ChangeOfferDto, ChangePlanDto, RenewDto } from './change.dto.js';
import { ChangesService } from './changes.service.js';

@ApiTags('subscriptions')
@Controller('subscriptions/current')
export class ChangesController {
  constructor(
    private readonly changes: ChangesService,
    private readonly cancellation: Cancellation,
    private readonly clock: Clock,
  ) {}

  @Post('change/preview')
  @HttpCode(200)
  @Access('user', { scope: 'billing:read', service: 'billing' })
  @ApiOperation({
    operationId: 'previewPlanChange',
    summary: 'Preview the price and effect of a plan change',
    description: 'Changes nothing.',
  })
  @ApiOkResponse({ type: ChangeOfferDto })
  @ApiProblem('VALIDATION_FAILED', 'NO_SUBSCRIPTION', 'PLAN_NOT_FOUND', 'ALREADY_SUBSCRIBED')
  @ApiProblem('PERIOD_PAID_AHEAD')
  @ApiProblem('COUPON_INVALID', 'COUPON_USED_UP', 'COUPON_ALREADY_USED')
  async preview(
    @CurrentUser() user: AuthenticatedUser,
    @Body() { planCode, couponCode }: ChangePlanDto,
  ): Promise<ChangeOfferDto> {
    return ChangeOfferDto.of(await this.changes.preview(user, { planCode, couponCode: couponCode ?? null }));
  }

  @Post('change')
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @Idempotent()
  @ApiOperation({
    operationId: 'changePlan',
    summary: 'Change the plan',
    description:
      'A larger plan comes into force when the difference is paid, a smaller one when the paid time ends; ' +
      'the present plan takes back a cancellation or what is scheduled, or else is a renewal. See docs/guide/subscriptions.md.',
  })
  @ApiCreatedResponse({ type: ChangeDto })
  @ApiProblem('VALIDATION_FAILED', 'NO_SUBSCRIPTION', 'PLAN_NOT_FOUND', 'ALREADY_SUBSCRIBED')
  @ApiProblem('PERIOD_PAID_AHEAD')
  @ApiProblem('COUPON_INVALID', 'COUPON_USED_UP', 'COUPON_ALREADY_USED')
  @ApiProblem('CHANNEL_NOT_CONFIGURED', 'CHANNEL_REFUSED', 'CHANNEL_UNAVAILABLE')
  change(
    @CurrentUser() user: AuthenticatedUser,
    @Body() body: ChangePlanDto,
    @OperationId() operationId: string,
    @Ip() ip: string,
  ): Promise<ChangeDto> {
    return this.carryOut(user, body, body.planCode, operationId, ip);
  }

  @Post('renew')
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @Idempotent()
  @ApiOperation({
    operationId: 'renewSubscription',
    summary: 'Pay for one more period',
    description: 'It begins where the paid time ends, also where that was within the grace.',
  })
  @ApiCreatedResponse({ type: ChangeDto })
  @ApiProblem('VALIDATION_FAILED', 'NO_SUBSCRIPTION', 'PLAN_IS_FREE')
  @ApiProblem('COUPON_INVALID', 'COUPON_USED_UP', 'COUPON_ALREADY_USED')
  @ApiProblem('CHANNEL_NOT_CONFIGURED', 'CHANNEL_REFUSED', 'CHANNEL_UNAVAILABLE')
  renew(
    @CurrentUser() user: AuthenticatedUser,
    @Body() body: RenewDto,
    @OperationId() operationId: string,
    @Ip() ip: string,
  ): Promise<ChangeDto> {
    return this.carryOut(user, body, null, operationId, ip);
  }

  @Post('cancel')
  @HttpCode(200)
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @ApiOperation({
    operationId: 'cancelSubscription',
    summary: 'Cancel at the period’s end, or immediately',
    description: 'No money is refunded automatically. Until the end, `resume` revokes the cancellation.',
  })
  @ApiOkResponse({ type: SubscriptionDto })
  @ApiProblem('VALIDATION_FAILED', 'NO_SUBSCRIPTION', 'PLAN_IS_FREE')
  async cancel(
    @CurrentUser() user: AuthenticatedUser,
    @Body() { atPeriodEnd = true }: CancelDto,
  ): Promise<SubscriptionDto> {
    return SubscriptionDto.of(await this.cancellation.cancel(user.accountId, atPeriodEnd), this.clock.now());
  }

  @Post('resume')
  @HttpCode(200)
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @ApiOperation({
    operationId: 'resumeSubscription',
    summary: 'Undo a cancellation or a scheduled plan change',
  })
  @ApiOkResponse({ type: SubscriptionDto })
  @ApiProblem('NO_SUBSCRIPTION', 'PLAN_IS_FREE', 'PERIOD_PAID_AHEAD')
  async resume(@CurrentUser() user: AuthenticatedUser): Promise<SubscriptionDto> {
    return SubscriptionDto.of(await this.cancellation.resume(user.accountId), this.clock.now());
  }

  private async carryOut(
    user: AuthenticatedUser,
    body: RenewDto,
    planCode: string | null,
    operationId: string,
    ip: string,
  ): Promise<ChangeDto> {
    const change = await this.changes.change(user, {
      operationId,
      planCode,
      couponCode: body.couponCode ?? null,
      ...paymentChoice(body, ip),
    });
    return ChangeDto.fromChange(change, this.clock.now());
  }
}
