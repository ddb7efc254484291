import { command, positiveNumber } from '../../src/terminal/command.js';
import { yuanFromFen } from '../../src/money/fen.js';
import { simulate, type Outcome } from './simulation.js';

const { seed, customers, years, database } = command(
  'npm run simulate --',
  'Lives through years of customers, and checks the books; see docs/operate/simulation.md.',
)
  .option('--seed <number>', 'of the chance', positiveNumber, 1)
  .option('--customers <number>', 'how many', positiveNumber, 1000)
  .option('--years <number>', 'how long', positiveNumber, 10)
  .option('--database', 'the real services on a PostgreSQL, not the book alone')
  .parse()
  .opts<{ seed: number; customers: number; years: number; database?: true }>();
const started = performance.now();
const outcome = await simulate({ seed, customers, years, database: database ? { url: null } : null });
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
