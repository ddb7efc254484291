import type { ServerResponse } from 'node:http';
import type { ExecutionContext } from '@nestjs/common';

/** Node's own response: Express's is one, Fastify's reply holds one. */
export function rawResponse(context: ExecutionContext): ServerResponse {
  const response = context.switchToHttp().getResponse<ServerResponse | { raw: ServerResponse }>();
  return 'raw' in response ? response.raw : response;
}
