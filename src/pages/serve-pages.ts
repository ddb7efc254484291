import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PAGES_PATH } from './session-cookie.js';

/** What the page may load: its own files. No inline script or style, and nobody may frame it. */
export const PAGES_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const ASSETS = 'assets';

/**
 * Serves the built pages: every address below {@link PAGES_PATH} is the same page, which finds its way by itself. Does
 * nothing where the pages were not built.
 *
 * @param folder with `index.html` and `assets/`, whose names carry a hash of their content
 * @returns whether there are pages
 */
export async function servePages(app: NestFastifyApplication, folder: string): Promise<boolean> {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return false;
  const page = readFileSync(index, 'utf8');
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic, {
    root: join(folder, ASSETS),
    prefix: `${PAGES_PATH}/${ASSETS}/`,
    preCompressed: true,
    decorateReply: false,
    index: false,
    cacheControl: true,
    immutable: true,
    maxAge: '365d',
  });
  for (const url of [PAGES_PATH, `${PAGES_PATH}/*`]) {
    fastify.get(url, (_request, reply) =>
      reply
        .header('content-type', 'text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-security-policy', PAGES_POLICY)
        .header('referrer-policy', 'no-referrer')
        .send(page),
    );
  }
  return true;
}
