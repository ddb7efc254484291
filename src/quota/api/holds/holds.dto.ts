import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { MAX_COST } from '../../debits/quota-debits.js';
import { ConsumeQuotaDto, QuotaDto } from '../quota.dto.js';
import type { QuotaState } from '../../balances/quota-state.js';
import type { HoldSettlement } from '../../debits/open-hold.js';
import { MAX_TTL_SECONDS } from '../../debits/quota-holds.js';

export class HoldQuotaDto extends ConsumeQuotaDto {
  /**
   * How long the work may take, in seconds, before its quota is given back automatically; 900 by default.
   * @example 900
   */
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_TTL_SECONDS)
  ttlSeconds?: number;
}

export class HoldDto {
  /** Settle it under this id; the usage log has the same. @format uuid */
  holdId: string;

  /** From this moment on it is released. @format date-time */
  expiresAt: string;

  /** The plan's `features.priority`, for the queue that the work goes into; null where the plan says nothing. @example "medium" */
  priority: string | null;

  quota: QuotaDto;
}

export class CommitHoldDto {
  /** What the work cost in truth, at most what is held; all of it by default. @example 1 */
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_COST)
  cost?: number;
}

export class HoldSettlementDto {
  /** @format uuid */
  holdId: string;

  status: 'committed' | 'released';

  /** What the account has now, of the quota type that was held; null where it has none of it any more. */
  quota: QuotaDto | null;

  static of(
    { holdId, status }: HoldSettlement,
    quotaType: string,
    states: readonly QuotaState[],
  ): HoldSettlementDto {
    const state = states.find((candidate) => candidate.quotaType === quotaType);
    return { holdId, status, quota: state ? QuotaDto.of(state) : null };
  }
}
