import { IsText } from '../../http/is-text.js';

/** A password that may be chosen. Its upper end keeps a request from buying minutes of hashing. */
export function IsNewPassword(): PropertyDecorator {
  return IsText({ min: 8, max: 256 });
}

/** A password as somebody claims it to be: one that never could be chosen is a wrong one, not invalid input. */
export function IsClaimedPassword(): PropertyDecorator {
  return IsText({ min: 1, max: 256 });
}
