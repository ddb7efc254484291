import { Command, InvalidArgumentError } from 'commander';

/** The exit code for words that a command doesn't understand; 1 is for work that failed. */
const MISUSED = 2;

/**
 * A command of this repository. `--help` prints its usage and ends the process with 0; an unknown option, or a value
 * that is not allowed, prints one line and ends it with 2.
 *
 * @param typed what is typed before the options, such as `npm run backup --`
 */
export function command(typed: string, summary: string): Command {
  return new Command(typed)
    .description(summary)
    .configureOutput({
      outputError: (message, write) => write(`${inOneLine(message)} See: ${typed} --help\n`),
    })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : MISUSED));
}

/**
 * Reads the command line and does what it asks for. Work that fails prints why and ends the process with 1.
 * @param explain what a person reads of an error
 */
export async function carryOutOr(explain: (error: unknown) => string, wanted: Command): Promise<void> {
  try {
    await wanted.parseAsync();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

/** For an option: a whole number that is at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = numberFrom(text);
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
  };
}

/** For an option: a number above 0. */
export function positiveNumber(text: string): number {
  const number = numberFrom(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be a number above 0.');
}

function numberFrom(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

/** The library puts what the reader may have meant on a line of its own. */
function inOneLine(message: string): string {
  const [first = '', ...rest] = message
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  return [`${first[0]?.toUpperCase()}${first.slice(1)}`.replace(/\.?$/, '.'), ...rest].join(' ');
}
