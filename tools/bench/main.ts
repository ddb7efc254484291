import { writeFile } from 'node:fs/promises';
import { command } from '../../src/terminal/command.js';
import { makeAccounts } from './accounts.js';
import { measureBill } from './bill.js';
import { startCluster } from './cluster.js';
import { measureConsume } from './consume.js';
import { FULL, QUICK } from './effort.js';
import { measureHttp } from './http.js';
import { billTable, consumeTables, httpTable, settleTable, usageTable } from './report.js';
import { measureSettle } from './settle.js';
import { measureUsage } from './usage.js';

const values = command(
  'npm run bench --',
  'Measures what the product costs; see docs/operate/performance.md.',
)
  .option('--quick', 'the debits and HTTP only, shorter')
  .option('--settle', 'only the settlement of payments')
  .option('--bill', 'only the reconciliation of a bill of a million lines')
  .option('--json <file>', 'write the figures to this file too')
  .parse()
  .opts<{ quick?: true; settle?: true; bill?: true; json?: string }>();
const BILL_LINES = 1_000_000;
const effort = values.quick ? QUICK : FULL;

const cluster = await startCluster(effort);
try {
  await makeAccounts(cluster.dataSource);
  if (values.bill) {
    const bill = await measureBill(cluster, BILL_LINES);
    console.log(billTable(bill));
    await writeFigures({ bill });
  } else if (values.settle) {
    const settle = await measureSettle(cluster, effort);
    console.log(settleTable(settle));
    await writeFigures({ settle });
  } else {
    await measureEverything();
  }
} finally {
  await cluster.stop();
}

async function measureEverything(): Promise<void> {
  // Each part is printed as it ends: a run that is broken off has told what it knows.
  const consume = await measureConsume(cluster, effort);
  console.log(`${consumeTables(consume)}\n`);
  const http = await measureHttp(cluster, effort);
  console.log(`${httpTable(http)}\n`);
  const usage = values.quick ? null : await measureUsage(cluster);
  if (usage) console.log(usageTable(usage));
  const settle = values.quick ? null : await measureSettle(cluster, effort);
  if (settle) console.log(`\n${settleTable(settle)}`);
  // The same shape for every run: a program that reads a ratio finds that there is none.
  const figures = { consume, http, usage: usage ?? { ratio: null } };
  await writeFigures({ ...figures, ...(settle ? { settle } : {}) });
}

async function writeFigures(figures: object): Promise<void> {
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}
