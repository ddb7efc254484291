import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import { allMetrics } from './all-metrics.js';
import { knowsToken } from './metrics-token.js';

/** `/metrics` on a port of its own, which the way in from outside needn't reach. @returns once it listens. */
export function serveMetrics(at: { host: string; port: number; token: string | null }): Promise<Server> {
  const server = createServer((request, response) => void answer(request, response, at.token));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => resolve(server));
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string | null,
): Promise<void> {
  response.setHeader('cache-control', 'no-store');
  if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
    response.writeHead(404).end();
  } else if (!knowsToken(token, request.headers.authorization)) {
    response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
  } else {
    const text = await allMetrics.metrics().catch(() => null);
    if (text === null) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text);
  }
}
