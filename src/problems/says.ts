import type { ValidationOptions } from 'class-validator';
import type { Sentence } from './sentence.js';

/**
 * What a DTO's rule says of a value that breaks it; the field's name goes before it. Rules of class-validator's own
 * that need no words of theirs are in `constraint-texts.ts`.
 */
export function says(en: string, chinese: string): ValidationOptions & { context: Sentence } {
  return { message: `$property ${en}`, context: { en, 'zh-CN': chinese } };
}
