/**
 * Money inside is an integer number of fen (1 yuan = 100 fen); outside it is a decimal string in yuan.
 * Both directions work on digits, never on binary fractions: `19.99 * 100` is 1998.9999999999998.
 */
const YUAN = /^(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/;

/** `9900` → `"99.00"`. @throws RangeError if `fen` is not a whole number of 0 or more. */
export function yuanFromFen(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`not an amount in fen: ${fen}`);
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `"99"`, `"99.0"` or `"99.00"` → `9900`. @throws RangeError for anything else, signs and exponents included. */
export function fenFromYuan(yuan: string): number {
  const match = YUAN.exec(yuan);
  if (!match)
    throw new RangeError(`not an amount in yuan with at most two decimals: ${JSON.stringify(yuan)}`);
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
