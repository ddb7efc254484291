import { randomBytes } from 'node:crypto';
import { InvalidArgumentError, type Command } from 'commander';
import { isBillDate } from '../../billing/settlement/reconciliation/bill-day.js';
import type { WantedBills } from '../../commercial/reconcile/compare-bills.js';
import { CliError } from '../cli-error.js';
import { databaseUrl, withDatabase } from '../database.js';
import { outputOf } from '../output.js';

const SUMMARY = `Compares the channels' bills of a day with what is recorded here.

The channels are those of ALIPAY_* and WECHATPAY_*. Ends with 1 when a bill can't be compared or a difference needs a
person.`;

function billDate(text: string): string {
  if (isBillDate(text)) return text;
  throw new InvalidArgumentError('It must be a day, such as 2027-01-31.');
}

export function addReconcile(program: Command): void {
  program
    .command('reconcile')
    .summary('compare the channels’ bills with the records')
    .description(SUMMARY)
    .option('--date <day>', 'the day of the bills (default: yesterday)', billDate)
    .option('--provider <name>', 'only this channel (default: all)')
    .action(async (wanted: WantedBills, command: Command) => {
      const { compareBills, lineOf, needsAttention } =
        await import('../../commercial/reconcile/compare-bills.js');
      const { readConfiguration } = await import('../../config/configuration.js');
      const { progress, print } = outputOf(command);
      const { alipay, wechat, publicUrl } = readConfiguration({ ...process.env, NODE_ENV: '' });
      if (!alipay && !wechat) throw new CliError(['No channel is configured: set ALIPAY_* or WECHATPAY_*.']);
      const payments = { ...(alipay ? { alipay } : {}), ...(wechat ? { wechat } : {}) };
      const reports = await progress.step(
        'Comparing bills',
        () =>
          withDatabase(databaseUrl(), async (dataSource) => {
            const options = {
              dataSource,
              // Nothing is signed by a command.
              jwt: { secret: randomBytes(32).toString('hex') },
              publicUrl: publicUrl ?? 'http://localhost',
              payments,
            };
            const made = [];
            for await (const report of compareBills(options, wanted)) made.push(report);
            return made;
          }),
        (made) => `${made.length} bills compared`,
      );
      print({ reports }, reports.map(lineOf));
      if (reports.some(needsAttention)) process.exitCode = 1;
    });
}
