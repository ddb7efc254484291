import { parseArgs } from 'node:util';
import { yuanFromFen } from '../../src/money/fen.js';
import { simulate, type Outcome } from './simulation.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    customers: { type: 'string', default: '1000' },
    years: { type: 'string', default: '10' },
    database: { type: 'boolean', default: false },
  },
});

function positive(name: 'seed' | 'customers' | 'years'): number {
  const number = Number(values[name]);
  if (Number.isFinite(number) && number > 0) return number;
  console.error(`--${name} must be a number above 0`);
  process.exit(2);
}

const [seed, customers, years] = [positive('seed'), positive('customers'), positive('years')];
const started = performance.now();
const outcome = await simulate({ seed, customers, years, database: values.database ? { url: null } : null });
console.log(summaryOf(outcome));
process.exitCode = outcome.violations.length === 0 ? 0 : 1;

function summaryOf({ days, deeds, checks, paidFen, refundedFen, violations }: Outcome): string {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const lines = Object.entries(deeds)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([deed, count]) => `  ${String(count).padStart(6)}  ${deed}`);
  const broken = violations
    .slice(0, 20)
    .map(({ day, sentence, rows }) => `  day ${day}: ${sentence} (${rows} rows)`);
  return [
    `seed ${seed}: ${customers} customers, ${days} days, ${seconds} s`,
    ...lines,
    `paid ${yuanFromFen(paidFen)} yuan, of which ${yuanFromFen(refundedFen)} went back`,
    `checks: ${checks}`,
    ...broken,
    `violations: ${violations.length}`,
  ].join('\n');
}
