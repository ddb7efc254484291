import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const NOTHING = ["'none'"];
const OWN = ["'self'"];

/** A year, as https://hstspreload.org asks. */
const HSTS_SECONDS = 31_536_000;

/**
 * Swagger UI brings its styles in the page; nothing else needs more than this origin. A page with a policy of its own
 * (the cashier) replaces this one.
 *
 * @param hsts whether browsers shall never again come by plain HTTP; to subdomains, where it says so
 */
export async function setSecurityHeaders(
  app: NestFastifyApplication,
  { hsts }: { hsts: boolean | { includeSubDomains: boolean } },
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: OWN,
        styleSrc: [...OWN, "'unsafe-inline'"],
        imgSrc: [...OWN, 'data:'],
        objectSrc: NOTHING,
        baseUri: NOTHING,
        formAction: OWN,
        frameAncestors: NOTHING,
      },
    },
    frameguard: { action: 'deny' },
    hsts: hsts && { maxAge: HSTS_SECONDS, includeSubDomains: false, ...(hsts === true ? {} : hsts) },
  });
}

/** Headers that a browser's script may read beside the simple ones. */
const EXPOSED = [
  'Retry-After',
  'X-Request-Id',
  'X-Quota-Limit',
  'X-Quota-Remaining',
  'X-Quota-Reset',
  'Idempotency-Replayed',
];

/** Off unless origins are named. Tokens travel in headers, so no cookie is ever asked for. */
export function allowOrigins(app: NestFastifyApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.enableCors({
    origin: [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'X-API-Key',
      'X-Account-Id',
      'Content-Type',
      'Accept-Language',
      'Idempotency-Key',
    ],
    exposedHeaders: EXPOSED,
    credentials: false,
    maxAge: 600,
  });
}
