import { existsSync } from 'node:fs';
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
import { appOptions } from './app-options.js';
import { connect } from './connect.js';
import { createApp, type ServiceOptions } from './create-app.js';
import { ensureDataFolder } from './data-folder.js';
import { claimPort, explainListenError, localUrl } from './listen-address.js';
import { serveMetrics } from './metrics/metrics-server.js';
import { silentProgress, type Progress } from '../terminal/progress.js';
import { Readiness } from './readiness.js';

export interface RunningApp {
  publicUrl: string;
  sandbox: boolean;
  /** The e-mail addresses of those who are administrators now, the first one first. */
  administrators: string[];
  /** Turns not ready, lets requests in flight end, then closes the database's connections, then stops an embedded database. */
  stop(): Promise<void>;
}

type Undo = () => Promise<unknown>;

/** Starts everything that the configuration asks for; what was started is stopped again where a later step fails. */
export async function start(configuration: Configuration, progress = silentProgress): Promise<RunningApp> {
  const undo: Undo[] = [];
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const dataDir = resolve(configuration.dataDir);
    const running = await startSteps({ ...configuration, dataDir }, progress, undo);
    return { ...running, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startSteps(
  configuration: Configuration,
  progress: Progress,
  undo: Undo[],
): Promise<Omit<RunningApp, 'stop'>> {
  const { host, dataDir, databaseUrl } = configuration;
  const keepsData = databaseUrl === null || configuration.jwtSecret === null || configuration.sandbox;
  if (keepsData) ensureDataFolder(dataDir);
  if (configuration.tracing) undo.push(await traces(configuration.tracing));
  const port = await claimPort(host, configuration.port);
  const url = databaseUrl ?? (await embedded(dataDir, progress, undo));
  await progress.step(
    'Bringing the schema up to date',
    () => migrate(url),
    (applied) => (applied === 0 ? 'Schema up to date' : `Schema up to date: ${applied} migrations applied`),
  );
  const dataSource = await connect(url, { serving: true });
  undo.push(() => dataSource.destroy());

  const { options, publicUrl } = appOptions(configuration, { port, dataSource });
  const app = await prepared(options, configuration.shutdownDelayMs, progress, undo);
  const plans = app.get(PlansService, { strict: false });
  await progress.step(
    'Putting the plans on sale',
    () => plans.seed().then(() => plans.list()),
    (onSale) => `${onSale.length} plans on sale`,
  );
  const admins = app.get(Administrators, { strict: false });
  if (configuration.admin) await admins.ensureAdministrator(configuration.admin);
  const administrators = await admins.emails();
  const address = localUrl(host, port);
  await progress.step(
    `Listening on ${address}`,
    () =>
      app.listen(port, host).catch((error: unknown) => {
        throw explainListenError(error, host, port);
      }),
    () => `Listening on ${address}`,
  );
  await serveMetricsApart(configuration, undo);
  return { publicUrl, sandbox: options.sandbox !== null, administrators };
}

function prepared(
  options: ServiceOptions,
  shutdownDelayMs: number,
  progress: Progress,
  undo: Undo[],
): Promise<NestFastifyApplication> {
  return progress.step(
    'Preparing the service',
    async () => {
      const app = await createApp(options);
      undo.push(() => leave(app, shutdownDelayMs));
      await app.init();
      return app;
    },
    () => 'Service prepared',
  );
}

async function serveMetricsApart({ host, metrics }: Configuration, undo: Undo[]): Promise<void> {
  const { port, token } = metrics;
  if (port === null) return;
  const server = await serveMetrics({ host, port, token }).catch((error: unknown) => {
    throw explainListenError(error, host, port, 'METRICS_PORT');
  });
  undo.push(async () => server.close());
}

/** Where nobody collects traces, the SDK isn't even loaded. */
async function traces(configuration: TracingConfiguration): Promise<Undo> {
  const { startTracing } = await import('./tracing/start-tracing.js');
  return startTracing(configuration);
}

/** On connections of its own: a migration may take longer than a request may wait. @returns how many there were */
async function migrate(url: string): Promise<number> {
  const dataSource = await connect(url, { migrating: true });
  return runMigrations(dataSource).finally(() => dataSource.destroy());
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

async function embedded(dataDir: string, progress: Progress, undo: Undo[]): Promise<string> {
  const folder = join(dataDir, 'postgres');
  const isMade = existsSync(folder);
  let started = false;
  const postgres = await progress.step(
    isMade ? 'Starting the database' : `Making a database in ${folder}`,
    () =>
      startEmbeddedPostgres({
        dataDir: folder,
        keepRunning: true,
        // What comes later goes to the app's log, which isn't there yet.
        log: (line) => started && Logger.warn(line, 'EmbeddedPostgres'),
      }),
    () => (isMade ? 'Database started' : `Database made in ${folder} and started`),
  );
  started = true;
  undo.push(() => postgres.stop());
  return postgres.url;
}
