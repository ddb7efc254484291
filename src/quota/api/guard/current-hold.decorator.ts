import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { OpenHold } from '../../debits/open-hold.js';
import { QuotaHolds } from '../../debits/quota-holds.js';

/** The request's hold, in a handler behind `@RequireQuota(…, { hold })`: an {@link OpenHold}. */
export const CurrentHold = createParamDecorator((_data: unknown, context: ExecutionContext): OpenHold => {
  const hold = QuotaHolds.of(context.switchToHttp().getRequest<object>());
  if (hold) return hold;
  throw new Error('@CurrentHold() finds no hold: write hold: true or hold: "manual" into @RequireQuota()');
});
