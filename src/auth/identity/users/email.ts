import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsAscii, IsEmail, MaxLength } from 'class-validator';

/** RFC 5321, 4.5.3.1.3: a path of 256 octets, less its angle brackets. */
const MAX_EMAIL_LENGTH = 254;

/** The form in which addresses are kept and compared. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/**
 * An e-mail address, normalised before it is checked. Only ASCII: beyond it, JavaScript and PostgreSQL don't agree on
 * what lower case is, and look-alike letters would make two users of one address.
 */
export function IsEmailAddress(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ format: 'email', maxLength: MAX_EMAIL_LENGTH }),
    Transform(({ value }) => (typeof value === 'string' ? normalEmail(value) : value)),
    IsEmail(),
    IsAscii(),
    MaxLength(MAX_EMAIL_LENGTH),
  );
}
