import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule, type AppOptions } from './app.module.js';
import { AnyErrorFilter } from '../problems/any-error.filter.js';
import { servePages } from '../pages/serve-pages.js';
import { createValidationPipe } from '../problems/validation.pipe.js';
import { createHttpAdapter } from './http-adapter.js';
import { measureRequests } from './metrics/http-metrics.js';
import { serveOpenApi } from './openapi.js';
import { Readiness } from './readiness.js';
import { traceRequests } from './tracing/trace-requests.js';
import { allowOrigins, setSecurityHeaders } from './security-headers.js';

export interface ServiceOptions extends AppOptions {
  trustProxy: string | null;
  /** Whether everybody comes by HTTPS, now and later. Default false. */
  hsts?: boolean | { includeSubDomains: boolean };
  /** Whether Swagger UI and the OpenAPI document are served. Default true. */
  docs?: boolean;
  /** The web pages whose scripts may call this API, as origins. Default none. */
  corsOrigins?: readonly string[];
  /** The built portal. Default: where `npm run build` puts it. */
  pagesFolder?: string;
  /** Whether each request makes a span; needs a registered tracer. Default false. */
  traces?: boolean;
}

/** Beside the compiled code. */
const PAGES_FOLDER = dirname(fileURLToPath(new URL('../../pages/portal/index.html', import.meta.url)));

/** The stand-alone app, ready to listen. The DataSource in the options stays the caller's. */
export async function createApp(options: ServiceOptions): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(options),
    createHttpAdapter(options.trustProxy),
    // A fault while the modules are made is thrown to the caller, who has a database to stop.
    { rawBody: true, bufferLogs: true, abortOnError: false },
  );
  app.useLogger(app.get(Logger));
  if (options.traces) traceRequests(app);
  measureRequests(app);
  await setSecurityHeaders(app, { hsts: options.hsts ?? false });
  allowOrigins(app, options.corsOrigins ?? []);
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new AnyErrorFilter());
  if (options.docs ?? true) serveOpenApi(app);
  await servePages(app, options.pagesFolder ?? PAGES_FOLDER);
  endConnectionsWhenLeaving(app);
  return app;
}

/** An answer that was under way when the server closed would leave its connection open for as long as the client likes. */
function endConnectionsWhenLeaving(app: NestFastifyApplication): void {
  const readiness = app.get(Readiness);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (_request, reply) => {
      if (readiness.isLeaving) reply.header('connection', 'close');
    });
}
