import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { CONSTRAINT_TEXTS } from './constraint-texts.js';
import { fieldErrors } from './field-errors.js';
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

/** @returns a 400 that names the fields. */
export function invalidInput(errors: readonly FieldError[]): Problem {
  const reason = joined(errors.map(({ message }) => message));
  return new Problem('VALIDATION_FAILED', { params: { reason }, errors });
}

const MAX_DEPTH = 32;

/** What no PostgreSQL text or jsonb takes: NUL, and half of a surrogate pair. Some validators throw on the latter. */
const NOT_STORABLE = /[\0\p{Cs}]/u;

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
  if (isTooDeep(value)) return [deeper(whole)];
  if (!isObject(value) || Buffer.isBuffer(value)) {
    return isStorable(value) ? [] : [notStorable(whole)];
  }
  return Object.entries(value).flatMap(([field, member]) => {
    // The validators look a name up in plain objects, where these seem to be known.
    if (field in Object.prototype) return [fault(field, CONSTRAINT_TEXTS['whitelistValidation']!())];
    return isStorable(member) ? [] : [notStorable(field)];
  });
}

/** A body that isn't there is validated as an empty one. */
function isNoObject(value: unknown): boolean {
  return value === null || Array.isArray(value) || !['object', 'undefined'].includes(typeof value);
}

function notStorable(field: string): FieldError {
  return fault(field, {
    en: 'must not contain NUL or half characters',
    'zh-CN': '不能包含 NUL 或不完整的字符',
  });
}

function fault(field: string, text: Sentence): FieldError {
  return { field, message: about(field, text) };
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !NOT_STORABLE.test(value);
  if (!isObject(value) || Buffer.isBuffer(value)) return true;
  return Object.entries(value).every(([name, member]) => !NOT_STORABLE.test(name) && isStorable(member));
}

/**
 * Whether it is nested deeper than any body may be. Whoever walks through a body before it is validated asks first: a
 * body of legal size can be deeper than the stack.
 */
export function isTooDeep(value: unknown): boolean {
  return isDeeperThan(value, MAX_DEPTH);
}

/** @returns the 400 for it. */
export function tooDeep(field: string): Problem {
  return invalidInput([deeper(field)]);
}

function deeper(field: string): FieldError {
  return fault(field, {
    en: `must not be nested deeper than ${MAX_DEPTH} levels`,
    'zh-CN': `嵌套不能超过 ${MAX_DEPTH} 层`,
  });
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (!isObject(value) || Buffer.isBuffer(value)) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1));
}
