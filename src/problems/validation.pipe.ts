import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { CONSTRAINT_TEXTS } from './constraint-texts.js';
import { fieldErrors, shownField } from './field-errors.js';
import { excessFault, excessOf } from './input-bounds.js';
import { Problem, type FieldError } from './problem.js';
import { about, joined, type Sentence } from './sentence.js';

/** Validates and converts a DTO; unknown fields are refused, and every fault is named by its field. */
export function createValidationPipe(): ValidationPipe {
  return new ShallowValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    // The texts are looked up by the class; a value goes nowhere.
    validationError: { target: true, value: false },
    exceptionFactory: (errors) => invalidInput(fieldErrors(errors)),
  });
}

export function notUuid(field: string): FieldError {
  return fault(field, CONSTRAINT_TEXTS['isUuid']!());
}

/** How many faults an answer lists. */
export const MAX_FAULTS = 20;

/** @returns a 400 that names the fields; of more than {@link MAX_FAULTS}, `detail` says how many are not listed. */
export function invalidInput(errors: readonly FieldError[]): Problem {
  const listed = errors.slice(0, MAX_FAULTS);
  const sentences = listed.map(({ message }) => message);
  if (errors.length > MAX_FAULTS) sentences.push(andMore(errors.length - MAX_FAULTS));
  return new Problem('VALIDATION_FAILED', { params: { reason: joined(sentences) }, errors: listed });
}

function andMore(count: number): Sentence {
  return { en: `and ${count} more`, 'zh-CN': `另有 ${count} 处错误` };
}

/** What no PostgreSQL text or jsonb takes: NUL, and half of a surrogate pair. Some validators throw on the latter. */
const NOT_STORABLE = /[\0\p{Cs}]/u;
const NOT_STORABLE_TEXT: Sentence = {
  en: 'must not contain NUL or half characters',
  'zh-CN': '不能包含 NUL 或不完整的字符',
};

/** Longer than any field may be. Some validators take a tenth of a second to count the characters of a megabyte. */
const MAX_TEXT_LENGTH = 10_000;
const TOO_LONG: Sentence = {
  en: `must have no text of more than ${MAX_TEXT_LENGTH} characters`,
  'zh-CN': `文本不能超过 ${MAX_TEXT_LENGTH} 个字符`,
};

/** What has been through such a pipe: the stand-alone app has one for all, and controllers bring their own. */
const passed = new WeakSet<object>();

/** Refuses, before anything works on it, what the validators would fall over or let pass. */
class ShallowValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (isObject(value) && passed.has(value)) return value;
    const faults = faultsOf(value, metadata);
    if (faults.length > 0) throw invalidInput(faults);
    const valid: unknown = await super.transform(value, metadata);
    // What came back as it was had no DTO to be checked against.
    if (isObject(valid) && valid !== value) passed.add(valid);
    return valid;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function faultsOf(value: unknown, { type, data, metatype }: ArgumentMetadata): FieldError[] {
  if (type === 'custom') return [];
  const whole = data ?? type;
  if (type === 'body' && metatype !== Object && isNoObject(value))
    return [fault(whole, CONSTRAINT_TEXTS['isObject']!())];
  const excess = excessOf(value);
  if (excess) return [excessFault(whole, excess)];
  if (!isObject(value) || Buffer.isBuffer(value)) return textFault(whole, value);
  return Object.entries(value).flatMap(([field, member]) => {
    // The validators look a name up in plain objects, where these seem to be known.
    if (field in Object.prototype) return [fault(field, CONSTRAINT_TEXTS['whitelistValidation']!())];
    return textFault(field, member);
  });
}

function textFault(field: string, value: unknown): FieldError[] {
  if (!everyText(value, (text) => text.length <= MAX_TEXT_LENGTH)) return [fault(field, TOO_LONG)];
  if (!everyText(value, (text) => !NOT_STORABLE.test(text))) return [fault(field, NOT_STORABLE_TEXT)];
  return [];
}

/** Whether every string in it, the members' names among them, is as it has to be. */
function everyText(value: unknown, isFit: (text: string) => boolean): boolean {
  if (typeof value === 'string') return isFit(value);
  if (!isObject(value) || Buffer.isBuffer(value)) return true;
  return Object.entries(value).every(([name, member]) => isFit(name) && everyText(member, isFit));
}

/** A body that isn't there is validated as an empty one. */
function isNoObject(value: unknown): boolean {
  return value === null || Array.isArray(value) || !['object', 'undefined'].includes(typeof value);
}

function fault(name: string, text: Sentence): FieldError {
  const field = shownField(name);
  return { field, message: about(field, text) };
}
