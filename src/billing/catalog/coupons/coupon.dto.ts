import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  IsRFC3339,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { yuanFromFen } from '../../../money/fen.js';
import { IsYuan } from '../../../money/is-yuan.js';
import type { Coupon } from './coupon.entity.js';
import { says } from '../../../problems/says.js';

const CODE = /^[0-9A-Za-z][0-9A-Za-z_-]{2,31}$/;
const CODE_SAYS = says(
  'must have 3 to 32 of 0-9, A-Z, _ and -, in any case, beginning with a letter or digit',
  '必须是 3 至 32 个 0-9、A-Z、_ 或 -，不分大小写，以字母或数字开头',
);
const MAX_REDEMPTIONS = 1_000_000_000;

/** The part of a purchase that names a coupon. */
export class CouponChoiceDto {
  /** Less to pay, if the coupon is good for it; in any case of letters. @example "SPRING20" */
  @IsOptional()
  @Matches(CODE, CODE_SAYS)
  couponCode?: string;
}

export class CouponCodeParamDto {
  /** @example "SPRING20" */
  @Matches(CODE, CODE_SAYS)
  code: string;
}

/** What can be changed later. */
export class ChangeCouponDto {
  /** When it ends, exclusive; a time in the past ends it immediately; null: it never ends. @format date-time */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  @IsOptional()
  @IsRFC3339()
  endsAt?: string | null;

  /** How many orders it is good for; null for any number. Not fewer than those that have it. @example 100 */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_REDEMPTIONS, nullable: true, required: false })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_REDEMPTIONS)
  maxRedemptions?: number | null;
}

export class CreateCouponDto extends ChangeCouponDto {
  /** @example "SPRING20" */
  @Matches(CODE, CODE_SAYS)
  code: string;

  /** Either this or `amountOff`. 100 makes the plan free. @example 20 */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  percentOff?: number;

  /** In yuan; more than the price makes the plan free. Either this or `percentOff`. @example "10.00" */
  @IsOptional()
  @IsYuan({ free: false })
  amountOff?: string;

  /** Only these plans. @example ["pro"] */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Matches(/^[a-z0-9][a-z0-9_-]{0,63}$/, {
    each: true,
    ...says('must be the code of a plan', '必须是计划的代码'),
  })
  planCodes?: string[];

  /** @format date-time */
  @IsOptional()
  @IsRFC3339()
  startsAt?: string;
}

export class CouponDto {
  /** @example "SPRING20" */
  code: string;

  /** @example 20 */
  percentOff: number | null;

  /** In yuan. */
  amountOff: string | null;

  /** Null for every plan. @example ["pro"] */
  @ApiProperty({ type: [String], nullable: true })
  planCodes: string[] | null;

  /** @example 100 */
  maxRedemptions: number | null;

  /** How many orders have it, paid or still to be paid. @example 3 */
  redeemed: number;

  /** @format date-time */
  startsAt: string | null;

  /** @format date-time */
  endsAt: string | null;

  /** @format date-time */
  createdAt: string;

  static of(this: void, coupon: Coupon): CouponDto {
    const { code, percentOff, amountOffFen, planCodes, maxRedemptions, redeemed } = coupon;
    return {
      code,
      percentOff,
      amountOff: amountOffFen === null ? null : yuanFromFen(amountOffFen),
      planCodes,
      maxRedemptions,
      redeemed,
      startsAt: coupon.startsAt?.toISOString() ?? null,
      endsAt: coupon.endsAt?.toISOString() ?? null,
      createdAt: coupon.createdAt.toISOString(),
    };
  }
}

export class CouponListDto {
  items: CouponDto[];
  nextCursor: string | null;
}
