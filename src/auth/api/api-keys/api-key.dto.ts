import { ApiProperty } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsIn, IsInt, IsOptional, IsRFC3339, Max, Min } from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { IsText } from '../../../http/is-text.js';
import { SCOPES, type Scope } from '../../identity/caller/scopes.js';
import { MAX_QUOTA_CAP } from '../../identity/caller/quota-cap.js';

/** A month: an old key that works for longer is a second key, not a change-over. */
export const MAX_OVERLAP_SECONDS = 30 * 86_400;
export const DEFAULT_OVERLAP_SECONDS = 86_400;
/** Keys of one user that work at the same time, for all their accounts together. */
export const MAX_API_KEYS = 50;
/** How long a key lives for which no end is named. */
export const DEFAULT_LIFE_DAYS = 365;

export class CreateApiKeyDto {
  /** @example "nightly import" */
  @IsText({ min: 1, max: 100 })
  name: string;

  /** What the key may do. Leave it out for all that you may do yourself, but what needs an access token. */
  @ApiProperty({ enum: SCOPES, isArray: true, required: false, example: ['quota:consume'] })
  @IsOptional()
  @IsIn(SCOPES, { each: true })
  @ArrayUnique()
  @ArrayNotEmpty()
  scopes?: Scope[] | null;

  /**
   * RFC 3339, in the future. Default: a year from now. Null for a key that does not expire.
   * @example 2027-11-24T08:00:00Z
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  @IsOptional()
  @IsRFC3339()
  expiresAt?: string | null;

  /**
   * How much quota the key may consume in a calendar month (Asia/Shanghai), in units, of all quota types together.
   * Leave it out for all that its account has.
   * @example 500
   */
  @ApiProperty({ type: 'integer', nullable: true, required: false, minimum: 1, maximum: MAX_QUOTA_CAP })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_QUOTA_CAP)
  quotaCap?: number | null;
}

export class RotateApiKeyDto {
  /**
   * For how long the old key still works, in seconds; a day by default. It never works longer than it would have.
   * @example 3600
   */
  @ApiProperty({ type: 'integer', required: false, minimum: 0, maximum: MAX_OVERLAP_SECONDS })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MAX_OVERLAP_SECONDS)
  overlapSeconds?: number;
}

/** A key as lists show it: what it was created with, less the key itself. */
class ApiKeyFacts {
  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11 */
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** @example "nightly import" */
  name: string;

  /**
   * How the key begins, to recognise it by.
   * @example idk_7Qm2Zk0a
   */
  prefix: string;

  @ApiProperty({ enum: SCOPES, isArray: true, example: ['quota:consume'] })
  scopes: Scope[];

  /** @example 2027-11-24T08:00:00.000Z */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt: Date | null;

  /**
   * What it may consume in a calendar month, in units; null where only its account's quota limits it.
   * @example 500
   */
  @ApiProperty({ type: 'integer', nullable: true })
  quotaCap: number | null;

  /** @example 2026-11-24T08:00:00.000Z */
  createdAt: Date;
}

export class CreatedApiKeyDto extends ApiKeyFacts {
  /**
   * Shown this once.
   * @example idk_7Qm2Zk0aXo5cTf9hQd3rWn8sLb1vYp6e2Jx4Ag
   */
  key: string;
}

export class ApiKeyDto extends ApiKeyFacts {
  /**
   * To the minute.
   * @example 2026-11-24T09:30:00.000Z
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt: Date | null;

  /**
   * What of its cap is used in this month, by this key and those that it was rotated from; null without a cap.
   * @example 120
   */
  @ApiProperty({ type: 'integer', nullable: true })
  quotaUsed: number | null;

  /**
   * The key that a rotation put in its place.
   * @example null
   */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  replacedBy: string | null;
}

export class ApiKeyPageDto {
  items: ApiKeyDto[];

  /** Asks for what follows; null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
