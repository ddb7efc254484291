import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { says } from '../problems/says.js';

/** At most 9,999,999.99: in fen that fits an integer column, and so does the sum of two. */
const YUAN = /^(0|[1-9]\d{0,6})(\.\d{1,2})?$/;
const MORE_THAN_NOTHING = /^(?!0+(\.0{1,2})?$)(0|[1-9]\d{0,6})(\.\d{1,2})?$/;

/** A price as a decimal string in yuan, up to 9,999,999.99; `free` allows 0. */
export function IsYuan({ free }: { free: boolean }): PropertyDecorator {
  const pattern = free ? YUAN : MORE_THAN_NOTHING;
  const least = free ? '0' : '0.01';
  return applyDecorators(
    ApiProperty({ pattern: pattern.source }),
    IsString(),
    Matches(
      pattern,
      says(
        `must be a decimal string in yuan with at most two decimals, from ${least} to 9999999.99`,
        `必须是以元为单位的十进制字符串，最多两位小数，从 ${least} 到 9999999.99`,
      ),
    ),
  );
}
