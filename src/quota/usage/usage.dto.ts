import { IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../../http/page-query.dto.js';
import type { UsageLog, UsageStatus } from './usage-log.entity.js';

export class UsageQueryDto extends PageQuery {
  /** From this moment on. @format date-time */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @MaxLength(40)
  from?: string;

  /** Before this moment. @format date-time */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @MaxLength(40)
  to?: string;

  /** @example "dicom_processing" */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  resourceType?: string;
}

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
