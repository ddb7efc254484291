/**
 * PostgreSQL's arrays in their binary form, which pg sends as it is (src/backend/utils/adt/arrayfuncs.c, `array_recv`):
 * dimensions, whether there are nulls, the members' type, length and lower bound, and each member with its length. The
 * server reads a UUID so by copying it, where it would look at every character of an array literal three times.
 */

/** Type numbers: src/include/catalog/pg_type.dat. */
const BOOLEAN = 16;
const BIGINT = 20;
const INTEGER = 23;
const TEXT = 25;
const UUID = 2950;

const HEAD_BYTES = 20;
const LENGTH_BYTES = 4;
const UUID_BYTES = 16;
const NULL_LENGTH = -1;

/** @param ids UUIDs, of any case */
export function uuidArray(ids: readonly string[]): Buffer {
  const buffer = arrayOf(UUID, ids.length, ids.length * (LENGTH_BYTES + UUID_BYTES));
  let at = HEAD_BYTES;
  for (const id of ids) {
    at = buffer.writeInt32BE(UUID_BYTES, at);
    at = writeUuid(buffer, id, at);
  }
  return buffer;
}

/** @param numbers whole ones, of 32 bits */
export function integerArray(numbers: readonly (number | null)[]): Buffer {
  const nulls = numbers.reduce<number>((count, number) => count + (number === null ? 1 : 0), 0);
  const bytes = numbers.length * (LENGTH_BYTES + 4) - nulls * 4;
  const buffer = arrayOf(INTEGER, numbers.length, bytes);
  let at = HEAD_BYTES;
  for (const number of numbers) {
    if (number === null) at = buffer.writeInt32BE(NULL_LENGTH, at);
    else at = buffer.writeInt32BE(number, buffer.writeInt32BE(4, at));
  }
  return buffer;
}

/** @param numbers whole ones, of 53 bits */
export function bigintArray(numbers: readonly number[]): Buffer {
  const buffer = arrayOf(BIGINT, numbers.length, numbers.length * (LENGTH_BYTES + 8));
  let at = HEAD_BYTES;
  for (const number of numbers) at = buffer.writeBigInt64BE(BigInt(number), buffer.writeInt32BE(8, at));
  return buffer;
}

export function booleanArray(flags: readonly boolean[]): Buffer {
  const buffer = arrayOf(BOOLEAN, flags.length, flags.length * (LENGTH_BYTES + 1));
  let at = HEAD_BYTES;
  for (const flag of flags) at = buffer.writeUInt8(flag ? 1 : 0, buffer.writeInt32BE(1, at));
  return buffer;
}

export function textArray(texts: readonly (string | null)[]): Buffer {
  // Names of types come again and again.
  const encoded = new Map<string | null, Buffer>([[null, Buffer.alloc(0)]]);
  let bytes = 0;
  for (const text of texts) {
    let one = encoded.get(text);
    if (!one) encoded.set(text, (one = Buffer.from(text!)));
    bytes += LENGTH_BYTES + one.length;
  }
  const buffer = arrayOf(TEXT, texts.length, bytes);
  let at = HEAD_BYTES;
  for (const text of texts) {
    const one = encoded.get(text)!;
    at = buffer.writeInt32BE(text === null ? NULL_LENGTH : one.length, at);
    at += one.copy(buffer, at);
  }
  return buffer;
}

function arrayOf(type: number, length: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + bytes);
  // The server looks for nulls by itself; what is said of them must only be 0 or 1.
  const [dimensions, hasNulls, lowerBound] = [1, 1, 1];
  let at = buffer.writeInt32BE(dimensions);
  at = buffer.writeInt32BE(hasNulls, at);
  at = buffer.writeInt32BE(type, at);
  at = buffer.writeInt32BE(length, at);
  buffer.writeInt32BE(lowerBound, at);
  return buffer;
}

/** The worth of each character that is a hexadecimal digit. */
const DIGITS = new Uint8Array(128);
for (const digit of '0123456789abcdefABCDEF') DIGITS[digit.charCodeAt(0)] = parseInt(digit, 16);

/** Where the pairs of digits begin in the text of a UUID. */
const PAIRS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/** @returns where it ends */
function writeUuid(buffer: Buffer, id: string, start: number): number {
  let at = start;
  for (const place of PAIRS) {
    buffer[at++] = (DIGITS[id.charCodeAt(place)]! << 4) | DIGITS[id.charCodeAt(place + 1)]!;
  }
  return at;
}
