import { ApiProperty } from '@nestjs/swagger';
import { UserView } from '../auth/api/users/user.dto.js';

export class PageToken {
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

export class PageSession extends PageToken {
  user: UserView;
}
