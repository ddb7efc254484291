import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateIf } from 'class-validator';
import { IsText } from '../../../http/is-text.js';
import { IsClaimedPassword, IsNewPassword } from '../../identity/passwords/is-password.js';
import { MAX_DISPLAY_NAME } from '../../identity/users/display-name.js';
import type { Locale, Role, User } from '../../identity/users/user.entity.js';

const ROLES = ['user', 'admin'] as const satisfies readonly Role[];
const LOCALES = ['zh-CN', 'en'] as const satisfies readonly Locale[];

export class UserDto {
  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11 */
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** @example li.wei@example.com */
  @ApiProperty({ format: 'email' })
  email: string;

  /** @example 李伟 */
  @ApiProperty({ type: String, nullable: true })
  displayName: string | null;

  /** @example user */
  @ApiProperty({ enum: ROLES })
  role: Role;

  /**
   * The language of what the user is sent.
   * @example zh-CN
   */
  @ApiProperty({ enum: LOCALES })
  locale: Locale;

  /** @example 2026-11-24T08:00:00.000Z */
  createdAt: Date;
}

/** The caller, who may be a user of the host application's own sign-in. */
export class ProfileDto extends OmitType(UserDto, ['email']) {
  /**
   * Null only for a user without an address in the host application.
   * @example li.wei@example.com
   */
  @ApiProperty({ type: String, format: 'email', nullable: true })
  email: string | null;
}

export function userView(user: User): UserDto {
  const { id, email, displayName, role, locale, createdAt } = user;
  return { id, email, displayName, role, locale, createdAt };
}

/** What isn't named stays as it is. */
export class UpdateProfileDto {
  /**
   * Null takes the name away.
   * @example 李伟
   */
  @ApiProperty({ type: String, nullable: true, required: false })
  @IsOptional()
  @IsText({ min: 1, max: MAX_DISPLAY_NAME })
  displayName?: string | null;

  /**
   * The language of what the user is sent.
   * @example en
   */
  @ApiProperty({ enum: LOCALES, required: false })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(LOCALES)
  locale?: Locale;
}

export class ChangePasswordDto {
  /** @example "correct horse battery staple" */
  @IsClaimedPassword()
  currentPassword: string;

  /** @example "purple monkey dishwasher" */
  @IsNewPassword()
  newPassword: string;
}
