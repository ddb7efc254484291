import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';

/** What no cache may keep. A route whose answers are public says so by `@Header('cache-control', …)`, which comes later. */
export const NO_STORE = 'no-store';

/** Nothing that a route answers is kept by a cache on its way (RFC 9111, 5.2.2.5), unless the route says otherwise. */
@Injectable()
export class NoStoreGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    // Fastify's reply and Express's response have it in common.
    const reply = context.switchToHttp().getResponse<{ header(name: string, value: string): unknown }>();
    reply.header('cache-control', NO_STORE);
    return true;
  }
}
