import { ValidateBy } from 'class-validator';
import { says } from '../problems/says.js';

/** What jsonb refuses: NUL, and half of a surrogate pair. In JSON text both can only stand as an escape. */
const NOT_STORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** An object that PostgreSQL's jsonb takes, of at most `maxBytes` as JSON. */
export function IsPlainData({ maxBytes }: { maxBytes: number }): PropertyDecorator {
  return ValidateBy(
    { name: 'isPlainData', validator: { validate: (value) => isPlainData(value, maxBytes) } },
    says(
      `must be an object of at most ${maxBytes} bytes as JSON, without NUL or half characters`,
      `必须是对象，其 JSON 最多 ${maxBytes} 字节，不能包含 NUL 或不完整的字符`,
    ),
  );
}

function isPlainData(value: unknown, maxBytes: number): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const text = JSON.stringify(value);
  return Buffer.byteLength(text) <= maxBytes && !NOT_STORABLE.test(text);
}
