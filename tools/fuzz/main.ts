/** `npm run fuzz -- --seed N --requests N`: starts an instance on a database of its own, and judges its every answer. */
import { readFile } from 'node:fs/promises';
import { command, wholeNumber } from '../../src/terminal/command.js';
import type { LinkPage } from '../../src/auth/options/mailer.js';
import { startApp } from '../../test/support/app.js';
import { INVARIANTS } from '../../test/support/invariants.js';
import { stubServer } from '../../test/support/stub-server.js';
import { startTestCluster, stopTestCluster } from '../../test/support/test-cluster.js';
import type { OpenApiDocument } from './document.js';
import { Harvest } from './harvest.js';
import { fuzz, type Outcome } from './run.js';

const TAKES_TOKENS: Record<LinkPage, string> = {
  'reset-password': '/auth/password-reset/confirm',
  'verify-email': '/auth/email-verification/confirm',
  'accept-invitation': '/invitations/accept',
};

const { seed, requests } = command(
  'npm run fuzz --',
  'Sends odd requests to an instance on a database of its own, and judges every answer. Ends with 1 where it finds a fault.',
)
  .option('--seed <number>', 'of the chance', wholeNumber(0), Math.trunc(Math.random() * 2 ** 31))
  .option('--requests <number>', 'how many', wholeNumber(1), 2000)
  .parse()
  .opts<{ seed: number; requests: number }>();
console.log(`seed ${seed}, ${requests} requests`);
await startTestCluster();
try {
  // The committed document and not the running app's: DTOs get their properties from a plugin of the build.
  const document = JSON.parse(await readFile('openapi.json', 'utf8')) as OpenApiDocument;
  const harvest = new Harvest();
  const receiver = await stubServer(() => ({ status: 204, body: '' }));
  harvest.keep('url', receiver.origin);
  const app = await startApp({
    clockRoute: false,
    // An answer never says what went wrong inside; the log does.
    logLevel: 'error',
    commercial: {
      mail: { mailer: { send: async () => {} }, linkTo: (page, token) => keepToken(harvest, page, token) },
      events: { webhooks: { allowedHosts: [new URL(receiver.origin).host], allowHttp: true } },
    },
  });
  const outcome = await fuzz(app, document, { seed, requests, harvest });
  const broken = await brokenInvariants(app.sql);
  await app.close();
  await receiver.close();
  report(outcome, broken);
  if (outcome.faults.length > 0 || broken.length > 0) process.exitCode = 1;
} finally {
  await stopTestCluster();
}

function keepToken(harvest: Harvest, page: LinkPage, token: string): string {
  harvest.keep(`${TAKES_TOKENS[page]} token`, token);
  return 'https://app.example.com/';
}

async function brokenInvariants(sql: (query: string) => Promise<unknown[]>): Promise<string[]> {
  const broken: string[] = [];
  for (const [sentence, query] of Object.entries(INVARIANTS)) {
    if ((await sql(query)).length > 0) broken.push(sentence);
  }
  return broken;
}

function report({ counts, faults }: Outcome, broken: string[]): void {
  for (const [route, statuses] of Object.entries(counts).sort()) {
    const shown = Object.entries(statuses).map(([status, count]) => `${status}×${count}`);
    console.log(`${route.padEnd(44)} ${shown.join('  ')}`);
  }
  const unreached = Object.keys(counts).filter(
    (route) => !Object.keys(counts[route]!).some((one) => one < '300'),
  );
  console.log(
    `\nwithout a 2xx (${unreached.length} of ${Object.keys(counts).length}): ${unreached.join(', ')}`,
  );
  for (const { route, fault, request, times } of faults) {
    console.error(`\nFAULT (${times}×) ${route}\n  ${fault}\n  ${request}`);
  }
  for (const sentence of broken) console.error(`\nBROKEN INVARIANT: ${sentence}`);
  console.log(`\n${faults.length} kinds of faults, ${broken.length} broken invariants`);
}
