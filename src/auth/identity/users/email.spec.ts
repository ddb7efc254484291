import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { IsEmailAddress, isEmailAddress, normalEmail } from './email.js';

class Mailbox {
  @IsEmailAddress()
  email: string;
}

const faults = (email: unknown) => validateSync(plainToInstance(Mailbox, { email }));

const REFUSED = [
  '"li wei"@example.com',
  '"li@wei"@example.com',
  '"li\r\nBcc: x@example.com"@example.com',
  '""@example.com',
  'li"wei@example.com',
  'li.wei@example.com\n',
  '\nli.wei@example.com',
  'li.wei@example.com\r\nBcc: x@example.com',
  'li\nwei@example.com',
  'li.wei@exam\nple.com',
  'li.wei@example.com\u2028',
  'li.wei@example',
  'li.wei@[127.0.0.1]',
  'Li Wei <li.wei@example.com>',
  'lí.wei@example.com',
  `${'a'.repeat(250)}@example.com`,
  '',
];

describe('an e-mail address', () => {
  it.each(REFUSED)('is not %j', (email) => {
    expect(faults(email)).not.toHaveLength(0);
    expect(isEmailAddress(email)).toBe(false);
  });

  it.each(['li.wei@example.com', "o'hara+idoctor@mail.example.co.uk", '  Li.Wei@Example.COM '])(
    'is %j',
    (email) => {
      expect(faults(email)).toHaveLength(0);
      expect(isEmailAddress(email)).toBe(true);
    },
  );

  it('is kept trimmed and in lower case', () => {
    expect(plainToInstance(Mailbox, { email: '  Li.Wei@Example.COM ' }).email).toBe('li.wei@example.com');
    expect(normalEmail('  Li.Wei@Example.COM ')).toBe('li.wei@example.com');
  });
});
