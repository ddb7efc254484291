import type { IncomingMessage } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import { loggedCaller } from './logged-caller.js';

/** Never in a log, at any level. */
const REDACTED = ['req.headers.authorization', 'req.headers["x-api-key"]', 'req.headers.cookie'];

/**
 * One JSON line for each request, under the id that the HTTP adapter gave it and that the answer carries too: the
 * client's address, as the setting for trusted proxies resolves it, and the ids of the caller.
 */
export function loggerOptions(level: string): Params {
  return {
    // The library's own pattern matches nothing on Fastify.
    forRoutes: [{ path: '/{*splat}', method: RequestMethod.ALL }],
    pinoHttp: {
      level,
      redact: REDACTED,
      customSuccessObject: withCaller,
      customErrorObject: (request, _response, _error, fields) => withCaller(request, _response, fields),
      serializers: {
        // The path without its query: a payment URL's query is a signed order.
        req: (request: LoggedRequest) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0],
          // Fastify's, since that is the proxy's where there is one.
          remoteAddress: request.raw.ip ?? request.remoteAddress,
        }),
        res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
        err: describeError,
      },
    },
  };
}

function withCaller(request: IncomingMessage, _response: unknown, fields: object): object {
  return { ...fields, caller: loggedCaller(request) };
}

interface LoggedRequest {
  id: string;
  method: string;
  url: string;
  remoteAddress: string;
  raw: { ip?: string };
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
