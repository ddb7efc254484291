import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ServiceCaller } from './service-scopes.js';

/** Where a request carries the backend that it comes from. */
const SERVICE = Symbol('service caller');

interface Carrier {
  [SERVICE]?: ServiceCaller;
}

export function rememberService(request: object, caller: ServiceCaller): void {
  (request as Carrier)[SERVICE] = caller;
}

/** The backend that calls, in a handler behind `@Access('service', …)`. */
export const CurrentService = createParamDecorator(
  (_data: unknown, context: ExecutionContext): ServiceCaller => {
    const caller = context.switchToHttp().getRequest<Carrier>()[SERVICE];
    if (caller) return caller;
    throw new Error("@CurrentService() finds no service: write @Access('service', …) over the handler");
  },
);
