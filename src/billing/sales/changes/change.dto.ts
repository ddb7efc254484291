import { IntersectionType } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { yuanFromFen } from '../../../money/fen.js';
import { PaymentChoiceDto } from '../purchase/payment-choice.dto.js';
import { CouponChoiceDto } from '../../catalog/coupons/coupon.dto.js';
import { PaymentInstructionDto } from '../../ledger/orders/payment.dto.js';
import { PlanDto } from '../../catalog/plans/plan.dto.js';
import { PlanChoiceDto, SubscriptionDto } from '../purchase/subscription.dto.js';
import type { ChangeKind, ChangeOffer } from './change-offer.js';
import type { Change } from './made-changes.js';

/** How it is paid, where it has to be. */
export class RenewDto extends IntersectionType(PaymentChoiceDto, CouponChoiceDto) {}

export class ChangePlanDto extends IntersectionType(PlanChoiceDto, RenewDto) {}

export class CancelDto {
  /** False ends it immediately. Default true. */
  @IfGiven()
  @IsBoolean()
  atPeriodEnd?: boolean;
}

export class ChangeOfferDto {
  /**
   * `renewal`: one more period. `upgrade`: the other plan immediately. `downgrade`: the other plan when the present one's
   * paid time ends. `resumption`: the present plan goes on, and what was scheduled is taken back.
   */
  kind: ChangeKind;

  plan: PlanDto;

  /** @format date-time */
  effectiveAt: string;

  /** The period that follows; null for a free plan, which has no end. @format date-time */
  periodStart: string | null;

  /** @format date-time */
  periodEnd: string | null;

  /** The plan's price, in yuan. @example "999.00" */
  price: string;

  /** What the coupon takes off the price, in yuan. @example "0.00" */
  discount: string;

  /** What is unused of the present plan, in yuan. @example "49.50" */
  credit: string;

  /** What the account's own credit pays, in yuan. @example "0.00" */
  accountCredit: string;

  /** What is to be paid now, in yuan. @example "949.50" */
  amount: string;

  /** What the credit is more than the price less the discount, in yuan: it goes to the account, for later orders. @example "0.00" */
  surplus: string;

  /** @example "CNY" */
  currency: string;

  static of({ kind, plan, effectiveAt, period, quote }: ChangeOffer): ChangeOfferDto {
    return {
      kind,
      plan: PlanDto.of(plan),
      effectiveAt: effectiveAt.toISOString(),
      periodStart: period?.start.toISOString() ?? null,
      periodEnd: period?.end.toISOString() ?? null,
      price: yuanFromFen(plan.priceFen),
      discount: yuanFromFen(quote.discountFen),
      credit: yuanFromFen(quote.creditFen),
      accountCredit: yuanFromFen(quote.accountCreditFen),
      amount: yuanFromFen(quote.amountFen),
      surplus: yuanFromFen(quote.surplusFen),
      currency: plan.currency,
    };
  }
}

export class ChangeDto {
  change: ChangeOfferDto;

  /** What is in force now: an upgrade that has to be paid isn't yet. */
  subscription: SubscriptionDto;

  /** Null where nothing is to be paid now. */
  payment: PaymentInstructionDto | null;

  static fromChange({ offer, subscription, payment }: Change, now: Date): ChangeDto {
    return {
      change: ChangeOfferDto.of(offer),
      subscription: SubscriptionDto.of(subscription, now),
      payment: payment && PaymentInstructionDto.of(payment),
    };
  }
}
