import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { says } from '../problems/says.js';
import type { Sentence } from '../problems/sentence.js';

/** Control characters (Unicode Cc) and surrogates without their partner: PostgreSQL refuses NUL and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** A string of `min` to `max` characters (code points, as JSON Schema counts them) on one line. */
export function IsText({ min, max }: { min: number; max: number }): PropertyDecorator {
  const { en, 'zh-CN': chinese } = textOf(min, max);
  return applyDecorators(
    ApiProperty({ minLength: min, maxLength: max }),
    ValidateBy(
      { name: 'isText', validator: { validate: (value) => isText(value, min, max) } },
      says(en, chinese),
    ),
  );
}

export function isText(value: unknown, min: number, max: number): value is string {
  if (typeof value !== 'string') return false;
  // A code point is at most two code units: a longer string needn't be counted through.
  const length = value.length > 2 * max ? value.length : [...value].length;
  return length >= min && length <= max && !UNPRINTABLE.test(value);
}

/** What is asked of such a text, without a word of the value itself: it may be a password. */
export function textOf(min: number, max: number): Sentence {
  return {
    en: `must be text of ${min} to ${max} characters on one line, without control characters`,
    'zh-CN': `必须是 ${min} 至 ${max} 个字符的单行文本，不含控制字符`,
  };
}
