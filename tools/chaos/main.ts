/**
 * `npm run chaos -- --seed N --minutes M`: mischief on the money, and then the accounts. The last line reads
 * `violations: 0` and the exit code is 0, or it tells how many and the code is 1. With `--operations N` in place of
 * the minutes it goes on until so much was done, with a kill for every fifty and a fault for every five.
 */
import { command, positiveNumber, wholeNumber } from '../../src/terminal/command.js';
import { createTestDatabase } from '../../test/support/database.js';
import { startTestCluster, stopTestCluster } from '../../test/support/test-cluster.js';
import { runChaos, total } from './run.js';

const {
  seed,
  minutes,
  operations = null,
} = command(
  'npm run chaos --',
  `Mischief on the money, and then the accounts: processes are killed and channels fail while customers pay. Ends with 1
where an account is wrong.`,
)
  .option('--seed <number>', 'of the chance', wholeNumber(0), 1)
  .option('--minutes <number>', 'how long', positiveNumber, 1)
  .option('--operations <number>', 'instead: until so much was done', positiveNumber)
  .parse()
  .opts<{ seed: number; minutes: number; operations?: number }>();

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
