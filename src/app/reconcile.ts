import type { DataSource } from 'typeorm';
import {
  compareBills,
  lineOf,
  needsAttention,
  type WantedBills,
} from '../commercial/reconcile/compare-bills.js';
import { UnknownChannel } from '../commercial/reconcile/unknown-channel.js';
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
export async function reconcile(wanted: WantedBills): Promise<void> {
  const configuration = readConfiguration(process.env);
  if (configuration.sandbox || configuration.jwtSecret === null) ensureDataFolder(configuration.dataDir);
  await withDatabase(configuration, (dataSource) => compare(dataSource, configuration, wanted));
}

async function compare(
  dataSource: DataSource,
  configuration: Configuration,
  wanted: WantedBills,
): Promise<void> {
  const clock = new SystemClock();
  const local = localUrl(configuration.host, configuration.port);
  const publicUrl = configuration.publicUrl ?? local;
  const { payments } = payThrough(configuration, { localUrl: local, publicUrl, dataSource, clock });
  const jwt = { secret: configuration.jwtSecret ?? keptJwtSecret(configuration.dataDir) };
  try {
    for await (const report of compareBills({ dataSource, clock, jwt, publicUrl, payments }, wanted)) {
      process.stdout.write(`${lineOf(report)}\n`);
      if (needsAttention(report)) process.exitCode = 1;
    }
  } catch (error) {
    throw error instanceof UnknownChannel ? new ConfigurationError([error.message]) : error;
  }
}
