import { ApiProperty } from '@nestjs/swagger';
import { UserDto } from '../auth/api/users/user.dto.js';

export class PageTokenDto {
  /** A JWT, for `Authorization: Bearer`. Keep it in memory only. */
  accessToken: string;

  @ApiProperty({ enum: ['Bearer'] })
  tokenType: 'Bearer';

  /**
   * The access token's life, in seconds.
   * @example 900
   */
  @ApiProperty({ type: 'integer' })
  expiresIn: number;
}

export class PageSessionDto extends PageTokenDto {
  user: UserDto;
}
