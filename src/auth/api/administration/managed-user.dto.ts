import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsText } from '../../../http/is-text.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { userView, UserDto } from '../users/user.dto.js';
import type { Role, User } from '../../identity/users/user.entity.js';

const ROLES = ['user', 'admin'] as const satisfies readonly Role[];
const STATUSES = ['active', 'deactivated'] as const;

export class ManagedUserFilterDto {
  /**
   * A part of the e-mail address or of the name, in any case.
   * @example li.wei
   */
  @ApiProperty({ type: String, required: false })
  @IsOptional()
  @IsText({ min: 1, max: 100 })
  search?: string;

  @ApiProperty({ enum: ROLES, required: false })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;

  @ApiProperty({ enum: STATUSES, required: false })
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];
}

export class ManagedUserQueryDto extends IntersectionType(PageQueryDto, ManagedUserFilterDto) {}

/** A user as administrators see them. */
export class ManagedUserDto extends UserDto {
  /**
   * The personal account, which owns what the user buys.
   * @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b12
   */
  @ApiProperty({ format: 'uuid' })
  accountId: string;

  /** @example 2026-11-24T09:30:00.000Z */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  emailVerifiedAt: Date | null;

  /** @example null */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deactivatedAt: Date | null;
}

export class ManagedUserPageDto {
  items: ManagedUserDto[];

  /** Asks for what follows; null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class DeactivationDto {
  /**
   * For the audit log.
   * @example "left the hospital"
   */
  @ApiProperty({ type: String, nullable: true, required: false })
  @IsOptional()
  @IsText({ min: 1, max: 500 })
  reason?: string | null;
}

export class RoleChangeDto {
  /** @example admin */
  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role: Role;
}

export function managedUser(user: User): ManagedUserDto {
  const { personalAccountId: accountId, emailVerifiedAt, deactivatedAt } = user;
  return { ...userView(user), accountId, emailVerifiedAt, deactivatedAt };
}
