import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';

/** Never in a log, at any level. */
const REDACTED = ['req.headers.authorization', 'req.headers["x-api-key"]', 'req.headers.cookie'];

/** One JSON line for each request, under the id that the HTTP adapter gave it and that the answer carries too. */
export function loggerOptions(level: string): Params {
  return {
    // The library's own pattern matches nothing on Fastify.
    forRoutes: [{ path: '/{*splat}', method: RequestMethod.ALL }],
    pinoHttp: {
      level,
      redact: REDACTED,
      serializers: {
        // The path without its query: a payment URL's query is a signed order.
        req: (request: { id: string; method: string; url: string; remoteAddress: string }) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0],
          remoteAddress: request.remoteAddress,
        }),
        res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
        err: describeError,
      },
    },
  };
}

/**
 * Named fields and no others: a failed query carries its parameters, password hashes and addresses among them, and a
 * failed HTTP call its headers and body.
 */
function describeError({ type, message, stack, code }: LoggedError): object {
  return { type, message, stack, ...(typeof code === 'string' ? { code } : {}) };
}

interface LoggedError {
  type?: string;
  message: string;
  stack?: string;
  code?: unknown;
}
