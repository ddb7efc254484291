import { ApiProperty } from '@nestjs/swagger';
import { CATALOGUE } from './catalogue.js';

/** One thing that is wrong with the input. */
export class FieldErrorDto {
  /**
   * Where in the input, as a dotted path.
   * @example email
   */
  field: string;

  /** @example "email must be an e-mail address" */
  message: string;
}

/** The state of one quota type. */
export class ProblemQuotaDto {
  /** @example "processing_count" */
  quotaType: string;

  /** In units. @example 10 */
  used: number;

  /** In units. @example 10 */
  limit: number;

  /** In units. @example 0 */
  remaining: number;

  /** When the next period begins; null where nothing resets. @format date-time */
  resetsAt: string | null;
}

/** An error, as application/problem+json (RFC 9457). */
export class ProblemDto {
  /** @example about:blank */
  type: string;

  /**
   * The kind of error, for people, in the language asked for.
   * @example "Invalid input"
   */
  title: string;

  /** @example 400 */
  @ApiProperty({ type: 'integer' })
  status: number;

  /**
   * What happened, for people, in the language asked for.
   * @example "The request is not valid: email must be an e-mail address."
   */
  detail: string;

  /**
   * The kind of error, for programs: one of a closed list.
   * @example VALIDATION_FAILED
   */
  @ApiProperty({ enum: Object.keys(CATALOGUE) })
  code: string;

  /** The faults of the input, where it was not valid. */
  errors?: FieldErrorDto[];

  /** The quota that is used up, with QUOTA_EXCEEDED. */
  quota?: ProblemQuotaDto;

  /** What the API key has used of its cap, with KEY_QUOTA_EXCEEDED. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  keyQuota?: object;
}
