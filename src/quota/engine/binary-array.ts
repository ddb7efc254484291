/**
 * PostgreSQL's arrays in their binary form, which pg sends as it is (src/backend/utils/adt/arrayfuncs.c, `array_recv`):
 * dimensions, whether there are nulls, the members' type, length and lower bound, and each member with its length. The
 * server reads a UUID so by copying it, where it would look at every character of an array literal three times.
 *
 * Each function makes an array of what it picks of every item. The database waits meanwhile.
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

/** @param pick a UUID, of any case */
export function uuidArray<Item>(items: readonly Item[], pick: (item: Item) => string): Buffer {
  const buffer = arrayOf(UUID, items.length, items.length * (LENGTH_BYTES + UUID_BYTES));
  let at = HEAD_BYTES;
  for (const item of items) at = writeUuid(buffer, pick(item), buffer.writeInt32BE(UUID_BYTES, at));
  return buffer;
}

/** @param pick a whole number of 32 bits */
export function integerArray<Item>(items: readonly Item[], pick: (item: Item) => number | null): Buffer {
  const buffer = arrayOf(INTEGER, items.length, items.length * (LENGTH_BYTES + 4));
  let at = HEAD_BYTES;
  for (const item of items) {
    const number = pick(item);
    if (number === null) at = buffer.writeInt32BE(NULL_LENGTH, at);
    else at = buffer.writeInt32BE(number, buffer.writeInt32BE(4, at));
  }
  return buffer.subarray(0, at);
}

/** @param pick a whole number of 53 bits */
export function bigintArray<Item>(items: readonly Item[], pick: (item: Item) => number): Buffer {
  const buffer = arrayOf(BIGINT, items.length, items.length * (LENGTH_BYTES + 8));
  let at = HEAD_BYTES;
  for (const item of items) at = buffer.writeBigInt64BE(BigInt(pick(item)), buffer.writeInt32BE(8, at));
  return buffer;
}

export function booleanArray<Item>(items: readonly Item[], pick: (item: Item) => boolean): Buffer {
  const buffer = arrayOf(BOOLEAN, items.length, items.length * (LENGTH_BYTES + 1));
  let at = HEAD_BYTES;
  for (const item of items) at = buffer.writeUInt8(pick(item) ? 1 : 0, buffer.writeInt32BE(1, at));
  return buffer;
}

export function textArray<Item>(items: readonly Item[], pick: (item: Item) => string | null): Buffer {
  // Names of types come again and again.
  const encoded = new Map<string | null, Buffer>([[null, Buffer.alloc(0)]]);
  let bytes = 0;
  const members = items.map((item) => {
    const text = pick(item);
    let member = encoded.get(text);
    if (!member) encoded.set(text, (member = Buffer.from(text!)));
    bytes += LENGTH_BYTES + member.length;
    return member;
  });
  const none = encoded.get(null);
  const buffer = arrayOf(TEXT, items.length, bytes);
  let at = HEAD_BYTES;
  for (const member of members) {
    at = buffer.writeInt32BE(member === none ? NULL_LENGTH : member.length, at);
    buffer.set(member, at);
    at += member.length;
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
