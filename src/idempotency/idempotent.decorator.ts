import {
  applyDecorators,
  createParamDecorator,
  UseInterceptors,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { v7 as uuid } from 'uuid';
import { ApiProblem } from '../problems/api-problem.decorator.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/** Lets a route be called with an `Idempotency-Key`. The caller must be known, so it goes above or below @Access alike. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours.',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    }),
    ApiProblem('IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_KEY_REUSED'),
  );
}

/** The id for what this request makes: the key's own where the request carries one, else a fresh one. */
export const OperationId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const request = context.switchToHttp().getRequest<{ operationId?: string }>();
  return request.operationId ?? uuid();
});
