import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { IfGiven } from '../../http/if-given.js';
import { IsPlainData } from '../../http/is-plain-data.js';
import { IsText } from '../../http/is-text.js';
import { MAX_COST } from '../debits/quota-debits.js';
import type { QuotaState } from '../balances/quota-state.js';

export class QuotaDto {
  /** @example "processing_count" */
  quotaType: string;

  /** @example 3 */
  used: number;

  /** @example 100 */
  limit: number;

  /** @example 97 */
  remaining: number;

  /** How much of `used` goes beyond the limit: what the plan allows, or what came along from another plan. @example 0 */
  overage?: number;

  /** When a new period begins. @format date-time */
  resetsAt: string;

  static of(state: QuotaState): QuotaDto {
    const { quotaType, used, limit, remaining, overage, resetsAt } = state;
    const beyond = overage > 0 ? { overage } : {};
    return { quotaType, used, limit, remaining, ...beyond, resetsAt: resetsAt.toISOString() };
  }
}

export class QuotaListDto {
  items: QuotaDto[];
}

export class CheckQuotaDto {
  /** @example "dicom_processing" */
  @IsString()
  @MaxLength(64)
  resourceType: string;

  /** @example 1 */
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_COST)
  cost?: number;
}

export class ConsumeQuotaDto extends CheckQuotaDto {
  /** What it is used for, in the host's own terms. @example "张三_20260314" */
  @IsOptional()
  @IsText({ min: 1, max: 255 })
  resourceId?: string;

  /** Anything more that the host wants to find again, at most 4 KiB. @example { "modality": "MR" } */
  @IsOptional()
  @IsPlainData({ maxBytes: 4096 })
  metadata?: Record<string, unknown>;
}

export class QuotaCheckDto {
  /** @example true */
  allowed: boolean;
  quota: QuotaDto;
}

export class ConsumptionDto {
  /** @format uuid */
  usageId: string;
  quota: QuotaDto;
}
