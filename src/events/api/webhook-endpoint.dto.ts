import { ApiProperty, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IfGiven } from '../../http/if-given.js';
import { IsText } from '../../http/is-text.js';
import { EVENT_TYPES, type EventType } from '../types/event-types.js';
import type { WebhookEndpoint } from '../records/webhook-endpoint.entity.js';

const LONGEST_URL = 2048;

export class CreateWebhookEndpointDto {
  /** https, and a public address. @example "https://hooks.example.com/commercial" */
  @IsString()
  @MaxLength(LONGEST_URL)
  url: string;

  /** Which events are sent; none named: all. */
  @ApiProperty({ enum: EVENT_TYPES, isArray: true, required: false, example: ['payment.paid'] })
  @IfGiven()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(EVENT_TYPES.length)
  @IsIn(EVENT_TYPES, { each: true })
  types?: EventType[];

  /** For people; null for none. @example "billing of the hospital" */
  @ApiProperty({ type: String, nullable: true, required: false })
  @IsOptional()
  @IsText({ min: 1, max: 200 })
  description?: string | null;

  /** While false nothing is sent; what was queued before waits. A new one is on unless told otherwise. */
  @IfGiven()
  @IsBoolean()
  enabled?: boolean;
}

/** What is not given stays. Null takes the description away, and is no value for the others. */
export class UpdateWebhookEndpointDto extends PartialType(CreateWebhookEndpointDto, {
  skipNullProperties: false,
}) {}

export class RotateSecretDto {
  /** How long is signed with the former secret too. Default 24. @example 24 */
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(168)
  @ApiProperty({ type: 'integer', required: false, minimum: 0, maximum: 168 })
  overlapHours?: number;
}

export class WebhookEndpointDto {
  /** @format uuid */
  id: string;

  /** @example "https://hooks.example.com/commercial" */
  url: string;

  /** @example "billing of the hospital" */
  description: string | null;

  /** Empty: all. */
  @ApiProperty({ enum: EVENT_TYPES, isArray: true, example: ['payment.paid'] })
  types: string[];

  /** @example true */
  enabled: boolean;

  /** Until when is signed with the former secret too. @format date-time */
  previousSecretUntil: string | null;

  /** @format date-time */
  createdAt: string;

  /** @format date-time */
  updatedAt: string;

  static of(endpoint: WebhookEndpoint): WebhookEndpointDto {
    return {
      id: endpoint.id,
      url: endpoint.url,
      description: endpoint.description,
      types: endpoint.types,
      enabled: endpoint.enabled,
      previousSecretUntil: endpoint.previousSecretUntil?.toISOString() ?? null,
      createdAt: endpoint.createdAt.toISOString(),
      updatedAt: endpoint.updatedAt.toISOString(),
    };
  }
}

export class WebhookEndpointListDto {
  items: WebhookEndpointDto[];
  nextCursor: string | null;
}

export class WebhookEndpointSecretDto extends WebhookEndpointDto {
  /** Shown this once. @example "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" */
  secret: string;
}
