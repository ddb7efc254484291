import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

import type { PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isAlive } from './postmaster.js';
import type { ServerAccount } from './server-account.js';

/** Role and database of the application; the role owns the database, may create others, and is no superuser. */
export const APPLICATION = 'commercial';

/** Made with the cluster and renamed with it, so that the two can never disagree. */
const PASSWORD_FILE = 'commercial.password';

/** The bootstrap superuser has no password and no rule, so nobody can sign in as one. */
const HOST_RULES = `host all ${APPLICATION} 127.0.0.1/32 scram-sha-256\n`;

const INITDB_FLAGS = [
  '--username=postgres',
  '--auth=reject',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
  '--no-sync',
];

/** The environment of PostgreSQL's programs: nothing of ours, so no PGPORT or LC_ALL can bend them. */
export const SERVER_ENVIRONMENT = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes the cluster unless it is there. It is made beside its place and renamed into it when whole, so a
 * process killed half-way leaves nothing that could be taken for a cluster.
 * @param flush whether the new files must survive a power cut
 * @returns the application role's password
 * @throws EmbeddedPostgresError when the folder holds something else, or initdb fails
 */
export async function ensureCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
  { flush }: { flush: boolean },
): Promise<string> {
  const existing = await readPassword(dataDir, binaries, account);
  if (existing !== undefined) return existing;
  await removeUnfinished(dataDir);
  const unfinished = `${dataDir}.unfinished-${process.pid}-${randomBytes(4).toString('hex')}`;
  const password = randomBytes(24).toString('hex');
  try {
    await createCluster(unfinished, password, binaries, account);
    // Once, at the end: each step's own flush would cost the first start seconds on a busy disk.
    if (flush) await run(account, binaries.initdb, ['--sync-only', `--pgdata=${unfinished}`]);
    await rename(unfinished, dataDir);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!isTaken(error)) throw error;
  }
  if (flush) await syncFolder(dirname(dataDir));
  return (await readPassword(dataDir, binaries, account)) ?? password;
}

/** Another start may have put its cluster in place first; that one is then used. */
function isTaken(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOTEMPTY' || code === 'EEXIST';
}

async function readPassword(
  dataDir: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
): Promise<string | undefined> {
  const files = await readdir(dataDir).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (files.length === 0) return undefined;
  if (!files.includes(PASSWORD_FILE) || !files.includes('PG_VERSION')) {
    throw new EmbeddedPostgresError(
      `The folder ${dataDir} holds files that are not the embedded PostgreSQL's: move them away, or set DATABASE_URL.`,
    );
  }
  const made = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim();
  const [, ours] = /PostgreSQL\) (\d+)/.exec(await run(account, binaries.postgres, ['--version'])) ?? [];
  if (made !== ours) {
    throw new EmbeddedPostgresError(
      `The data in ${dataDir} was made by PostgreSQL ${made} and can't be read by ${ours}: start the release that made ` +
        'it and dump the data, or move the folder away to begin anew.',
    );
  }
  return readFile(join(dataDir, PASSWORD_FILE), 'utf8');
}

async function createCluster(
  folder: string,
  password: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  await account.takeOver(folder);
  await run(account, binaries.initdb, [`--pgdata=${folder}`, ...INITDB_FLAGS]);
  const asSuperuser = (database: string, statements: string) =>
    run(
      account,
      binaries.postgres,
      ['--single', '-F', '-D', folder, '-c', 'exit_on_error=on', database],
      statements,
    );
  // REPLICATION and the two functions are for backups (backup.ts); the host rules let nobody replicate.
  await asSuperuser(
    'postgres',
    `CREATE ROLE ${APPLICATION} LOGIN CREATEDB REPLICATION PASSWORD '${password}'\n` +
      `CREATE DATABASE ${APPLICATION} OWNER ${APPLICATION}\n`,
  );
  await asSuperuser(
    APPLICATION,
    `GRANT EXECUTE ON FUNCTION pg_backup_start, pg_backup_stop TO ${APPLICATION}\n`,
  );
  await writeFile(join(folder, 'pg_hba.conf'), HOST_RULES);
  await writeFile(join(folder, PASSWORD_FILE), password, { mode: 0o600 });
  await account.takeOver(join(folder, PASSWORD_FILE));
}

/** Folders of processes that were killed while they made a cluster. */
async function removeUnfinished(dataDir: string): Promise<void> {
  const prefix = `${basename(dataDir)}.unfinished-`;
  const names = (await readdir(dirname(dataDir))).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const maker = Number.parseInt(name.slice(prefix.length), 10);
    if (isAlive(maker)) continue;
    await rm(join(dirname(dataDir), name), { recursive: true, force: true, maxRetries: 3 });
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

/** @returns what the program printed */
async function run(account: ServerAccount, command: string, args: string[], input = ''): Promise<string> {
  const child = account.spawn(command, args, { cwd: '/', env: SERVER_ENVIRONMENT, stdio: 'pipe' });
  child.stdin?.on('error', () => {}).end(input);
  const [[code, signal], output, errors] = await Promise.all([
    once(child, 'close'),
    text(child.stdout!),
    text(child.stderr!),
  ]).catch((error: NodeJS.ErrnoException) => {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL can't be prepared: ${error.message}. Started by root in a folder that is private to ` +
        'root, it needs setpriv (util-linux); or start it as another user, or set DATABASE_URL.',
      { cause: error },
    );
  });
  if (code === 0) return output;
  const reason = errors.trim().split('\n').slice(0, 5).join(' | ');
  throw new EmbeddedPostgresError(`${basename(command)} failed (${code ?? signal}): ${reason}`);
}
