import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { DataSource } from 'typeorm';
import { ClockModule } from './clock/clock.module.js';
import { FrontDoorController } from './front-door.controller.js';
import { HealthController } from './health.controller.js';
import { APP_DATA_SOURCE } from './tokens.js';
import { loggerOptions } from './logger-options.js';
import { METRICS_TOKEN } from './metrics/metrics-token.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { PagesModule } from '../pages/pages.module.js';
import type { PagesOptions } from '../pages/pages.options.js';
import { PoolMetrics } from './metrics/pool-metrics.js';
import { Readiness } from './readiness.js';
import type { CommercialOptions } from '../commercial/commercial-options.js';
import { CommercialModule } from '../commercial/commercial.module.js';
import { SandboxModule } from '../sandbox/sandbox.module.js';
import type { SandboxOptions } from '../sandbox/options/sandbox.options.js';
import type { ShiftedClock } from '../time/shifted-clock.js';

export interface AppOptions {
  commercial: CommercialOptions;
  dataSource: DataSource;
  logLevel: string;
  /** Null where the sandbox doesn't serve. */
  sandbox: SandboxOptions | null;
  /** Null where /metrics is served elsewhere. Default: anybody may read it. */
  metrics?: { token: string | null } | null;
  /** `commercial.clock`, where administrators may move it; never in production. Default: nobody may. */
  movableClock?: ShiftedClock | null;
}

/** As sessions have it where nobody says otherwise. */
const REFRESH_TOKEN_DAYS = 30;

/** The stand-alone app: the package's modules with health, metrics, logs and, in development, the sandbox. */
@Module({})
export class AppModule {
  static forRoot({
    commercial,
    dataSource,
    logLevel,
    sandbox,
    movableClock,
    metrics = { token: null },
  }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerOptions(logLevel)),
        CommercialModule.forRoot(commercial),
        PagesModule.forRoot(pagesOptions(commercial)),
        ...(sandbox ? [SandboxModule.forRoot(sandbox)] : []),
        ...(movableClock ? [ClockModule.forRoot(movableClock, dataSource)] : []),
      ],
      controllers: [FrontDoorController, HealthController, ...(metrics ? [MetricsController] : [])],
      providers: [
        { provide: APP_DATA_SOURCE, useValue: dataSource },
        { provide: METRICS_TOKEN, useValue: metrics?.token ?? null },
        Readiness,
        PoolMetrics,
      ],
    };
  }
}

function pagesOptions({ publicUrl, refreshTokenDays }: CommercialOptions): PagesOptions {
  return {
    publicUrl: typeof publicUrl === 'function' ? publicUrl : () => publicUrl,
    refreshTokenDays: refreshTokenDays ?? REFRESH_TOKEN_DAYS,
  };
}
