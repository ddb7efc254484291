import { isCommonPassword } from './common-passwords.js';

describe('common passwords', () => {
  it.each(['12345678', 'password', 'PASSWORD', 'qwertyuiop', 'Password1', 'iloveyou'])(
    'know %s',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['correct horse battery staple', 'constructor', '__proto__', '我的密码很长很长', ''])(
    'leave %j alone',
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );
});
