import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { makeAccounts } from './accounts.js';
import { startCluster } from './cluster.js';
import { measureConsume } from './consume.js';
import { FULL, QUICK } from './effort.js';
import { measureHttp } from './http.js';
import { report, type Figures } from './report.js';
import { measureUsage } from './usage.js';

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'string' } } });
const effort = values.quick ? QUICK : FULL;

const cluster = await startCluster();
let figures: Figures;
try {
  await makeAccounts(cluster.dataSource);
  console.error('debits …');
  const consume = await measureConsume(cluster, effort);
  console.error('HTTP …');
  const http = await measureHttp(cluster, effort);
  if (!values.quick) console.error('usage of 10,000 and 10,000,000 rows …');
  figures = { consume, http, usage: values.quick ? null : await measureUsage(cluster) };
} finally {
  await cluster.stop();
}
console.log(report(figures));
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
