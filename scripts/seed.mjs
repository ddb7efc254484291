/** `npm run seed`: brings the schema up to date and puts the plans on sale, as a start does; again it changes nothing. */
import { PlansService } from '../dist/src/billing/catalog/plans/plans.service.js';
import { runMigrations } from '../dist/src/commercial/run-migrations.js';
import { SystemClock } from '../dist/src/time/clock.js';
import { withDatabase, withDataSource } from './database.mjs';

const plans = await withDatabase((url) =>
  withDataSource(url, async (dataSource) => {
    await runMigrations(dataSource);
    const service = new PlansService(dataSource, new SystemClock());
    await service.seed();
    return service.list();
  }),
);
for (const { code, name, priceFen } of plans)
  console.log(`${code}\t${name}\t${(priceFen / 100).toFixed(2)} CNY`);
