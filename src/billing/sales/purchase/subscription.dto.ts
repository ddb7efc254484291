import { IsBoolean, IsString, Matches } from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { monthAt } from '../../../time/periods.js';
import { IntersectionType } from '@nestjs/swagger';
import { CouponChoiceDto } from '../../catalog/coupons/coupon.dto.js';
import { PaymentChoiceDto } from './payment-choice.dto.js';
import { PaymentInstructionDto } from '../../ledger/orders/payment.dto.js';
import { PlanDto } from '../../catalog/plans/plan.dto.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';
import type { SubscriptionStatus } from '../../ledger/records/subscription-status.js';
import { says } from '../../../problems/says.js';

export class PlanChoiceDto {
  /** @example "pro" */
  @IsString()
  @Matches(
    /^[a-z0-9][a-z0-9_-]{0,63}$/,
    says('must be a plan’s code, as GET /plans lists them', '必须是计划的代码，可用 GET /plans 查询'),
  )
  planCode: string;
}

export class SubscribeDto extends IntersectionType(PlanChoiceDto, PaymentChoiceDto, CouponChoiceDto) {
  /** Try the plan for its `trialDays` without paying: once for each user, and once for each account. Default false. */
  @IfGiven()
  @IsBoolean()
  trial?: boolean;
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

  /**
   * When its trial ends, or ended; null where it began without one. It ends then, unless a renewal is paid, which moves
   * `currentPeriodEnd` behind it.
   * @format date-time
   */
  trialEndsAt: string | null;

  cancelAtPeriodEnd: boolean;

  /** Until when quota goes on unless a renewal is paid; null while the period is paid. @format date-time */
  graceUntil: string | null;

  /** The plan that follows when the paid time ends; null for the same. @example "pro" */
  scheduledPlanCode: string | null;

  static of(subscription: Subscription, now: Date): SubscriptionDto {
    const { start, end } = shownPeriod(subscription, now);
    return {
      id: subscription.id,
      plan: PlanDto.of(subscription.plan),
      status: subscription.status,
      currentPeriodStart: start?.toISOString() ?? null,
      currentPeriodEnd: end?.toISOString() ?? null,
      trialEndsAt: subscription.trialEndsAt?.toISOString() ?? null,
      cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
      graceUntil: graceUntil(subscription, now)?.toISOString() ?? null,
      scheduledPlanCode: subscription.scheduledPlan?.code ?? null,
    };
  }
}

export class CheckoutDto {
  subscription: SubscriptionDto;

  /** Null for a free plan, for a trial, and where a coupon leaves nothing to pay. */
  payment: PaymentInstructionDto | null;
}

/** A free plan has no end of its own; what people see is its current month. */
function shownPeriod(subscription: Subscription, now: Date): { start: Date | null; end: Date | null } {
  const { startedAt, currentPeriodStart, currentPeriodEnd } = subscription;
  if (startedAt && !currentPeriodEnd) return monthAt(startedAt, now < startedAt ? startedAt : now);
  return { start: currentPeriodStart, end: currentPeriodEnd };
}

function graceUntil({ currentPeriodEnd, inForceUntil }: Subscription, now: Date): Date | null {
  return currentPeriodEnd && currentPeriodEnd <= now ? inForceUntil : null;
}
