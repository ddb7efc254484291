import type { ApiResponseOptions } from '@nestjs/swagger';
import { IsClaimedPassword } from '../../identity/passwords/is-password.js';

export class DeleteAccountDto {
  /**
   * Your password, once more.
   * @example "correct horse battery staple"
   */
  @IsClaimedPassword()
  password: string;
}

/** The members beside these depend on which modules are there. */
export const EXPORT_RESPONSE: ApiResponseOptions = {
  description: 'All that is kept about the user: the profile, and a list for each kind of thing.',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['exportedAt', 'profile'],
        properties: {
          exportedAt: { type: 'string', format: 'date-time', example: '2026-11-24T08:00:00.000Z' },
          profile: { type: 'object', additionalProperties: true, example: { email: 'li.wei@example.com' } },
        },
        additionalProperties: { type: 'array', items: { type: 'object', additionalProperties: true } },
      },
    },
  },
};
