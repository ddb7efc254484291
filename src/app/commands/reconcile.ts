import { InvalidArgumentError } from 'commander';
import { isBillDate } from '../../billing/settlement/reconciliation/bill-day.js';
import { loadEnvironmentFile } from '../environment-file.js';
import { command } from '../../terminal/command.js';
import { carryOut } from './carry-out.js';

const SUMMARY = `Compares the channels' bills of a day with what is recorded here.

Ends with 1 when a bill can't be compared or a difference needs a person. With the sandbox, the service must run.`;

function billDate(text: string): string {
  if (isBillDate(text)) return text;
  throw new InvalidArgumentError('It must be a day, such as 2027-01-31.');
}

void carryOut(
  command('npm run reconcile --', SUMMARY)
    .option('--date <day>', 'the day of the bills (default: yesterday)', billDate)
    .option('--provider <name>', 'only this channel (default: all)')
    .action(async (wanted: { date?: string; provider?: string }) => {
      loadEnvironmentFile();
      // Loaded here, since it takes seconds.
      const { reconcile } = await import('../reconcile.js');
      await reconcile(wanted);
    }),
);
