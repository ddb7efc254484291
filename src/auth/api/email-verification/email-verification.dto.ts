import { IsText } from '../../../http/is-text.js';

export class EmailVerificationDto {
  /**
   * Out of the link in the mail.
   * @example ilt_3q2-7wAfC0Xl0m1oZ8rJk5yqkGm0oQm6c3JkqQ1yq2E
   */
  @IsText({ min: 1, max: 512 })
  token: string;
}
