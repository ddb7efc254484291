/**
 * A host's process that uses quota without pause, for specs that kill it. Arguments: the database's URL, an account
 * with plenty and one that runs out.
 * After each answer it prints one line: `<deed> <usage id> <cost> <outcome>`, where the outcome is `ok` or a code.
 */
import { v7 as uuid } from 'uuid';

import { SystemClock } from '../../src/time/clock.js';

import { consumption } from './quota-parties.js';
import { startQuotaProcess, type QuotaProcess } from './quota-process.js';

const CALLERS = 12;
const [url, ...accounts] = process.argv.slice(2) as [string, string, string];
const user = uuid();

async function tell(deed: string, id: string, cost: number, work: Promise<unknown>): Promise<boolean> {
  const outcome = await work.then(
    () => 'ok',
    (error: { code?: string; message: string }) => error.code ?? error.message.replaceAll(/\s+/g, '_'),
  );
  process.stdout.write(`${deed} ${id} ${cost} ${outcome}\n`);
  return outcome === 'ok';
}

/** Consumes, or holds and then commits, releases or forgets; the choice goes round by the step's number. */
async function step({ quota, holds }: QuotaProcess, number: number): Promise<void> {
  const cost = 1 + (number % 3);
  const accountId = accounts[number % 7 === 0 ? 1 : 0]!;
  const { usageId, ...order } = consumption(accountId, user, { cost });
  if (number % 2 === 0) {
    const done = await tell('consume', usageId, cost, quota.consume({ ...order, usageId }));
    if (done && number % 4 === 0) await tell('giveBack', usageId, cost, quota.giveBack(accountId, usageId));
    return;
  }
  if (!(await tell('hold', usageId, cost, holds.hold({ ...order, holdId: usageId, ttlSeconds: 600 }))))
    return;
  if (number % 3 === 0) await tell('commit', usageId, 1, holds.commit(accountId, usageId, 1));
  else if (number % 5 !== 0) await tell('release', usageId, cost, holds.release(accountId, usageId));
}

async function main(): Promise<void> {
  const host = await startQuotaProcess(url, new SystemClock());
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      for (let number = caller; ; number += CALLERS) await step(host, number);
    }),
  );
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
