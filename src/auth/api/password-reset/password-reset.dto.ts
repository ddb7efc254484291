import { IsText } from '../../../http/is-text.js';
import { IsEmailAddress } from '../../identity/users/email.js';
import { IsNewPassword } from '../../identity/passwords/is-password.js';

export class PasswordResetRequestDto {
  /** @example li.wei@example.com */
  @IsEmailAddress()
  email: string;
}

export class PasswordResetDto {
  /**
   * Out of the link in the mail.
   * @example ilt_3q2-7wAfC0Xl0m1oZ8rJk5yqkGm0oQm6c3JkqQ1yq2E
   */
  @IsText({ min: 1, max: 512 })
  token: string;

  /** @example "purple monkey dishwasher" */
  @IsNewPassword()
  newPassword: string;
}
