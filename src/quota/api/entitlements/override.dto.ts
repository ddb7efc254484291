import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { EXTERNAL_ID } from '../../../auth/identity/customers/external-id.js';
import { IsMoment } from '../../../http/is-moment.js';
import { IsText } from '../../../http/is-text.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { says } from '../../../problems/says.js';
import type { EntitlementOverride, FeatureValue } from '../../balances/entitlement-override.entity.js';

const VALUE = { oneOf: [{ type: 'boolean' }, { type: 'number' }, { type: 'string' }] };

export class CreateOverrideDto {
  /** The account. Either this or `externalId`. @format uuid */
  @IsOptional()
  @IsUUID()
  accountId?: string;

  /** A customer’s, by the application’s own id. Either this or `accountId`. @example user-4711 */
  @IsOptional()
  @Matches(
    EXTERNAL_ID,
    says('must be 1 to 128 of A-Z a-z 0-9 . _ : @ -', '必须是 1 至 128 个字符，仅限 A-Z a-z 0-9 . _ : @ -'),
  )
  externalId?: string;

  /** A boolean or static feature; quota is granted by POST /admin/quota/grants. @example custom_support */
  @IsString()
  @MaxLength(64)
  feature: string;

  /** What holds instead of the plan’s word, of the feature’s own type. @example true */
  @ApiProperty(VALUE)
  @IsOptional()
  value: unknown;

  /** From this moment on the plan’s word holds again. @format date-time @example 2027-01-31T16:00:00Z */
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsMoment()
  @MaxLength(40)
  endsAt: string;

  /** For the audit log. @example "promised after the incident of 2 December" */
  @IsText({ min: 1, max: 500 })
  reason: string;
}

export class OverrideDto {
  /** @format uuid */
  id: string;

  /** @format uuid */
  accountId: string;

  /** @example custom_support */
  feature: string;

  /** @example true */
  @ApiProperty(VALUE)
  value: FeatureValue;

  /** @format date-time */
  endsAt: string;

  /** @example "promised after the incident of 2 December" */
  reason: string;

  /** The administrator. @format uuid */
  createdBy: string;

  /** @format date-time */
  createdAt: string;

  /** When it was removed, replaced, or found to be over; null while it holds. @format date-time */
  endedAt: string | null;

  static of(override: EntitlementOverride): OverrideDto {
    const { id, accountId, feature, value, endsAt, reason, createdBy, createdAt, endedAt } = override;
    return {
      id,
      accountId,
      feature,
      value,
      endsAt: endsAt.toISOString(),
      reason,
      createdBy,
      createdAt: createdAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    };
  }
}

export class OverrideListDto {
  items: OverrideDto[];
  nextCursor: string | null;
}

export class OverrideQueryDto extends PageQueryDto {
  /** Only this account’s. @format uuid */
  @IsOptional()
  @IsUUID()
  accountId?: string;
}
