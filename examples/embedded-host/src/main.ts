import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { runMigrations } from '@idoctor/commercial';
import { AppModule } from './app.module.js';
import { dataSource } from './data-source.js';

async function main(): Promise<void> {
  await dataSource.initialize();
  await runMigrations(dataSource);
  // Webhooks are verified over the bytes as they came.
  const app = await NestFactory.create(AppModule, { rawBody: true, logger: ['error', 'warn'] });
  app.enableShutdownHooks();
  await app.listen(Number(process.env['PORT'] ?? '3000'), '127.0.0.1');
  console.log(`The host listens at ${await app.getUrl()}`);
}

void main();
