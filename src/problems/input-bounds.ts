import { about, type Sentence } from './sentence.js';
import type { FieldError } from './problem.js';

/** How many members and elements an input may have, at all depths together. */
export const MAX_MEMBERS = 1_000;
/** How many levels of objects and lists an input may have. */
export const MAX_LEVELS = 32;

/** What an input has too many of. */
export type Excess = 'members' | 'levels';

const TEXTS: Record<Excess, Sentence> = {
  members: {
    en: `must have at most ${MAX_MEMBERS} members and elements in total`,
    'zh-CN': `成员和元素总数不能超过 ${MAX_MEMBERS}`,
  },
  levels: {
    en: `must not be nested deeper than ${MAX_LEVELS} levels`,
    'zh-CN': `嵌套不能超过 ${MAX_LEVELS} 层`,
  },
};

/**
 * Counts what was parsed, before anything else works on it: validators and converters take a time that grows with the
 * square of the number of members. Stops counting at the limit.
 */
export function excessOf(value: unknown): Excess | null {
  let members = 0;
  let level: object[] = isContainer(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_LEVELS) return 'levels';
    const below: object[] = [];
    for (const container of level) {
      if (Array.isArray(container) && members + container.length > MAX_MEMBERS) return 'members';
      for (const name in container) {
        if ((members += 1) > MAX_MEMBERS) return 'members';
        const member: unknown = container[name as keyof typeof container];
        if (isContainer(member)) below.push(member);
      }
    }
    level = below;
  }
  return null;
}

/** @param whole what the input is called: `body` or `query`. */
export function excessFault(whole: string, excess: Excess): FieldError {
  return { field: whole, message: about(whole, TEXTS[excess]) };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
