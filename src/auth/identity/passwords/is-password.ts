import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { IsText } from '../../../http/is-text.js';
import { isCommonPassword } from './common-passwords.js';
import { MAX_PASSWORD, MIN_PASSWORD } from './password-length.js';
import { says } from '../../../problems/says.js';

/** A password that may be chosen: long enough and not among the first to be guessed. Of what, is its owner's affair. */
export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(
    IsText({ min: MIN_PASSWORD, max: MAX_PASSWORD }),
    ValidateBy(
      {
        name: 'isUncommonPassword',
        validator: { validate: (value) => typeof value !== 'string' || !isCommonPassword(value) },
      },
      says('is one of the most common passwords: choose another', '是最常见的密码之一，请换一个'),
    ),
  );
}

/** A password as somebody claims it to be: one that never could be chosen is a wrong one, not invalid input. */
export function IsClaimedPassword(): PropertyDecorator {
  return IsText({ min: 1, max: MAX_PASSWORD });
}
