import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsRFC3339, IsUUID } from 'class-validator';
import type { AuditLogEntry } from '../../../audit/audit-log.entity.js';
import { IsMoment } from '../../../http/is-moment.js';
import { IsText } from '../../../http/is-text.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';

export class AuditQueryDto extends PageQueryDto {
  /** Who did it. */
  @ApiProperty({ type: String, format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  actorUserId?: string;

  /** @example user.deactivated */
  @ApiProperty({ type: String, required: false })
  @IsOptional()
  @IsText({ min: 1, max: 100 })
  action?: string;

  /** @example user */
  @ApiProperty({ type: String, required: false })
  @IsOptional()
  @IsText({ min: 1, max: 100 })
  subjectType?: string;

  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11 */
  @ApiProperty({ type: String, required: false })
  @IsOptional()
  @IsText({ min: 1, max: 100 })
  subjectId?: string;

  /** RFC 3339: not before. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  @IsOptional()
  @IsRFC3339()
  @IsMoment()
  from?: string;

  /** RFC 3339: before. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  @IsOptional()
  @IsRFC3339()
  @IsMoment()
  to?: string;
}

export class AuditEntryDto {
  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11 */
  @ApiProperty({ format: 'uuid' })
  id: string;

  /**
   * Null where a rule acted automatically.
   * @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b10
   */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  actorUserId: string | null;

  /** @example user.deactivated */
  action: string;

  /** @example user */
  subjectType: string;

  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11 */
  subjectId: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { reason: 'left the hospital' } })
  detail: Record<string, unknown>;

  /**
   * From where it was asked for; null where no request did it, and once it is forgotten.
   * @example 203.0.113.7
   */
  @ApiProperty({ type: String, nullable: true })
  clientAddress: string | null;

  /**
   * As the client named itself, in at most 200 characters.
   * @example "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Firefox/146.0"
   */
  @ApiProperty({ type: String, nullable: true })
  userAgent: string | null;

  /** @example 2026-11-24T08:00:00.000Z */
  createdAt: Date;
}

export class AuditPageDto {
  items: AuditEntryDto[];

  /** Asks for what follows; null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export function auditEntryView(entry: AuditLogEntry): AuditEntryDto {
  const { id, actorUserId, action, subjectType, subjectId, detail, clientAddress, userAgent, createdAt } =
    entry;
  return { id, actorUserId, action, subjectType, subjectId, detail, clientAddress, userAgent, createdAt };
}

/** What a user did, and what was done to them: a condition on `row`, with the user's id as `userId` and as `text`. */
export const ABOUT_USER = `(row.actorUserId = :userId OR (row.subjectType = 'user' AND row.subjectId = :text))`;

/** An entry as the user may see it whom it is about: who else acted, and from where, is that person's affair. */
export function auditEntryFor(userId: string): (entry: AuditLogEntry) => AuditEntryDto {
  return (entry) => {
    const view = auditEntryView(entry);
    if (entry.actorUserId === null || entry.actorUserId === userId) return view;
    return { ...view, actorUserId: null, clientAddress: null, userAgent: null };
  };
}
