import type { IncomingMessage } from 'node:http';

/**
 * Middleware for routes that take any body of any type and read none: makes the request look bodyless, so that no
 * parser refuses it; Node discards the bytes themselves.
 */
export function ignoreBody(request: IncomingMessage, _response: unknown, next: () => void): void {
  delete request.headers['content-type'];
  delete request.headers['transfer-encoding'];
  request.headers['content-length'] = '0';
  next();
}
