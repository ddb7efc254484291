import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationError } from '../config/configuration-error.js';
import { readConfiguration } from '../config/configuration.js';
import { backUpCluster } from '../embedded/backup.js';
import { connectToEmbeddedPostgres } from '../embedded/embedded-postgres.js';
import { restoreCluster } from '../embedded/restore.js';

const USAGE = 'usage: npm run backup -- --to FOLDER, or npm run restore -- --from FOLDER';
/** Signs the tokens of a service that was given no secret; without it everybody has to sign in again. */
const SECRET = 'jwt-secret';

/** `npm run backup` and `npm run restore`: the embedded database as a folder, see docs/operations.md. */
async function main(): Promise<void> {
  const { to, from } = parseArgs({ options: { to: { type: 'string' }, from: { type: 'string' } } }).values;
  const { databaseUrl, dataDir } = readConfiguration(process.env);
  if ((to === undefined) === (from === undefined)) throw new ConfigurationError([USAGE]);
  if (databaseUrl !== null) {
    throw new ConfigurationError([
      'DATABASE_URL names a PostgreSQL of your own: back it up with pg_basebackup or pg_dump, see docs/operations.md',
    ]);
  }
  process.stdout.write(
    to === undefined ? await restore(resolve(from!), dataDir) : await backUp(resolve(to), dataDir),
  );
}

async function backUp(to: string, dataDir: string): Promise<string> {
  const cluster = resolve(dataDir, 'postgres');
  const postgres = await connectToEmbeddedPostgres({ dataDir: cluster });
  await backUpCluster(cluster, postgres.url, to).finally(() => postgres.stop());
  await copySecret(dataDir, to);
  return `Backed up to ${to}. Whoever has that folder has all of the data: keep it as you keep ${dataDir}.\n`;
}

async function restore(from: string, dataDir: string): Promise<string> {
  const beside = resolve(dataDir, `postgres.before-${new Date().toISOString().replace(/[:.]/g, '-')}`);
  const replaced = await restoreCluster(from, resolve(dataDir, 'postgres'), beside);
  await copySecret(from, dataDir);
  return `Restored from ${from}.${replaced ? ` What was there is in ${beside}.` : ''}\n`;
}

async function copySecret(from: string, to: string): Promise<void> {
  await copyFile(join(from, SECRET), join(to, SECRET)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

main().catch((error: unknown) => {
  const lines = error instanceof ConfigurationError ? error.faults : [(error as Error).message];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
});
