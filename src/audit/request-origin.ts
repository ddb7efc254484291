import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';

const MAX_USER_AGENT = 200;

/** From where a request came. */
export interface RequestOrigin {
  /** The client's address, as the setting for trusted proxies resolves it. */
  address: string;
  /** As the client names itself, cut to 200 characters. */
  userAgent: string | null;
}

/** What Fastify's request and Express's have in common. */
interface AnyRequest {
  ip?: string;
  headers: Record<string, string | string[] | undefined>;
}

const current = new AsyncLocalStorage<RequestOrigin>();

/** @returns null where no request is being handled, such as in a job. */
export function requestOrigin(): RequestOrigin | null {
  return current.getStore() ?? null;
}

/** Lets whatever a handler does know from where it was asked for; the audit log wants it. */
export class RequestOriginInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { ip, headers } = context.switchToHttp().getRequest<AnyRequest>();
    const userAgent = headers['user-agent']?.toString().slice(0, MAX_USER_AGENT) ?? null;
    return current.run({ address: ip ?? '', userAgent }, () => next.handle());
  }
}
