import { Body, Controller, Ip, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { Idempotent, OperationId } from '../../../idempotency/idempotent.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { missingProvider, paymentChoice } from './payment-choice.dto.js';
import { CheckoutService, type Checkout } from './checkout.service.js';
import { PaymentInstructionDto } from '../../ledger/orders/payment.dto.js';
import { PlansService } from '../../catalog/plans/plans.service.js';
import { Trials } from '../trials/trials.service.js';
import { isFree } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { CheckoutDto, SubscribeDto, SubscriptionDto } from './subscription.dto.js';

@ApiTags('subscriptions')
@Controller('subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly plans: PlansService,
    private readonly checkout: CheckoutService,
    private readonly trials: Trials,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @Idempotent()
  @ApiOperation({
    operationId: 'subscribe',
    summary: 'Subscribe to a plan',
    description:
      'A free plan, a trial and a plan with nothing left to pay after a coupon are active immediately. A paid plan ' +
      'is pending until its payment is settled.',
  })
  @ApiCreatedResponse({ type: CheckoutDto })
  @ApiProblem('VALIDATION_FAILED', 'PLAN_NOT_FOUND', 'ALREADY_SUBSCRIBED', 'PLAN_CHANGE_REFUSED')
  @ApiProblem('TRIAL_NOT_AVAILABLE', 'TRIAL_ALREADY_USED')
  @ApiProblem('COUPON_INVALID', 'COUPON_USED_UP', 'COUPON_ALREADY_USED')
  @ApiProblem('CHANNEL_NOT_CONFIGURED', 'CHANNEL_REFUSED', 'CHANNEL_UNAVAILABLE')
  async subscribe(
    @CurrentUser() user: AuthenticatedUser,
    @Body() body: SubscribeDto,
    @OperationId() operationId: string,
    @Ip() ip: string,
  ): Promise<CheckoutDto> {
    const { subscription, payment } = body.trial
      ? await this.tryOut(user, body, operationId)
      : await this.buy(user, body, operationId, ip);
    return {
      subscription: SubscriptionDto.of(subscription, this.clock.now()),
      payment: payment && PaymentInstructionDto.of(payment),
    };
  }

  private async tryOut(
    user: AuthenticatedUser,
    { planCode, couponCode }: SubscribeDto,
    subscriptionId: string,
  ): Promise<Checkout> {
    if (couponCode != null) {
      const reason = { en: 'a trial costs nothing', 'zh-CN': '试用不收费' };
      throw new Problem('COUPON_INVALID', { params: { couponCode, reason } });
    }
    return { subscription: await this.trials.start(user, { subscriptionId, planCode }), payment: null };
  }

  private async buy(
    user: AuthenticatedUser,
    body: SubscribeDto,
    subscriptionId: string,
    ip: string,
  ): Promise<Checkout> {
    await this.requireProviderIfPaid(body);
    const { planCode, couponCode } = body;
    return this.checkout.subscribe(user, {
      subscriptionId,
      planCode,
      couponCode: couponCode ?? null,
      ...paymentChoice(body, ip),
    });
  }

  /** With a coupon nothing may be left to pay, which shows only when it is redeemed. */
  private async requireProviderIfPaid({ planCode, provider, couponCode }: SubscribeDto): Promise<void> {
    if (provider != null || couponCode != null) return;
    if (!isFree(await this.plans.onSale(planCode))) throw missingProvider();
  }
}
