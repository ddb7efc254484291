import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsRFC3339, Max, Min, ValidateNested } from 'class-validator';
import { IfGiven } from '../../http/if-given.js';

const TEN_YEARS = { seconds: 10 * 366 * 86_400, days: 3_660, months: 120 };

export class CalendarAdvanceDto {
  /** @example 3 */
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(TEN_YEARS.days)
  days?: number;

  /**
   * Added before the days. The 31st becomes the last day of a shorter month.
   * @example 1
   */
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(TEN_YEARS.months)
  months?: number;
}

/** Exactly one of the three. */
export class ClockMoveDto {
  /**
   * RFC 3339; not before the present business time, and at most ten years after it.
   * @example 2027-11-24T08:00:00Z
   */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  @IsOptional()
  @IsRFC3339()
  now?: string;

  /** @example 3600 */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(TEN_YEARS.seconds)
  advanceSeconds?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => CalendarAdvanceDto)
  advance?: CalendarAdvanceDto;
}

export class ClockDto {
  /** The business time. */
  now: Date;

  /**
   * How far it is ahead of the machine's.
   * @example 86400
   */
  shiftSeconds: number;
}

export class MovedClockDto extends ClockDto {
  /**
   * What fell due meanwhile, by kind.
   * @example { "payment-checks": 2, "holds": 0 }
   */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  ran: Record<string, number>;
}
