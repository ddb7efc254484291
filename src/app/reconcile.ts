import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { dayBefore, isBillDate } from '../billing/settlement/reconciliation/bill-day.js';
import { reconciliationReport } from '../billing/settlement/reconciliation/reconciliation-report.js';
import type { ReconciliationReportDto } from '../billing/settlement/reconciliation/reconciliation.dto.js';
import { ReconciliationService } from '../billing/settlement/reconciliation/reconciliation.service.js';
import { CommercialModule } from '../commercial/commercial.module.js';
import { ConfigurationError } from '../config/configuration-error.js';
import { readConfiguration } from '../config/configuration.js';
import { connectToEmbeddedPostgres } from '../embedded/embedded-postgres.js';
import { SystemClock } from '../time/clock.js';
import { connect } from './connect.js';
import { keptJwtSecret } from './data-folder.js';
import { localUrl } from './listen-address.js';
import { payThrough } from './payment-channels.js';

const USAGE = 'usage: npm run reconcile -- [--date YYYY-MM-DD] [--provider NAME]';

/**
 * `npm run reconcile`: compares the channels' bills of a day, yesterday by default, with what is recorded here. Exits
 * with 1 where a bill could not be compared, or something is left for a person. With the sandbox, the app must run.
 */
async function main(): Promise<void> {
  const { date, provider } = readArguments();
  const configuration = readConfiguration(process.env);
  const { databaseUrl, dataDir } = configuration;
  const embedded =
    databaseUrl === null ? await connectToEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') }) : null;
  const dataSource = await connect(databaseUrl ?? embedded!.url);
  const clock = new SystemClock();
  const local = localUrl(configuration.host, configuration.port);
  const publicUrl = configuration.publicUrl ?? local;
  const { payments } = payThrough(configuration, { localUrl: local, publicUrl, dataSource, clock });
  const jwt = { secret: configuration.jwtSecret ?? keptJwtSecret(dataDir) };
  const app = await NestFactory.createApplicationContext(
    CommercialModule.forRoot({ dataSource, clock, jwt, publicUrl, payments, routes: false }),
    { logger: ['error'], abortOnError: false },
  );
  try {
    const reconciliations = app.get(ReconciliationService, { strict: false });
    for (const name of provider ? [provider] : reconciliations.reconcilable) {
      const run = await reconciliations.run(name, date ?? dayBefore(clock.now()), null);
      const report = await reconciliationReport(dataSource, run);
      process.stdout.write(`${lineOf(report)}\n`);
      if (report.status !== 'done' || report.differences.open > 0) process.exitCode = 1;
    }
  } finally {
    await app.close();
    await dataSource.destroy();
    await embedded?.stop();
  }
}

function readArguments(): { date: string | null; provider: string | null } {
  const { values } = parseArgs({ options: { date: { type: 'string' }, provider: { type: 'string' } } });
  const { date = null, provider = null } = values;
  if (date !== null && !isBillDate(date))
    throw new ConfigurationError([`--date ${date} is not a day`, USAGE]);
  return { date, provider };
}

function lineOf({
  provider,
  date,
  status,
  error,
  lines,
  matched,
  withoutBill,
  differences,
}: ReconciliationReportDto): string {
  if (status !== 'done') return `${provider} ${date}: ${status}: ${error}`;
  if (withoutBill) return `${provider} ${date}: the channel has no bill, and nothing is recorded here`;
  const { missingHere, missingThere, amountDiffers, settled, open } = differences;
  return (
    `${provider} ${date}: ${lines} lines, ${matched} matched; missing here ${missingHere}, missing there ` +
    `${missingThere}, amount differs ${amountDiffers}; settled ${settled}, open ${open}`
  );
}

main().catch((error: unknown) => {
  const lines = error instanceof ConfigurationError ? error.faults : [(error as Error).message];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
});
