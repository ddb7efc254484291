import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { dayBefore } from '../billing/settlement/reconciliation/bill-day.js';
import { reconciliationReport } from '../billing/settlement/reconciliation/reconciliation-report.js';
import type { ReconciliationReportDto } from '../billing/settlement/reconciliation/reconciliation.dto.js';
import { ReconciliationService } from '../billing/settlement/reconciliation/reconciliation.service.js';
import { CommercialModule } from '../commercial/commercial.module.js';
import { ConfigurationError } from '../config/configuration-error.js';
import { readConfiguration, type Configuration } from '../config/configuration.js';
import { SystemClock } from '../time/clock.js';
import { ensureDataFolder, keptJwtSecret } from './data-folder.js';
import { localUrl } from './listen-address.js';
import { payThrough } from './payment-channels.js';
import { withDatabase } from './with-database.js';

/**
 * Compares bills with the records here, and writes a line for each to standard output. The process's exit code becomes 1
 * where a bill can't be compared or something is left for a person.
 *
 * @throws ConfigurationError where the provider is not one that has bills
 */
export async function reconcile(wanted: { date?: string; provider?: string }): Promise<void> {
  const configuration = readConfiguration(process.env);
  if (configuration.sandbox || configuration.jwtSecret === null) ensureDataFolder(configuration.dataDir);
  await withDatabase(configuration, (dataSource) => compare(dataSource, configuration, wanted));
}

async function compare(
  dataSource: DataSource,
  configuration: Configuration,
  { date, provider }: { date?: string; provider?: string },
): Promise<void> {
  const clock = new SystemClock();
  const local = localUrl(configuration.host, configuration.port);
  const publicUrl = configuration.publicUrl ?? local;
  const { payments } = payThrough(configuration, { localUrl: local, publicUrl, dataSource, clock });
  const jwt = { secret: configuration.jwtSecret ?? keptJwtSecret(configuration.dataDir) };
  const app = await NestFactory.createApplicationContext(
    CommercialModule.forRoot({ dataSource, clock, jwt, publicUrl, payments, routes: false }),
    { logger: ['error'], abortOnError: false },
  );
  try {
    const reconciliations = app.get(ReconciliationService, { strict: false });
    const known = reconciliations.reconcilable;
    if (provider !== undefined && !known.includes(provider)) {
      throw new ConfigurationError([`--provider ${provider} is not one of: ${known.join(', ') || 'none'}`]);
    }
    for (const name of provider ? [provider] : known) {
      const run = await reconciliations.run(name, date ?? dayBefore(clock.now()), null);
      const report = await reconciliationReport(dataSource, run);
      process.stdout.write(`${lineOf(report)}\n`);
      if (report.status !== 'done' || report.differences.open > 0) process.exitCode = 1;
    }
  } finally {
    await app.close();
  }
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
