import type { AddressInfo } from 'node:net';
import {
  Module,
  type DynamicModule,
  type INestApplication,
  type LoggerService,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import type { CommercialOptions } from '../../src/commercial/commercial-options.js';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import type { RoutesOption } from '../../src/commercial/routes.js';
import { runMigrations } from '../../src/commercial/run-migrations.js';
import { JWT_KEY } from './app.js';
import type { TestDatabase } from './database.js';
import { send, type Answer, type Call } from './http-client.js';

export type Platform = 'express' | 'fastify';

export interface PlainHostSetup {
  database: TestDatabase;
  options?: Partial<CommercialOptions>;
  routes?: RoutesOption;
  controllers?: Type[];
  /** What the host registers beside the package, such as middleware. */
  prepare?: (app: INestApplication) => void;
  /** Default `forRoot`. */
  asynchronous?: boolean;
}

export interface PlainHost {
  app: INestApplication;
  url: string;
  dataSource: DataSource;
  /** What the host's log was told, by level. */
  said: Record<'log' | 'warn' | 'error', string[]>;
  call(method: string, path: string, call?: Call): Promise<Answer>;
  sql<Row = any>(query: string, parameters?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** A host application as a stranger writes one, on either platform. */
export async function startPlainHost(platform: Platform, setup: PlainHostSetup): Promise<PlainHost> {
  const dataSource = await createDataSource({ url: setup.database.url, poolSize: 10 }).initialize();
  try {
    await runMigrations(dataSource);
    return await listening(platform, setup, dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function listening(
  platform: Platform,
  { options = {}, routes = true, controllers = [], prepare, asynchronous }: PlainHostSetup,
  dataSource: DataSource,
): Promise<PlainHost> {
  const said: PlainHost['said'] = { log: [], warn: [], error: [] };
  const note =
    (level: keyof typeof said) =>
    (...lines: unknown[]) =>
      void said[level].push(lines.join(' '));
  const logger: LoggerService = { log: note('log'), warn: note('warn'), error: note('error') };
  const whole: CommercialOptions = {
    dataSource,
    jwt: { secret: JWT_KEY },
    publicUrl: 'https://host.example.com',
    jobs: true,
    ...options,
  };
  const commercial: DynamicModule = asynchronous
    ? CommercialModule.forRootAsync({ routes, useFactory: async () => whole })
    : CommercialModule.forRoot({ ...whole, routes });

  @Module({ imports: [commercial], controllers })
  class HostModule {}

  const app = await NestFactory.create<NestExpressApplication & NestFastifyApplication>(
    HostModule,
    platform === 'express' ? new ExpressAdapter() : new FastifyAdapter(),
    { logger, abortOnError: false, rawBody: true },
  );
  try {
    prepare?.(app);
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    throw error;
  }
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  return {
    app,
    url,
    dataSource,
    said,
    call: (method, path, call) => send(url + path, method, call ?? {}),
    sql: (query, parameters) => dataSource.query(query, parameters),
    close: async () => {
      await app.close();
      await dataSource.destroy();
    },
  };
}
