import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Histogram, Registry } from 'prom-client';

export const httpMetrics = new Registry();

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'From the request’s head to the answer’s last byte, by route template, method and class of status',
  labelNames: ['route', 'method', 'status'] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [httpMetrics],
});

/** The template and never the path as it was sent: ids would make a series each, and so would a scanner's guesses. */
export function measureRequests(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', async (request, reply) => {
      duration.observe(
        {
          route: routeTemplate(request),
          method: METHODS.has(request.method) ? request.method : 'other',
          status: `${Math.floor(reply.statusCode / 100)}xx`,
        },
        reply.elapsedTime / 1000,
      );
    });
}

/** @returns `/payments/:orderId`; `unmatched` where no route is at that path. */
export function routeTemplate(request: {
  is404: boolean;
  routeOptions: { url?: string | undefined };
}): string {
  return request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched');
}
