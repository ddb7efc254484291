import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { callerOnRequest } from './request-caller.js';

/** The caller, in a handler behind `@Access()` or `@RequireQuota()`; undefined in one that anybody may call. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOnRequest(context.switchToHttp().getRequest<object>()),
);
