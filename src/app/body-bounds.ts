import { MAX_LEVELS, MAX_MEMBERS, type Excess } from '../problems/input-bounds.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const SPACE = 0x20;
const AMPERSAND = 0x26;

/**
 * Counts the members and levels of JSON in its bytes, so that a body that has too many is never parsed. Takes the bytes
 * for valid JSON; the parser refuses what isn't. Stops at the limit.
 */
export function excessOfJson(json: Buffer): Excess | null {
  let members = 0;
  let depth = 0;
  let opened = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at]!;
    if (byte <= SPACE) continue;
    const closes = byte === CLOSING_BRACE || byte === CLOSING_BRACKET;
    // Each member but the first follows a comma; a first one follows the container's opening.
    if (byte === COMMA || (opened && !closes)) members += 1;
    opened = byte === OPENING_BRACE || byte === OPENING_BRACKET;
    if (opened) depth += 1;
    else if (closes) depth -= 1;
    else if (byte === QUOTE) at = endOfString(json, at);
    if (members > MAX_MEMBERS) return 'members';
    if (depth > MAX_LEVELS) return 'levels';
  }
  return null;
}

/** Counts the fields of a form, empty ones too. */
export function excessOfForm(form: Buffer): Excess | null {
  let fields = 1;
  for (let at = form.indexOf(AMPERSAND); at >= 0; at = form.indexOf(AMPERSAND, at + 1)) {
    if ((fields += 1) > MAX_MEMBERS) return 'members';
  }
  return null;
}

/** @param start the opening quote's place. @returns the closing one's, or the end where there is none. */
function endOfString(json: Buffer, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    if (json[at] === QUOTE) return at;
    if (json[at] === BACKSLASH) at += 1;
  }
  return json.length;
}
