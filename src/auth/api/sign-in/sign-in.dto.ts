import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsText } from '../../../http/is-text.js';
import { IsEmailAddress } from '../../identity/users/email.js';
import { UserDto } from '../users/user.dto.js';
import { MAX_DISPLAY_NAME } from '../../identity/users/display-name.js';
import { IsClaimedPassword, IsNewPassword } from '../../identity/passwords/is-password.js';

export class RegisterDto {
  /**
   * Compared trimmed and in lower case.
   * @example li.wei@example.com
   */
  @IsEmailAddress()
  email: string;

  /** @example "correct horse battery staple" */
  @IsNewPassword()
  password: string;

  /** @example 李伟 */
  @ApiProperty({ type: String, nullable: true, required: false })
  @IsOptional()
  @IsText({ min: 1, max: MAX_DISPLAY_NAME })
  displayName?: string | null;
}

export class LoginDto {
  /** @example li.wei@example.com */
  @IsEmailAddress()
  email: string;

  /** @example "correct horse battery staple" */
  @IsClaimedPassword()
  password: string;
}

export class RefreshTokenDto {
  /** @example irt_3q2-7wAfC0Xl0m1oZ8rJk5yqkGm0oQm6c3JkqQ1yq2E */
  @IsText({ min: 1, max: 512 })
  refreshToken: string;
}

export class TokenPairDto {
  /** A JWT, for `Authorization: Bearer`. */
  accessToken: string;

  /**
   * Opaque; exchanged for the next pair at POST /auth/refresh.
   * @example irt_3q2-7wAfC0Xl0m1oZ8rJk5yqkGm0oQm6c3JkqQ1yq2E
   */
  refreshToken: string;

  @ApiProperty({ enum: ['Bearer'] })
  tokenType: 'Bearer';

  /**
   * The access token's life, in seconds.
   * @example 900
   */
  @ApiProperty({ type: 'integer' })
  expiresIn: number;
}

export class SignedInDto extends TokenPairDto {
  user: UserDto;
}
