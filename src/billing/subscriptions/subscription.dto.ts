import { IsOptional, IsString, IsUrl, Matches, MaxLength } from 'class-validator';
import { monthAt } from '../../time/periods.js';
import { PaymentInstructionDto } from '../payments/payment.dto.js';
import { PlanDto } from '../plans/plan.dto.js';
import type { Subscription } from './subscription.entity.js';
import type { SubscriptionStatus } from './subscription-status.js';

export class SubscribeDto {
  /** @example "pro" */
  @IsString()
  @Matches(/^[a-z0-9][a-z0-9_-]{0,63}$/, {
    message: 'planCode must be a plan’s code, as GET /plans lists them',
  })
  planCode: string;

  /** The channel to pay through: `alipay`, `wechat`, or one that the host added. Needed for a paid plan. @example "alipay" */
  @IsOptional()
  @IsString()
  @Matches(/^[a-z][a-z0-9_]{0,31}$/, { message: 'provider must be the name of a payment channel' })
  provider?: string;

  /** Where the buyer's browser goes after paying; http or https. @example "https://www.example.com/paid" */
  @IsOptional()
  @MaxLength(256)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  returnUrl?: string;

  /**
   * The way to pay. Alipay: `page` (default), `wap`, `qr`; WeChat Pay: `native` (default), `h5`, `jsapi`.
   * @example "page"
   */
  @IsOptional()
  @IsString()
  @Matches(/^[a-z][a-z0-9_]{0,31}$/, { message: 'method must be the name of a way to pay' })
  method?: string;

  /** The buyer's id within your WeChat app; needed for `jsapi`. */
  @IsOptional()
  @IsString()
  @Matches(/^[0-9A-Za-z_-]{1,128}$/, { message: 'openId must be 1 to 128 of 0-9, A-Z, a-z, _ and -' })
  openId?: string;
}

export class SubscriptionDto {
  /** @format uuid */
  id: string;

  plan: PlanDto;

  status: SubscriptionStatus;

  /** Null until the subscription is active. @format date-time */
  currentPeriodStart: string | null;

  /** Null until the subscription is active. @format date-time */
  currentPeriodEnd: string | null;

  cancelAtPeriodEnd: boolean;

  static of(subscription: Subscription, now: Date): SubscriptionDto {
    const { start, end } = shownPeriod(subscription, now);
    return {
      id: subscription.id,
      plan: PlanDto.of(subscription.plan),
      status: subscription.status,
      currentPeriodStart: start?.toISOString() ?? null,
      currentPeriodEnd: end?.toISOString() ?? null,
      cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
    };
  }
}

export class CheckoutDto {
  subscription: SubscriptionDto;

  /** Null for a free plan. */
  payment: PaymentInstructionDto | null;
}

/** A free plan has no end of its own; what people see is its current month. */
function shownPeriod(subscription: Subscription, now: Date): { start: Date | null; end: Date | null } {
  const { startedAt, currentPeriodStart, currentPeriodEnd } = subscription;
  if (startedAt && !currentPeriodEnd) return monthAt(startedAt, now < startedAt ? startedAt : now);
  return { start: currentPeriodStart, end: currentPeriodEnd };
}
