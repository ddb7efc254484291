import type { DataSource } from 'typeorm';
import type { Configuration } from '../config/configuration.js';
import { SystemClock } from '../time/clock.js';
import { ShiftedClock } from '../time/shifted-clock.js';
import type { ServiceOptions } from './create-app.js';
import { keptJwtSecret } from './data-folder.js';
import { eventOptions } from './event-options.js';
import { localUrl } from './listen-address.js';
import { mailOptions } from './mail-options.js';
import { payThrough } from './payment-channels.js';

/**
 * What the configuration means for the service.
 *
 * @param configuration its `dataDir` exists
 * @param port where the service is going to listen
 */
export function appOptions(
  configuration: Configuration,
  { port, dataSource }: { port: number; dataSource: DataSource },
): { options: ServiceOptions; publicUrl: string } {
  const movableClock = configuration.sandbox ? new ShiftedClock() : null;
  const clock = movableClock ?? new SystemClock();
  const local = localUrl(configuration.host, port);
  const publicUrl = configuration.publicUrl ?? local;
  const { payments, sandbox } = payThrough(configuration, { localUrl: local, publicUrl, dataSource, clock });
  const mail = mailOptions(configuration.accounts, { publicUrl, production: configuration.production });
  const options = {
    commercial: {
      dataSource,
      clock,
      // Whoever moves business time by a month should not have to sign in again.
      sessionClock: new SystemClock(),
      jwt: {
        ...configuration.accounts.jwt,
        secret: configuration.jwtSecret ?? keptJwtSecret(configuration.dataDir),
      },
      mail,
      events: eventOptions(configuration, mail, publicUrl),
      requireVerifiedEmail: configuration.accounts.requireVerifiedEmail,
      publicUrl,
      payments,
      jobs: true,
      freePlanOnRegister: configuration.freePlanOnRegister,
      limits: configuration.limits,
      returnUrlOrigins: configuration.returnUrlOrigins,
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
    hsts: configuration.production && { includeSubDomains: configuration.hstsIncludeSubDomains },
    docs: configuration.docs,
    metrics: configuration.metrics.port === null ? { token: configuration.metrics.token } : null,
    corsOrigins: configuration.corsOrigins,
    traces: configuration.tracing !== null,
  };
  return { options, publicUrl };
}
