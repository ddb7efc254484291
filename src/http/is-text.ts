import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

/** Control characters (Unicode Cc) and surrogates without their partner: PostgreSQL refuses NUL and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** A string of `min` to `max` characters (code points, as JSON Schema counts them) on one line. */
export function IsText({ min, max }: { min: number; max: number }): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ minLength: min, maxLength: max }),
    ValidateBy({
      name: 'isText',
      validator: {
        validate: (value) => textFault(value, min, max) === undefined,
        defaultMessage: (args) => `${args?.property} ${textFault(args?.value, min, max)}`,
      },
    }),
  );
}

/** @returns what is wrong with it, without a word of the value itself: it may be a password. */
export function textFault(value: unknown, min: number, max: number): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  // A code point is at most two code units: a longer string needn't be counted through.
  const length = value.length > 2 * max ? value.length : [...value].length;
  if (length < min || length > max) return `must have ${min} to ${max} characters`;
  if (UNPRINTABLE.test(value)) return 'must not contain control characters or half characters';
  return undefined;
}
