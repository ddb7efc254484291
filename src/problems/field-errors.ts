import { getMetadataStorage, type ValidationError } from 'class-validator';
import { CONSTRAINT_TEXTS } from './constraint-texts.js';
import type { FieldError } from './problem.js';
import { about, verbatim, type Sentence } from './sentence.js';

/** A value that is no object has no field: the fault is the whole body's. */
const WHOLE = 'body';

const MAX_FIELD_LENGTH = 200;

/** A field's name as an answer shows it: a caller may have sent one of a megabyte. */
export function shownField(name: string): string {
  if (name.length <= MAX_FIELD_LENGTH) return name;
  // Without half of a character at its end.
  return `${name.slice(0, MAX_FIELD_LENGTH).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Every fault that class-validator found, by its field, in each language. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = shownField([parent, error.property ?? WHOLE].filter(Boolean).join('.'));
    const own = Object.entries(error.constraints ?? {}).map(([name, message]) => ({
      field,
      message: messageOf(error, field, name) ?? verbatim(message),
    }));
    return [...own, ...fieldErrors(error.children ?? [], field)];
  });
}

/** A host's own rules may have one language only: undefined for them. */
function messageOf(error: ValidationError, field: string, name: string): Sentence | undefined {
  const rule = ruleOf(error, name);
  const text =
    (error.contexts?.[name] as Sentence | undefined) ?? CONSTRAINT_TEXTS[name]?.(...rule.constraints);
  if (!text) return undefined;
  if (!rule.each) return about(field, text);
  return { en: `each value in ${field} ${text.en}`, 'zh-CN': `${field} 的每一项${text['zh-CN']}` };
}

/** What the decorator was given; an error itself carries the name of its rule only. */
function ruleOf(
  { target, property }: ValidationError,
  name: string,
): { constraints: unknown[]; each: boolean } {
  const rules = target
    ? getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false)
    : [];
  const rule = rules.find((one) => one.propertyName === property && (one.name ?? one.type) === name);
  return { constraints: rule?.constraints ?? [], each: rule?.each ?? false };
}
