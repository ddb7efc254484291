import { PlansService } from '../billing/catalog/plans/plans.service.js';
import { runMigrations } from '../commercial/run-migrations.js';
import { yuanFromFen } from '../money/fen.js';
import { SystemClock } from '../time/clock.js';
import { databasePlace, withDatabase } from './with-database.js';

/** Puts the plans on sale in the database that the environment names, and writes a line for each to standard output. */
export async function seed(): Promise<void> {
  const plans = await withDatabase(databasePlace(process.env), async (dataSource) => {
    await runMigrations(dataSource);
    const service = new PlansService(dataSource, new SystemClock());
    await service.seed();
    return service.list();
  });
  for (const { code, name, priceFen } of plans) {
    process.stdout.write(`${code}\t${name}\t${yuanFromFen(priceFen)} CNY\n`);
  }
}
