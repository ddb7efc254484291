import { ApiProperty } from '@nestjs/swagger';

export class SessionDto {
  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11 */
  @ApiProperty({ format: 'uuid' })
  id: string;

  /**
   * As the client named itself when it signed in.
   * @example "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Firefox/146.0"
   */
  @ApiProperty({ type: String, nullable: true })
  userAgent: string | null;

  /** Whether it is the one that asks. */
  current: boolean;

  /** @example 2026-11-24T08:00:00.000Z */
  createdAt: Date;

  /**
   * When its tokens were last refreshed.
   * @example 2026-11-24T09:30:00.000Z
   */
  lastUsedAt: Date;

  /**
   * When it ends, however often it is refreshed.
   * @example 2026-12-24T08:00:00.000Z
   */
  expiresAt: Date;
}

export class SessionPageDto {
  items: SessionDto[];

  /** Asks for what follows; null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
