import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Administrators } from '../auth/api/users/administrators.js';
import { PlansService } from '../billing/catalog/plans/plans.service.js';
import type { Configuration } from '../config/configuration.js';
import type { TracingConfiguration } from '../config/tracing.js';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres.js';
import { runMigrations } from '../commercial/run-migrations.js';
import { SystemClock } from '../time/clock.js';
import { ShiftedClock } from '../time/shifted-clock.js';
import { connect } from './connect.js';
import { createApp } from './create-app.js';
import { ensureDataFolder, keptJwtSecret } from './data-folder.js';
import { eventOptions } from './event-options.js';
import { claimPort, explainListenError, localUrl } from './listen-address.js';
import { mailOptions } from './mail-options.js';
import { payThrough } from './payment-channels.js';
import { Readiness } from './readiness.js';

export interface RunningApp {
  publicUrl: string;
  sandbox: boolean;
  /** Turns not ready, lets requests in flight end, then closes the database's connections, then stops an embedded database. */
  stop(): Promise<void>;
}

type Undo = () => Promise<unknown>;

/** Starts everything that the configuration asks for; what was started is stopped again where a later step fails. */
export async function start(configuration: Configuration): Promise<RunningApp> {
  const undo: Undo[] = [];
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const running = await startSteps({ ...configuration, dataDir: resolve(configuration.dataDir) }, undo);
    return { ...running, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startSteps(configuration: Configuration, undo: Undo[]): Promise<Omit<RunningApp, 'stop'>> {
  const { host, dataDir, databaseUrl } = configuration;
  const keepsData = databaseUrl === null || configuration.jwtSecret === null || configuration.sandbox;
  if (keepsData) ensureDataFolder(dataDir);
  if (configuration.tracing) undo.push(await traces(configuration.tracing));
  const port = await claimPort(host, configuration.port);
  const url = databaseUrl ?? (await embedded(dataDir, undo));
  await migrate(url);
  const dataSource = await connect(url, { serving: true });
  undo.push(() => dataSource.destroy());

  const movableClock = configuration.sandbox ? new ShiftedClock() : null;
  const clock = movableClock ?? new SystemClock();
  const local = localUrl(host, port);
  const publicUrl = configuration.publicUrl ?? local;
  const { payments, sandbox } = payThrough(configuration, { localUrl: local, publicUrl, dataSource, clock });
  const mail = mailOptions(configuration.accounts, { publicUrl, production: configuration.production });
  const app = await createApp({
    commercial: {
      dataSource,
      clock,
      // Whoever moves business time by a month should not have to sign in again.
      sessionClock: new SystemClock(),
      jwt: { ...configuration.accounts.jwt, secret: configuration.jwtSecret ?? keptJwtSecret(dataDir) },
      mail,
      events: eventOptions(configuration, mail, publicUrl),
      requireVerifiedEmail: configuration.accounts.requireVerifiedEmail,
      publicUrl,
      payments,
      jobs: true,
      freePlanOnRegister: configuration.freePlanOnRegister,
      graceDays: configuration.graceDays,
      timeZone: configuration.timeZone,
      usageRetentionMonths: configuration.usageRetentionMonths,
      ...(configuration.sellerName === null ? {} : { sellerName: configuration.sellerName }),
    },
    dataSource,
    sandbox,
    movableClock,
    logLevel: configuration.logLevel,
    trustProxy: configuration.trustProxy,
    hsts: configuration.production && publicUrl.startsWith('https:'),
    corsOrigins: configuration.corsOrigins,
    traces: configuration.tracing !== null,
  });
  undo.push(() => leave(app, configuration.shutdownDelayMs));
  await app.init();
  await app.get(PlansService, { strict: false }).seed();
  if (configuration.admin) {
    await app.get(Administrators, { strict: false }).ensureAdministrator(configuration.admin);
  }
  await app.listen(port, host).catch((error: unknown) => {
    throw explainListenError(error, host, port);
  });
  return { publicUrl, sandbox: sandbox !== null };
}

/** Where nobody collects traces, the SDK isn't even loaded. */
async function traces(configuration: TracingConfiguration): Promise<Undo> {
  const { startTracing } = await import('./tracing/start-tracing.js');
  return startTracing(configuration);
}

/** On connections of its own: a migration may take longer than a request may wait. */
async function migrate(url: string): Promise<void> {
  const dataSource = await connect(url, { migrating: true });
  await runMigrations(dataSource).finally(() => dataSource.destroy());
}

/**
 * Says that it isn't ready, waits until the load balancer has noticed, and ends requests in flight before anything that
 * they may still need.
 */
async function leave(app: NestFastifyApplication, delayMs: number): Promise<void> {
  app.get(Readiness).leave();
  await delay(delayMs);
  await app.getHttpAdapter().close();
  await app.close();
}

async function embedded(dataDir: string, undo: Undo[]): Promise<string> {
  let started = false;
  const postgres = await startEmbeddedPostgres({
    dataDir: join(dataDir, 'postgres'),
    keepRunning: true,
    // What comes later goes to the app's log, which isn't there yet.
    log: (line) => started && Logger.warn(line, 'EmbeddedPostgres'),
  });
  started = true;
  undo.push(() => postgres.stop());
  return postgres.url;
}
