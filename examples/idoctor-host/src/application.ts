import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { HostModule, type HostOptions } from './host.module.js';
import { limitUpload } from './process/upload-limit.js';

/** The host on Express, not listening yet. */
export async function createApplication(options: HostOptions): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(HostModule.forRoot(options), {
    logger: ['fatal', 'error', 'warn'],
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.use(limitUpload);
  return app;
}
