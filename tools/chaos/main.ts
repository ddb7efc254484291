/**
 * `npm run chaos -- --seed N --minutes M`: mischief on the money, and then the accounts. The last line reads
 * `violations: 0` and the exit code is 0, or it tells how many and the code is 1. With `--operations N` in place of
 * the minutes it goes on until so much was done, with a kill for every fifty and a fault for every five.
 */
import { parseArgs } from 'node:util';
import { createTestDatabase } from '../../test/support/database.js';
import { startTestCluster, stopTestCluster } from '../../test/support/test-cluster.js';
import { runChaos, total } from './run.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1' },
    operations: { type: 'string' },
  },
});
const [seed, minutes] = [Number(values.seed), Number(values.minutes)];
const operations = values.operations === undefined ? null : Number(values.operations);
if (!Number.isSafeInteger(seed) || seed < 0 || !(minutes > 0) || !(operations === null || operations > 0)) {
  console.error('usage: npm run chaos -- --seed <whole number> --minutes | --operations <number above 0>');
  process.exit(2);
}

const ownCluster = process.env.TEST_DATABASE_URL === undefined;
if (ownCluster) await startTestCluster();
const database = await createTestDatabase();
try {
  const { violations, ...report } = await runChaos({
    seed,
    length:
      operations === null
        ? { minutes }
        : { operations, kills: Math.ceil(operations / 50), faults: Math.ceil(operations / 5) },
    databaseUrl: database.url,
  });
  console.log(JSON.stringify(report, null, 2));
  for (const violation of violations) console.log(violation);
  console.log(
    `seed ${seed}: ${total(report.operations)} operations, ${total(report.kills)} kills, ${total(report.faults)} faults`,
  );
  console.log(`violations: ${violations.length}`);
  process.exitCode = violations.length === 0 ? 0 : 1;
} finally {
  await database.drop();
  if (ownCluster) await stopTestCluster();
}
