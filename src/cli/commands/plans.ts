import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { PENDING } from '../exit-codes.js';

const PUSH = `Puts the plans of a YAML file on sale. Without --apply it only shows what would change.

A plan that says something new gets a next version, which is sold from now on. Subscribers keep theirs, or move at the
next period's end with --migrate-at. Plans that the file doesn't name stay, unless --archive-missing takes them off sale.`;

/** Loaded when it is asked for, since it takes seconds. */
const work = () => import('../plans/plan-commands.js');
type Work = Awaited<ReturnType<typeof work>>;

export function addPlans(program: Command): void {
  const plans = program
    .command('plans')
    .summary('keep the plans in a YAML file')
    .description('The plans on sale, as a YAML file that can be reviewed and kept with the code.');
  plans
    .command('pull')
    .summary('write the plans on sale into a file')
    .description('Writes the plans on sale as YAML, into the file or to standard output.')
    .argument('[file]', 'the file to write; default: standard output')
    .action(async (...given: Parameters<Work['pull']>) => (await work()).pull(...given));
  plans
    .command('diff')
    .summary('show what a file would change')
    .description(`Shows what a push would change. Ends with ${PENDING} where something differs.`)
    .argument('<file>', 'the file of plans')
    .option('--archive-missing', 'count plans that the file does not name')
    .action(async (...given: Parameters<Work['diff']>) => (await work()).diff(...given));
  plans
    .command('push')
    .summary('put the plans of a file on sale')
    .description(PUSH)
    .argument('<file>', 'the file of plans')
    .option('--apply', 'do it; without it, only show')
    .option('--archive-missing', 'take plans off sale that the file does not name')
    .option(
      '--migrate-at <time>',
      'subscribers move at the first period’s end after this time (RFC 3339)',
      time,
    )
    .action(async (...given: Parameters<Work['push']>) => (await work()).push(...given));
}

function time(text: string): Date {
  const at = new Date(text);
  if (/^\d{4}-\d\d-\d\d(T|$)/.test(text) && !Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError('It must be a time, such as 2027-01-31T00:00:00Z.');
}
