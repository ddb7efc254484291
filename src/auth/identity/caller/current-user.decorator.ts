import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedUser } from './authenticated-user.js';

/** The caller, in a handler behind `@Access()` or `@RequireQuota()`; undefined in one that anybody may call. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<{ user?: AuthenticatedUser }>().user,
);
