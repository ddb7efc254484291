import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsAscii, isAscii, IsEmail, isEmail, MaxLength } from 'class-validator';

/** RFC 5321, 4.5.3.1.3: a path of 256 octets, less its angle brackets. */
const MAX_EMAIL_LENGTH = 254;

/**
 * Without quoted local parts (`"a b"@example.com`): no mailbox that people have needs one, and within the quotes even a
 * line break would be allowed.
 */
const FORM = { blacklisted_chars: '"' };

const LINE_BREAK = /[\n-\r\u0085\u2028\u2029]/;

/** The form in which addresses are kept and compared. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Whether it is one as {@link IsEmailAddress} takes them; spaces around it are allowed. */
export function isEmailAddress(email: string): boolean {
  const trimmed = email.trim();
  return !LINE_BREAK.test(email) && isAscii(trimmed) && isEmail(trimmed, FORM);
}

/** Mail to these reaches the same mailbox with dots in its local part and without. */
const DOTS_MEAN_NOTHING = new Set(['gmail.com', 'googlemail.com']);

/**
 * One name for all the addresses that are likely to reach the same mailbox, for limits on mails: what follows a `+` is
 * left out, and dots at Gmail. Two addresses of one mailbox are still two users.
 * @param email in its normal form.
 */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@');
  const [local, domain] = [email.slice(0, at), email.slice(at + 1)];
  const [name = ''] = local.split('+');
  return `${DOTS_MEAN_NOTHING.has(domain) ? name.replaceAll('.', '') : name}@${domain}`;
}

/**
 * An e-mail address, normalised before it is checked. Only ASCII: beyond it, JavaScript and PostgreSQL don't agree on
 * what lower case is, and look-alike letters would make two users of one address. A line break is never trimmed: it is
 * the sign of an attempt to write another header into a mail.
 */
export function IsEmailAddress(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ format: 'email', maxLength: MAX_EMAIL_LENGTH }),
    Transform(({ value }) =>
      typeof value === 'string' && !LINE_BREAK.test(value) ? normalEmail(value) : value,
    ),
    IsEmail(FORM),
    IsAscii(),
    MaxLength(MAX_EMAIL_LENGTH),
  );
}
