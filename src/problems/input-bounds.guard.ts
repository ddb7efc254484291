import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { excessFault, excessOf } from './input-bounds.js';
import { invalidInput } from './validation.pipe.js';

/** What Fastify's request and Express's have in common. */
interface AnyRequest {
  url: string;
  body?: unknown;
  /** Express parses it at every look. */
  query: unknown;
}

/** Refuses a body or a query that is too wide or too deep, before interceptors, pipes and handlers work on it. */
@Injectable()
export class InputBoundsGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AnyRequest>();
    check('body', request.body);
    if (request.url.includes('?')) check('query', request.query);
    return true;
  }
}

function check(whole: string, value: unknown): void {
  const excess = excessOf(value);
  if (excess) throw invalidInput([excessFault(whole, excess)]);
}
