/**
 * A small app on the embedded PostgreSQL, for specs that kill and signal real processes.
 * Arguments: `start`, `keep` (which starts its server again) or `connect`, the data folder, and optionally the user id
 * to become after loading.
 * It prints the server's URL; a `start` then waits for SIGINT, queries once more, and stops. SIGTERM ends it at once.
 */
import { once } from 'node:events';

import { Client } from 'pg';

import { connectToEmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';

const [mode, dataDir, uid] = process.argv.slice(2);
const options = { dataDir: dataDir!, settings: { fsync: 'off' }, keepRunning: mode === 'keep' };

async function answer(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<{ answer: string }>(`SELECT 'answered' AS answer`);
  await client.end();
  console.log(rows[0]!.answer);
}

async function main(): Promise<void> {
  if (uid !== undefined) process.setuid!(Number(uid));
  if (mode === 'connect') {
    const { url } = await connectToEmbeddedPostgres(options);
    return answer(url);
  }
  const { url, stop } = await startEmbeddedPostgres(options);
  const interrupted = once(process, 'SIGINT');
  process.once('SIGTERM', () => process.exit(1));
  const server = setInterval(() => {}, 60_000);
  console.log(url);
  await interrupted;
  await answer(url);
  await stop();
  clearInterval(server);
}

main().catch((error: Error) => {
  console.error(`${error.name}: ${error.message}`);
  process.exitCode = 1;
});
