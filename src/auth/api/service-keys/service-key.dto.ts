import { ApiProperty } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsOptional, IsRFC3339 } from 'class-validator';
import { IsText } from '../../../http/is-text.js';
import { SERVICE_SCOPES, type ServiceScope } from '../../identity/caller/service-scopes.js';

export class CreateServiceKeyDto {
  /** @example "billing backend" */
  @IsText({ min: 1, max: 100 })
  name: string;

  /**
   * What the key may do: `customers` manages customers; `quota`, `billing` and `portal` act for the one that
   * `X-Customer-Id` names.
   */
  @ApiProperty({ enum: SERVICE_SCOPES, isArray: true, example: ['customers', 'quota'] })
  @IsArray()
  @IsIn(SERVICE_SCOPES, { each: true })
  @ArrayUnique()
  @ArrayNotEmpty()
  scopes: ServiceScope[];

  /**
   * RFC 3339, in the future. Leave it out for a key that does not expire.
   * @example 2027-11-24T08:00:00Z
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  @IsOptional()
  @IsRFC3339()
  expiresAt?: string | null;
}

/** A key as lists show it, less the key itself. */
class ServiceKeyFacts {
  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11 */
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** @example "billing backend" */
  name: string;

  /**
   * How the key begins, to recognise it by.
   * @example isk_7Qm2Zk0a
   */
  prefix: string;

  @ApiProperty({ enum: SERVICE_SCOPES, isArray: true, example: ['customers', 'quota'] })
  scopes: ServiceScope[];

  /** @example 2027-11-24T08:00:00.000Z */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt: Date | null;

  /** @example 2026-11-24T08:00:00.000Z */
  createdAt: Date;
}

export class CreatedServiceKeyDto extends ServiceKeyFacts {
  /**
   * Shown this once.
   * @example isk_7Qm2Zk0aXo5cTf9hQd3rWn8sLb1vYp6e2Jx4Ag
   */
  key: string;
}

export class ServiceKeyDto extends ServiceKeyFacts {
  /**
   * To the minute.
   * @example 2026-11-24T09:30:00.000Z
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt: Date | null;

  /**
   * The key that a rotation put in its place.
   * @example null
   */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  replacedBy: string | null;
}

export class ServiceKeyPageDto {
  items: ServiceKeyDto[];

  /** Asks for what follows; null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
