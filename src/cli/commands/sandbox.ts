import type { Command } from 'commander';
import { wholeNumber } from '../../terminal/command.js';
import { CliError } from '../cli-error.js';
import { outputOf } from '../output.js';
import { administratorToken, answerOf, ask, serviceUrl } from '../service-client.js';

const ADVANCE = `Moves the business time of a running service ahead. What falls due on the way happens.

Signs in with ADMIN_EMAIL and ADMIN_PASSWORD, or takes COMMERCIAL_TOKEN.`;

interface Span {
  url?: string;
  months?: number;
  days?: number;
  seconds?: number;
}

export function addSandbox(program: Command): void {
  const sandbox = program
    .command('sandbox')
    .summary('pay orders and move time, in development')
    .description('What development and tests do while the sandbox serves; never in production.');
  sandbox
    .command('pay')
    .summary('pay an order as its buyer')
    .description('Pays an order as its buyer. The gateway then sends its signed notification.')
    .argument('<order-id>', 'the payment’s orderId')
    .option('--url <address>', 'where the service answers (default: PUBLIC_URL, or http://HOST:PORT)')
    .action(async (orderId: string, { url }: { url?: string }, command: Command) => {
      const base = serviceUrl(url);
      await answerOf(await ask(`${base}/sandbox/payments/${encodeURIComponent(orderId)}/pay`, 'POST'));
      outputOf(command).print({ orderId, paid: true }, [
        `${orderId} is paid. The notification is on its way.`,
      ]);
    });
  sandbox
    .command('advance')
    .summary('move the business time ahead')
    .description(ADVANCE)
    .option('--months <number>', 'calendar months, added first', wholeNumber(1))
    .option('--days <number>', 'days', wholeNumber(1))
    .option('--seconds <number>', 'seconds; not with the others', wholeNumber(1))
    .option('--url <address>', 'where the service answers (default: PUBLIC_URL, or http://HOST:PORT)')
    .action(advance);
}

async function advance({ url, months, days, seconds }: Span, command: Command): Promise<void> {
  const calendar = months !== undefined || days !== undefined;
  if (calendar === (seconds !== undefined)) {
    throw new CliError(['Say by how much: --months and --days, or --seconds.']);
  }
  const base = serviceUrl(url);
  const { progress, print } = outputOf(command);
  const move = calendar
    ? { advance: { ...(months === undefined ? {} : { months }), ...(days === undefined ? {} : { days }) } }
    : { advanceSeconds: seconds };
  const token = await administratorToken(base);
  const moved = await progress.step(
    'Letting time pass',
    async () =>
      (await answerOf(
        await ask(`${base}/sandbox/clock`, 'POST', {
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify(move),
        }),
      )) as { now: string },
    ({ now }) => `The business time is ${now}`,
  );
  print(moved, []);
}
