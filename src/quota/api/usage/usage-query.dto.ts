import { IsIn, IsISO8601, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsMoment } from '../../../http/is-moment.js';
import { IsText } from '../../../http/is-text.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import type { UsageStatus } from '../../balances/usage-log.entity.js';
import type { SummaryKey } from '../../usage/usage-summary.sql.js';

const STATUSES: readonly UsageStatus[] = ['consumed', 'held', 'released'];
const KEYS: readonly SummaryKey[] = ['day', 'resourceType', 'status'];

export class UsageQueryDto extends PageQueryDto {
  /** From this moment on. @format date-time */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsMoment()
  @MaxLength(40)
  from?: string;

  /** Before this moment. @format date-time */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsMoment()
  @MaxLength(40)
  to?: string;

  /** @example "dicom_processing" */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  resourceType?: string;

  /** @example "consumed" */
  @IsOptional()
  @IsIn(STATUSES)
  status?: UsageStatus;

  /** @example "张三_20260314" */
  @IsOptional()
  @IsText({ min: 1, max: 255 })
  resourceId?: string;
}

export class AdminUsageQueryDto extends UsageQueryDto {
  /** Only this account's. Without it and without `userId`: everybody's. @format uuid */
  @IsOptional()
  @IsUUID()
  accountId?: string;

  /** What this user used: of `accountId`, or where that is left out, of their personal account. @format uuid */
  @IsOptional()
  @IsUUID()
  userId?: string;
}

export class UsageSummaryQueryDto {
  /** From this moment on. Left out: from the beginning. @format date-time */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsMoment()
  @MaxLength(40)
  from?: string;

  /** Before this moment. Left out: until now. @format date-time */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsMoment()
  @MaxLength(40)
  to?: string;

  /** What to sum by; a day is a calendar day in Asia/Shanghai. @example "day" */
  @IsOptional()
  @IsIn(KEYS)
  groupBy: SummaryKey = 'day';

  /** @example "dicom_processing" */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  resourceType?: string;

  /** @example "consumed" */
  @IsOptional()
  @IsIn(STATUSES)
  status?: UsageStatus;
}

export class AdminUsageSummaryQueryDto extends UsageSummaryQueryDto {
  /** Only this account's. Without it and without `userId`: everybody's. @format uuid */
  @IsOptional()
  @IsUUID()
  accountId?: string;

  /** What this user used: of `accountId`, or where that is left out, of their personal account. @format uuid */
  @IsOptional()
  @IsUUID()
  userId?: string;
}
