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

/** Refuses input that is nested deeper than anybody needs, before anything walks through it by recursion. */
class ShallowValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (isDeeperThan(value, MAX_DEPTH)) {
      throw invalidInput([
        { field: metadata.data ?? metadata.type, message: `nested deeper than ${MAX_DEPTH} levels` },
      ]);
    }
    return super.transform(value, metadata);
  }
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1));
}
