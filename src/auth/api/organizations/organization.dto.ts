import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { IsText } from '../../../http/is-text.js';
import { IsEmailAddress } from '../../identity/users/email.js';
import type { AccountRole } from '../../identity/caller/authenticated-user.js';

const ACCOUNT_ROLES = ['owner', 'admin', 'member'] as const satisfies readonly AccountRole[];

export class CreateOrganizationDto {
  /** @example 第一人民医院 */
  @IsText({ min: 1, max: 100 })
  name: string;
}

export class OrganizationDto {
  /**
   * The account's id, for `X-Account-Id`.
   * @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11
   */
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** `customer`: another application's customer; a link lets the caller act for it. @example organization */
  @ApiProperty({ enum: ['organization', 'customer'] })
  kind: 'organization' | 'customer';

  /** @example 第一人民医院 */
  name: string;

  /** What the caller is in it. */
  @ApiProperty({ enum: ACCOUNT_ROLES })
  role: AccountRole;

  /** @example 2026-11-24T08:00:00.000Z */
  createdAt: Date;
}

export class OrganizationListDto {
  items: OrganizationDto[];

  /** Asks for what follows; null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class MemberDto {
  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b12 */
  @ApiProperty({ format: 'uuid' })
  userId: string;

  /** @example li.wei@example.com */
  @ApiProperty({ format: 'email' })
  email: string;

  /** @example 李伟 */
  @ApiProperty({ type: String, nullable: true })
  displayName: string | null;

  @ApiProperty({ enum: ACCOUNT_ROLES })
  role: AccountRole;

  /** @example 2026-11-24T08:00:00.000Z */
  createdAt: Date;
}

export class MemberListDto {
  items: MemberDto[];

  /** Asks for what follows; null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class MemberRoleDto {
  /** @example admin */
  @ApiProperty({ enum: ACCOUNT_ROLES })
  @IsIn(ACCOUNT_ROLES)
  role: AccountRole;
}

export class NameOwnerDto {
  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b12 */
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  userId: string;
}

export class InviteDto extends MemberRoleDto {
  /** @example wang.fang@example.com */
  @IsEmailAddress()
  email: string;
}

export class InvitationDto {
  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b13 */
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** @example wang.fang@example.com */
  @ApiProperty({ format: 'email' })
  email: string;

  @ApiProperty({ enum: ACCOUNT_ROLES })
  role: AccountRole;

  /** @example 2026-12-01T08:00:00.000Z */
  expiresAt: Date;

  /** @example 2026-11-24T08:00:00.000Z */
  createdAt: Date;
}

export class InvitationPageDto {
  items: InvitationDto[];

  /** Asks for what follows; null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class AcceptInvitationDto {
  /**
   * Out of the link in the mail.
   * @example ilt_3q2-7wAfC0Xl0m1oZ8rJk5yqkGm0oQm6c3JkqQ1yq2E
   */
  @IsText({ min: 1, max: 512 })
  token: string;
}
