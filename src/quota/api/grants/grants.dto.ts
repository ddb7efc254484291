import { IsInt, IsISO8601, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { IsMoment } from '../../../http/is-moment.js';
import { IsText } from '../../../http/is-text.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import type { BalanceKind, QuotaBalance } from '../../balances/quota-balance.entity.js';
import { MAX_GRANT } from '../../balances/quota-grants.js';

export class GrantQuotaDto {
  /** Who gets it. Either this or `userId`. @format uuid */
  @IsOptional()
  @IsUUID()
  accountId?: string;

  /** The user; their personal account gets it. @format uuid */
  @IsOptional()
  @IsUUID()
  userId?: string;

  /** @example "processing_count" */
  @IsString()
  @MaxLength(64)
  quotaType: string;

  /** @example 20 */
  @IsInt()
  @Min(1)
  @Max(MAX_GRANT)
  amount: number;

  /** Until when it can be used, exclusive. @format date-time */
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsMoment()
  @MaxLength(40)
  validUntil: string;

  /** For the audit log. @example "an apology for the outage of 3 March" */
  @IsText({ min: 1, max: 500 })
  reason: string;
}

export class BalanceDto {
  /** @format uuid */
  id: string;

  /** @format uuid */
  accountId: string;

  kind: BalanceKind;

  /** @example "processing_count" */
  quotaType: string;

  /** @example 20 */
  granted: number;

  /** @example 0 */
  used: number;

  /** @format date-time */
  validFrom: string;

  /** Exclusive. @format date-time */
  validUntil: string;

  /** @format date-time */
  createdAt: string;

  static of(balance: QuotaBalance): BalanceDto {
    return {
      id: balance.id,
      accountId: balance.accountId,
      kind: balance.kind,
      quotaType: balance.quotaType,
      granted: balance.granted,
      used: balance.used,
      validFrom: balance.validFrom.toISOString(),
      validUntil: balance.validUntil.toISOString(),
      createdAt: balance.createdAt.toISOString(),
    };
  }
}

export class BalanceListDto {
  items: BalanceDto[];
  nextCursor: string | null;
}

export class BalanceQueryDto extends PageQueryDto {
  /** Only this account's. @format uuid */
  @IsOptional()
  @IsUUID()
  accountId?: string;
}
