import type { AddressInfo } from 'node:net';
import { Module, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { AuthModule } from '../../src/auth/auth.module.js';
import type { AuthOptions } from '../../src/auth/options/auth.options.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { AnyErrorFilter } from '../../src/problems/any-error.filter.js';
import { createValidationPipe } from '../../src/problems/validation.pipe.js';
import { Clock } from '../../src/time/clock.js';
import { createTestDatabase, type TestDatabase } from './database.js';

export const JWT_SECRET = 'a-key-of-this-spec-with-32-bytes-or-more';
export const ISSUER = 'the issuer';
export const AUDIENCE = 'the audience';
export const PASSWORD = 'correct horse battery staple';

/** Stands still until it is moved. */
export class MovableClock extends Clock {
  private time = new Date('2026-11-24T08:00:00.000Z');

  now(): Date {
    return new Date(this.time);
  }

  forward(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }
}

export interface Call {
  body?: unknown;
  token?: string;
  apiKey?: string;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** The parsed JSON, or null for an empty body; specs know its shape. */
  body: any;
}

export interface AuthApp {
  app: INestApplication;
  clock: MovableClock;
  dataSource: DataSource;
  call(method: string, path: string, call?: Call): Promise<Answer>;
  close(): Promise<void>;
}

/** An application that has nothing but accounts, on a database of its own, listening on a free port. */
export async function startAuthApp(
  options: {
    controllers?: Type[];
    adapter?: AbstractHttpAdapter;
    secret?: string;
    jwt?: Partial<AuthOptions['jwt']>;
    database?: TestDatabase;
    /** What to add to the options of AuthModule. */
    auth?: Partial<AuthOptions>;
  } = {},
): Promise<AuthApp> {
  const database = options.database ?? (await createTestDatabase());
  const dataSource = await createDataSource({ url: database.url, poolSize: 10 }).initialize();
  await dataSource.runMigrations();
  const clock = new MovableClock();
  const jwt = { secret: options.secret ?? JWT_SECRET, issuer: ISSUER, audience: AUDIENCE, ...options.jwt };

  @Module({
    imports: [AuthModule.forRoot({ dataSource, clock, jwt, ...options.auth })],
    controllers: options.controllers ?? [],
  })
  class TestModule {}

  const adapter = options.adapter ?? new FastifyAdapter({ routerOptions: { ignoreTrailingSlash: true } });
  const app = await NestFactory.create(TestModule, adapter, { logger: false, abortOnError: false });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new AnyErrorFilter());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    clock,
    dataSource,
    call: (method, path, call) => send(`http://127.0.0.1:${port}${path}`, method, call ?? {}),
    close: async () => {
      await app.close();
      await dataSource.destroy();
      if (!options.database) await database.drop();
    },
  };
}

async function send(url: string, method: string, { body, token, apiKey, headers }: Call): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
      'accept-language': 'en',
      ...headers,
    },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

/** Registers somebody of that name, with {@link PASSWORD}. */
export async function register(app: AuthApp, name: string): Promise<Answer['body']> {
  const answer = await app.call('POST', '/auth/register', {
    body: { email: `${name}@example.com`, password: PASSWORD },
  });
  if (answer.status !== 201) throw new Error(`register answered ${answer.status}`);
  return answer.body;
}

/** As if the user had followed the link in a mail; nothing ends by it. */
export async function verifyEmail({ dataSource, clock }: AuthApp, userId: string): Promise<void> {
  await dataSource.query('UPDATE commercial.users SET email_verified_at = $2 WHERE id = $1', [
    userId,
    clock.now(),
  ]);
}

/** The fields that a 400 names, each once. @throws Error where the answer is another. */
export function fieldsAtFault({ status, body }: Answer): string[] {
  if (status !== 400 || body.code !== 'VALIDATION_FAILED')
    throw new Error(`answered ${status} ${body?.code}`);
  const named = (body.errors as { field: string }[]).map((error) => error.field);
  return [...new Set(named)].sort();
}
