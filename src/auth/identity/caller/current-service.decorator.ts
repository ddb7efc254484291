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

/** @returns undefined for a request that no backend sent in its own name. */
export function serviceOf(request: object): ServiceCaller | undefined {
  return (request as Carrier)[SERVICE];
}

/** The backend that calls, in a handler behind `@Access('service', …)`. */
export const CurrentService = createParamDecorator(
  (_data: unknown, context: ExecutionContext): ServiceCaller => {
    const caller = serviceOf(context.switchToHttp().getRequest<object>());
    if (caller) return caller;
    throw new Error("@CurrentService() finds no service: write @Access('service', …) over the handler");
  },
);
