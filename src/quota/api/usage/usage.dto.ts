import { QuotaDto } from '../quota.dto.js';
import type { UsageLog, UsageStatus } from '../../balances/usage-log.entity.js';
import type { SummaryKey } from '../../usage/usage-summary.sql.js';

export class UsageDto {
  /** @format uuid */
  id: string;

  /** @example "dicom_processing" */
  resourceType: string;

  /** @example "张三_20260314" */
  resourceId: string | null;

  /** @example 1 */
  cost: number;

  status: UsageStatus;

  /** @format date-time */
  createdAt: string;

  static of(usage: UsageLog): UsageDto {
    return {
      id: usage.id,
      resourceType: usage.resourceType,
      resourceId: usage.resourceId,
      cost: usage.cost,
      status: usage.status,
      createdAt: usage.createdAt.toISOString(),
    };
  }
}

export class UsageListDto {
  items: UsageDto[];
  nextCursor: string | null;
}

export class AdminUsageDto extends UsageDto {
  /** @format uuid */
  accountId: string;

  /** @format uuid */
  userId: string;

  static override of(usage: UsageLog): AdminUsageDto {
    return { ...UsageDto.of(usage), accountId: usage.accountId, userId: usage.userId };
  }
}

export class AdminUsageListDto {
  items: AdminUsageDto[];
  nextCursor: string | null;
}

export class UsageSumDto {
  /** The day, the resource type or the status. @example "2026-11-22" */
  key: string;

  /** How many usages. @example 12 */
  count: number;

  /** What they cost together. @example 30 */
  cost: number;
}

export class UsageSummaryDto {
  groupBy: SummaryKey;

  /** The time zone of the days. @example "Asia/Shanghai" */
  timeZone: string;

  /** Of the same rows that GET /usage lists, released ones included: ask for a status to leave them out. */
  items: UsageSumDto[];

  total: UsageTotalDto;
}

export class UsageTotalDto {
  /** @example 12 */
  count: number;

  /** @example 30 */
  cost: number;
}

export class UsageReleaseDto {
  /** @format uuid */
  usageId: string;

  /** What the account has now, of the quota type that was given back; null where it has none of it any more. */
  quota: QuotaDto | null;
}
