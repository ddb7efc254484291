import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsRFC3339,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { IsPlainData } from '../../../http/is-plain-data.js';
import { IsText } from '../../../http/is-text.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { IsYuan } from '../../../money/is-yuan.js';
import { PlanDto, PlanQuotaDto } from './plan.dto.js';
import type { BillingCycle, SubscriptionPlan } from './subscription-plan.entity.js';
import { says } from '../../../problems/says.js';

const CODE = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const CODE_SAYS = says(
  'must have 1 to 64 of a-z, 0-9, _ and -, beginning with a letter or digit',
  '必须是 1 至 64 个 a-z、0-9、_ 或 -，以字母或数字开头',
);
const CYCLES = ['monthly', 'yearly'] as const satisfies readonly BillingCycle[];

/** Limit and overage together still fit an integer. */
const MAX_QUOTA = 1_000_000_000;

export class PlanQuotaTermsDto {
  /** @example "processing_count" */
  @Matches(/^[a-z][a-z0-9_]{0,63}$/, says('must be the name of a quota type', '必须是配额类型的名称'))
  quotaType: string;

  /** For each month, in the type's own units. @example 100 */
  @IsInt()
  @Min(0)
  @Max(MAX_QUOTA)
  quotaLimit: number;

  /** How much may be used beyond the limit in each month, and is only reported. @example 0 */
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MAX_QUOTA)
  overageCap?: number;
}

/** What a version of a plan says, and a later one may say otherwise. */
class PlanTermsDto {
  /** @example "专业版" */
  @IsText({ min: 1, max: 60 })
  name: string;

  /** @example "适合小型团队" */
  @IsText({ min: 0, max: 500 })
  description: string;

  /** In yuan, for each billing cycle. @example "99.00" */
  @IsYuan({ free: true })
  price: string;

  @ApiProperty({ type: [PlanQuotaTermsDto] })
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PlanQuotaTermsDto)
  quotas: PlanQuotaTermsDto[];

  /**
   * Only features that the service knows.
   * @example { "max_concurrent": 3, "priority": "medium" }
   */
  @IfGiven()
  @IsObject()
  @IsPlainData({ maxBytes: 4096 })
  features?: Record<string, unknown>;

  /** How long the plan can be tried without paying, once by each user; 0 for not at all. @example 14 */
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(366)
  trialDays?: number;
}

export class CreatePlanDto extends PlanTermsDto {
  /** @example "pro_yearly" */
  @Matches(CODE, CODE_SAYS)
  code: string;

  @ApiProperty({ enum: CYCLES })
  @IsIn(CYCLES)
  billingCycle: BillingCycle;
}

/** What is left out stays as in the version before. */
export class CreatePlanVersionDto extends PartialType(PlanTermsDto, { skipNullProperties: false }) {
  /**
   * From when on subscribers of older versions move to this one, each at the next period's end. Null or left out: they
   * keep theirs until they change.
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  @IsOptional()
  @IsRFC3339()
  migrateAt?: string | null;
}

export class PlanCodeParamDto {
  /** @example "pro" */
  @Matches(CODE, CODE_SAYS)
  code: string;
}

export class PlanVersionsQueryDto extends PageQueryDto {
  /** Only this plan's. @example "pro" */
  @IsOptional()
  @Matches(CODE, CODE_SAYS)
  code?: string;
}

export class AdminPlanQuotaDto extends PlanQuotaDto {
  /** @example 0 */
  overageCap: number;
}

/** A version, with what only administrators see. */
export class AdminPlanDto extends PlanDto {
  /** @example 1 */
  version: number;

  /** Whether the plan, with all its versions, is on sale. */
  status: 'active' | 'archived';

  @ApiProperty({ type: [AdminPlanQuotaDto] })
  override quotas: AdminPlanQuotaDto[];

  /** @format date-time */
  migrateAt: string | null;

  /** @format date-time */
  createdAt: string;

  static override of(this: void, plan: SubscriptionPlan): AdminPlanDto {
    return {
      ...PlanDto.of(plan),
      version: plan.version,
      status: plan.status,
      quotas: plan.quotas.map(({ quotaType, quotaLimit, quotaPeriod, overageCap }) => ({
        quotaType,
        quotaLimit,
        quotaPeriod,
        overageCap,
      })),
      migrateAt: plan.migrateAt?.toISOString() ?? null,
      createdAt: plan.createdAt.toISOString(),
    };
  }
}

export class AdminPlanListDto {
  items: AdminPlanDto[];
  nextCursor: string | null;
}

export class PlanStatusDto {
  /** @example "pro" */
  code: string;

  status: 'active' | 'archived';
}
