import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem, type FieldError } from './problem.js';

/** Validates and converts a DTO; unknown fields are refused, and every fault is named by its field. */
export function createValidationPipe(): ValidationPipe {
  return new ShallowValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalidInput(fieldErrors(errors)),
  });
}

/** @returns a 400 that names the fields. */
export function invalidInput(errors: readonly FieldError[]): Problem {
  const reason = errors.map((error) => error.message).join('; ');
  return new Problem('VALIDATION_FAILED', { params: { reason }, errors });
}

function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent ? `${parent}.${error.property}` : error.property;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...fieldErrors(error.children ?? [], field)];
  });
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

function faultsOf(value: unknown, { type, data }: ArgumentMetadata): FieldError[] {
  if (type === 'custom') return [];
  const whole = data ?? type;
  if (value === null && type === 'body') return [{ field: whole, message: 'an object is expected' }];
  if (isTooDeep(value)) return [deeper(whole)];
  if (!isObject(value) || Buffer.isBuffer(value)) {
    return isStorable(value) ? [] : [notStorable(whole)];
  }
  return Object.entries(value).flatMap(([field, member]) => {
    // The validators look a name up in plain objects, where these seem to be known.
    if (field in Object.prototype) return [{ field, message: `property ${field} should not exist` }];
    return isStorable(member) ? [] : [notStorable(field)];
  });
}

function notStorable(field: string): FieldError {
  return { field, message: `${field} must not contain NUL or half characters` };
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
  return { field, message: `nested deeper than ${MAX_DEPTH} levels` };
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (!isObject(value) || Buffer.isBuffer(value)) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1));
}
